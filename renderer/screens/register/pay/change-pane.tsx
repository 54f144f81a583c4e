import { useTranslation } from "react-i18next";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useCommand } from "../../../command/use-command.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import classes from "./change-pane.module.css";

/** The change, very large, until the next scan begins the next sale. */
export function ChangePane() {
  const { t } = useTranslation("register");
  const sale = useRegister((state) => state.view?.lastSale ?? null);
  const reprint = useCommand("receipt.reprint");
  if (sale === null) return null;
  const { saleId, totalMinor, changeMinor } = sale;
  const back = totalMinor < 0 ? -totalMinor : changeMinor;
  const word = totalMinor < 0 ? "change.givenBack" : "change.title";
  return (
    <section className={classes.pane} aria-label={t("change.title")} data-change={changeMinor}>
      <div className={classes.middle} aria-live="polite">
        <p className={classes.word}>{t(back === 0 ? "change.none" : word)}</p>
        <Amount minor={back} withCurrency className={classes.figure} />
        <ul className={classes.tenders}>
          {sale.tenders.map((tender, i) => (
            // The tenders of a finished sale never change their order.
            <li key={i}>
              {t(`tender.${tender.kind}`)} <Amount minor={tender.amountMinor} />
            </li>
          ))}
          <li data-last-receipt={sale.receiptNumber}>
            {t("cart.lastReceipt")} <bdi dir="ltr">{sale.receiptNumber}</bdi>
          </li>
        </ul>
      </div>
      <p className={classes.hint}>{t("change.hint")}</p>
      <div className={classes.ends}>
        <TouchButton
          size="large"
          disabled={reprint.running}
          onClick={() => void reprint.run({ saleId })}
        >
          {t("change.reprint")}
        </TouchButton>
        <TouchButton
          kind="go"
          size="large"
          hint="Esc"
          data-action="next"
          onClick={() => usePane.getState().close()}
        >
          {t("change.next")}
        </TouchButton>
      </div>
    </section>
  );
}
