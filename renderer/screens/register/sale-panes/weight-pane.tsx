import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductView } from "../../../../host/contract/views.ts";
import { DigitPad } from "../../../controls/digit-pad.tsx";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useEntry } from "../../../state/entry-store.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useGoods } from "../use-goods.ts";
import { mostMilli, weightText } from "./quantity-limits.ts";
import classes from "./sale-panes.module.css";

/** Weighed goods chosen by hand: their weight, as the scale beside the till shows it. */
export function WeightPane(props: { product: ProductView }) {
  const { t } = useTranslation("register");
  const formats = useFormats();
  const [quantityMilli, setQuantity] = useState(0);
  const goods = useGoods();

  function add(): void {
    useEntry.setState({ quantityMilli });
    usePane.getState().close();
    goods.add(props.product);
  }

  return (
    <PaneFrame title={t("weight.title")}>
      <p className={classes.about} dir="auto">
        {props.product.name}
      </p>
      <div className={classes.narrow}>
        <DigitPad
          label={t("weight.label")}
          value={quantityMilli}
          format={(milli) => weightText(milli, formats.money.locale)}
          most={mostMilli}
          unit={t("cart.kg")}
          onChange={setQuantity}
          onConfirm={add}
          confirmLabel={t("price.add")}
          confirmDisabled={quantityMilli === 0}
          takesFocus
        />
      </div>
    </PaneFrame>
  );
}
