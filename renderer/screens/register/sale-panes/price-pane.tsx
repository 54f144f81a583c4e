import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { AmountPad } from "../../../controls/amount-pad.tsx";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { blip } from "../../../sound/sounds.ts";
import { useEntry } from "../../../state/entry-store.ts";
import { usePane } from "../../../state/pane-store.ts";
import classes from "./sale-panes.module.css";

/** Goods whose price the till asks. Scans go on meanwhile. */
export function PricePane(props: { product: ProductView }) {
  const { t } = useTranslation("register");
  const [unitPriceMinor, setPrice] = useState(0);
  const addProduct = useCommand("cart.add-product");

  async function add(): Promise<void> {
    const { quantityMilli } = useEntry.getState();
    const input = { sku: props.product.sku, unitPriceMinor };
    const result = await addProduct.run(
      quantityMilli === null ? input : { ...input, quantityMilli },
    );
    if (!result?.ok) return;
    blip();
    useEntry.setState({ text: "", quantityMilli: null });
    usePane.getState().close();
  }

  return (
    <PaneFrame title={t("price.title")}>
      <p className={classes.about} dir="auto">
        {props.product.name}
      </p>
      <div className={classes.narrow}>
        <AmountPad
          label={t(props.product.unit === "kg" ? "price.perKg" : "price.each")}
          valueMinor={unitPriceMinor}
          onChange={setPrice}
          onConfirm={() => void add()}
          confirmLabel={t("price.add")}
          confirmDisabled={unitPriceMinor === 0 || addProduct.running}
          takesFocus
        />
      </div>
    </PaneFrame>
  );
}
