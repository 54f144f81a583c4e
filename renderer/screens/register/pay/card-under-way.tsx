import { useTranslation } from "react-i18next";
import type { CardPaymentView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import classes from "./pay-pane.module.css";

/**
 * The card terminal has the word. Its answer arrives by itself; until then nothing else may be
 * taken.
 */
export function CardUnderWay(props: { payment: CardPaymentView }) {
  const { t } = useTranslation("register");
  const cancel = useCommand("tender.cancel-card");
  const { amountMinor, state } = props.payment;
  useKeys("pad", (key, source) => {
    if (source !== "card" || (key !== "NO" && key !== "ESC")) return false;
    void cancel.run({});
    return true;
  });
  return (
    <div className={classes.card} aria-live="polite" data-card-payment={state}>
      <p className={classes.cardState}>
        {t(`card.${state}`)} <Amount minor={amountMinor} withCurrency />
      </p>
      <p className={classes.label}>{t(`card.${state}Hint`)}</p>
      <TouchButton kind="stop" disabled={cancel.running} onClick={() => void cancel.run({})}>
        {t("card.cancel")}
      </TouchButton>
    </div>
  );
}
