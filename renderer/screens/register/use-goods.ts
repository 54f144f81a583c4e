import { useCallback } from "react";
import type { ProductView } from "../../../host/contract/views.ts";
import { useChannel } from "../../channel/channel-context.tsx";
import { sendCommand } from "../../command/send-command.ts";
import { useCommand } from "../../command/use-command.ts";
import { blip, lowDouble } from "../../sound/sounds.ts";
import { useEntry } from "../../state/entry-store.ts";
import { useNotice } from "../../state/notice-store.ts";
import { usePane } from "../../state/pane-store.ts";
import { useRegister } from "../../state/register-store.ts";
import { useSearch } from "../../state/search-store.ts";

/** Ways to put goods into the sale without a scanner. */
export interface Goods {
  /**
   * A tile or a search result. Weighed goods without a given weight ask for it, goods without a
   * price too.
   */
  readonly add: (product: ProductView) => void;
  /** What stands in the search field: a code where it is one, else the lit result. */
  readonly takeTyped: () => void;
}

/** What a person types as a code: a GTIN, a PLU, a till's number; never a name. */
const looksLikeCode = /^\d{3,}$/;

export function useGoods(): Goods {
  const channel = useChannel();
  const { run: scanTyped } = useCommand("cart.scan");

  const add = useCallback(
    async (product: ProductView) => {
      const { quantityMilli } = useEntry.getState();
      const { open } = usePane.getState();
      if (product.unit === "kg" && quantityMilli === null) return open({ kind: "weight", product });
      if (product.priceMinor === null) return open({ kind: "price", product });
      const { sku } = product;
      useEntry.setState({ quantityMilli: null });
      // Not through useCommand: two quick taps on a tile are two pieces, also while the host
      // restarts.
      const result = await sendCommand(
        channel,
        "cart.add-product",
        quantityMilli === null ? { sku } : { sku, quantityMilli },
      );
      if (result.ok) {
        useRegister.getState().apply(result.value);
        done();
      } else {
        lowDouble();
        useNotice.getState().show(result.failure);
      }
    },
    [channel],
  );

  const scanCode = useCallback(
    async (code: string) => {
      const { quantityMilli } = useEntry.getState();
      const input = { code, symbology: null };
      const result = await scanTyped(quantityMilli === null ? input : { ...input, quantityMilli }, {
        quiet: true,
      });
      if (result === null) return;
      if (result.ok) return done();
      if (result.failure.type === "PriceNeeded") {
        return usePane.getState().open({ kind: "price", product: result.failure.product });
      }
      lowDouble();
      useNotice.getState().show(result.failure);
    },
    [scanTyped],
  );

  const takeTyped = useCallback(() => {
    const text = useEntry.getState().text.trim();
    const { results, answeredText, lit } = useSearch.getState();
    if (text === "") return;
    if (looksLikeCode.test(text) && lit === 0) return void scanCode(text);
    const product = answeredText === text ? results[lit] : undefined;
    if (product !== undefined) void add(product);
  }, [add, scanCode]);

  return { add: (product) => void add(product), takeTyped };
}

/** The goods are in the sale: what was typed for them is used up. */
function done(): void {
  blip();
  useNotice.getState().clear();
  useEntry.setState({ text: "", quantityMilli: null });
  const { pane, close } = usePane.getState();
  if (pane.kind === "search") close();
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
}
