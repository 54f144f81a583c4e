import { useTranslation } from "react-i18next";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import classes from "./empty-cart.module.css";

/** Before the first line: what to do, and what the last customer got. */
export function EmptyCart() {
  const { t } = useTranslation("register");
  const lastSale = useRegister((state) => state.view?.lastSale ?? null);
  const suspended = useRegister((state) => state.view?.suspendedCount ?? 0);
  const products = useRegister((state) => state.view?.terminal.products ?? 0);
  return (
    <div className={classes.empty} data-empty-cart="">
      <p className={classes.ready}>{t("cart.ready")}</p>
      <p className={classes.hint}>{t(products === 0 ? "cart.noGoods" : "cart.hint")}</p>
      {suspended > 0 && (
        <TouchButton hint="F6" onClick={() => usePane.getState().open({ kind: "suspended" })}>
          {t("recall.title", { count: suspended })}
        </TouchButton>
      )}
      {lastSale !== null && (
        <dl className={classes.last}>
          <div>
            <dt>{t("cart.lastReceipt")}</dt>
            <dd>
              <bdi dir="ltr">{lastSale.receiptNumber}</bdi>
            </dd>
          </div>
          <div>
            <dt>{t("totals.total")}</dt>
            <dd>
              <Amount minor={lastSale.totalMinor} />
            </dd>
          </div>
          <div>
            <dt>{t("change.title")}</dt>
            <dd>
              <Amount minor={lastSale.changeMinor} />
            </dd>
          </div>
        </dl>
      )}
    </div>
  );
}
