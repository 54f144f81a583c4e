import { useTranslation } from "react-i18next";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import classes from "./pay-button.module.css";

/** Always in the same corner. Only ever opens the pay pane: two presses take no money. */
export function PayButton() {
  const { t } = useTranslation("register");
  const hasCart = useRegister((state) => (state.view?.cart ?? null) !== null);
  const due = useRegister((state) => state.view?.cart?.dueMinor ?? 0);
  return (
    <TouchButton
      kind="go"
      size="large"
      hint="F12"
      className={classes.pay}
      disabled={!hasCart}
      data-action="pay"
      onClick={() => usePane.getState().open({ kind: "pay" })}
    >
      {t(due < 0 ? "pay.giveBack" : "pay.title")} {hasCart && <Amount minor={due} />}
    </TouchButton>
  );
}
