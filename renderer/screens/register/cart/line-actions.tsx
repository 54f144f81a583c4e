import { useTranslation } from "react-i18next";
import type { CartLineView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { usePane } from "../../../state/pane-store.ts";
import { useSelection } from "../../../state/selection-store.ts";
import classes from "./line-actions.module.css";

/** What can be done with the line that was chosen, right below it. */
export function LineActions(props: { line: CartLineView }) {
  const { t } = useTranslation("register");
  const { lineId, quantityMilli, unit } = props.line;
  const setQuantity = useCommand("cart.set-quantity");
  const remove = useCommand("cart.remove-line");
  const step = (deltaMilli: number) =>
    void setQuantity.run({ lineId, quantityMilli: quantityMilli + deltaMilli });
  const isReturn = quantityMilli < 0;
  return (
    <div className={classes.actions}>
      {unit === "each" && !isReturn && (
        <>
          <TouchButton
            aria-label={t("line.less")}
            disabled={quantityMilli <= 1000}
            onClick={() => step(-1000)}
          >
            −
          </TouchButton>
          <TouchButton aria-label={t("line.more")} onClick={() => step(1000)}>
            +
          </TouchButton>
        </>
      )}
      {!isReturn && (
        <TouchButton
          hint="F3"
          onClick={() => usePane.getState().open({ kind: "quantity", lineId })}
        >
          {t("quantity.title")}
        </TouchButton>
      )}
      <TouchButton kind="stop" hint="Del" onClick={() => void remove.run({ lineId })}>
        {t("line.remove")}
      </TouchButton>
      <TouchButton
        kind="quiet"
        aria-label={t("line.done")}
        onClick={() => useSelection.setState({ lineId: null })}
      >
        ✕
      </TouchButton>
    </div>
  );
}
