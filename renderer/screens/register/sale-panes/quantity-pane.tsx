import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CartLineView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { DigitPad } from "../../../controls/digit-pad.tsx";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { useEntry } from "../../../state/entry-store.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import { useSelection } from "../../../state/selection-store.ts";
import { mostMilli, mostPieces, weightText } from "./quantity-limits.ts";
import classes from "./sale-panes.module.css";

/**
 * One place for both orders of working. A number, then Enter: the lit line has that quantity (after
 * the scan). A number, then F3 or a scan: the next goods have it (before the scan).
 */
export function QuantityPane(props: { lineId: string | null }) {
  const { t } = useTranslation("register");
  const formats = useFormats();
  const lines = useRegister((state) => state.view?.cart?.lines);
  const line = lines?.find((each) => each.lineId === props.lineId) ?? lines?.at(-1);
  const target = line !== undefined && line.quantityMilli > 0 ? line : undefined;
  const weighed = target?.unit === "kg";
  const milliOf = (typed: number) => (weighed ? typed : typed * 1000);
  const [value, setValue] = useState(0);
  const setQuantity = useCommand("cart.set-quantity");

  // What is typed here counts for goods that are scanned now; it never lands in the scan itself.
  function change(typed: number): void {
    setValue(typed);
    useEntry.setState({ quantityMilli: typed === 0 || weighed ? null : milliOf(typed) });
  }

  async function confirm(): Promise<void> {
    if (target === undefined) return keepForNext();
    useEntry.setState({ quantityMilli: null });
    const result = await setQuantity.run({
      lineId: target.lineId,
      quantityMilli: milliOf(value),
    });
    if (!result?.ok) return;
    useSelection.setState({ lineId: null });
    usePane.getState().close();
  }

  function keepForNext(): void {
    if (value === 0) return;
    useEntry.setState({ quantityMilli: milliOf(value) });
    usePane.getState().close();
  }

  function leave(): void {
    useEntry.setState({ quantityMilli: null });
    usePane.getState().close();
  }

  useKeys("pane", (key) => {
    if (key !== "F3" && key !== "QUANTITY") return false;
    keepForNext();
    return true;
  });

  return (
    <PaneFrame
      title={t("quantity.title")}
      onBack={leave}
      footer={
        <TouchButton hint="F3" disabled={value === 0} onClick={keepForNext}>
          {t("quantity.forNext")}
        </TouchButton>
      }
    >
      <Target line={target} />
      <div className={classes.narrow}>
        <DigitPad
          label={t(weighed ? "weight.label" : "quantity.label")}
          labelHidden
          value={value}
          format={weighed ? (milli) => weightText(milli, formats.money.locale) : String}
          most={weighed ? mostMilli : mostPieces}
          unit={weighed ? t("cart.kg") : undefined}
          onChange={change}
          onConfirm={() => void confirm()}
          confirmLabel={t(target === undefined ? "quantity.forNext" : "quantity.set")}
          confirmDisabled={value === 0 || setQuantity.running}
          takesFocus
        />
      </div>
    </PaneFrame>
  );
}

function Target(props: { line: CartLineView | undefined }) {
  const { t } = useTranslation("register");
  if (props.line === undefined) return <p className={classes.hint}>{t("quantity.hintNext")}</p>;
  return (
    <>
      <p className={classes.about} dir="auto">
        {props.line.name}
      </p>
      <p className={classes.hint}>{t("quantity.hint")}</p>
    </>
  );
}
