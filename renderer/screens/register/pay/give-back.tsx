import { useTranslation } from "react-i18next";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import classes from "./pay-pane.module.css";

/** Money goes back, or nothing is owed: one press completes it. */
export function GiveBack(props: { dueMinor: number; busy: boolean; onGiveBack: () => void }) {
  const { t } = useTranslation("register");
  const { dueMinor } = props;
  return (
    <div className={classes.card}>
      <p className={classes.label}>{t(dueMinor < 0 ? "pay.giveBackHint" : "pay.nothingDueHint")}</p>
      <TouchButton
        kind="go"
        size="large"
        hint="F5"
        disabled={props.busy}
        data-tender="give-back"
        onClick={props.onGiveBack}
      >
        {dueMinor < 0 ? (
          <>
            {t("pay.giveCash")} <Amount minor={-dueMinor} />
          </>
        ) : (
          t("pay.complete")
        )}
      </TouchButton>
    </div>
  );
}
