import type { CartView } from "../../contract/views.ts";
import { isGoodsCode } from "./goods-code.ts";
import type { SalesLine } from "./sales-row.ts";
import { ReplayStopped, type TillCalls, whyStopped } from "./till-calls.ts";

/** Puts lines of the file into the open sale. */
export interface Lines {
  /** The sale with the line in it. */
  add(line: SalesLine): Promise<CartView>;
  /** Goods made because the catalogue lacked their code. */
  goodsAdded(): number;
}

const openItemNameLength = 80;

/**
 * Goods that the catalogue lacks are made first, without a price of their own: in the file it differs from
 * line to line. Where the store sells a good of that code at a price of its own, the line is an open item.
 */
export function createLines(till: TillCalls, taxCategory: string): Lines {
  /** Code → whether the till asks for this good's price. */
  const asksPrice = new Map<string, boolean>();
  let goodsAdded = 0;

  async function isGood(line: SalesLine): Promise<boolean> {
    if (!isGoodsCode(line.code)) return false;
    const known = asksPrice.get(line.code);
    if (known !== undefined) return known;
    const asks = await makeGood(line);
    asksPrice.set(line.code, asks);
    return asks;
  }

  async function makeGood({ code, description }: SalesLine): Promise<boolean> {
    const made = await till.attempt("catalogue.add-product", {
      ...{ sku: code, name: description === "" ? code : description },
      ...{ gtins: [], priceMinor: null, unit: "each", taxCategory },
    });
    if (made.ok) {
      goodsAdded++;
      return true;
    }
    if (made.failure.type !== "ProductExists") {
      throw new ReplayStopped(whyStopped("catalogue.add-product", made.failure));
    }
    const found = await till.ask("catalogue.search", { text: code, limit: 100 });
    return found.some(({ sku, priceMinor }) => sku === code && priceMinor === null);
  }

  async function ring(line: SalesLine) {
    const { code, description, invoice, quantity, unitPriceMinor } = line;
    const price = { quantityMilli: Math.abs(quantity) * 1000, unitPriceMinor };
    const back = { reason: `Invoice ${invoice}`.slice(0, 200) };
    if (await isGood(line)) {
      const good = { ...price, sku: code };
      return quantity < 0
        ? till.ask("return.add-product", { ...good, ...back })
        : till.ask("cart.add-product", good);
    }
    const name = (description === "" ? code : description).slice(0, openItemNameLength);
    const item = { ...price, name, taxCategory };
    return quantity < 0
      ? till.ask("return.add-open-item", { ...item, ...back })
      : till.ask("cart.add-open-item", item);
  }

  return {
    async add(line) {
      const { cart } = await ring(line);
      if (cart === null) throw new ReplayStopped(`Row ${line.row} left no sale on the counter`);
      return cart;
    },
    goodsAdded: () => goodsAdded,
  };
}
