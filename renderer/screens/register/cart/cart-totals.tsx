import { useTranslation } from "react-i18next";
import { Amount } from "../../../controls/amount.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useEntry } from "../../../state/entry-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import classes from "./cart-totals.module.css";

/** What the customer owes, the largest thing on the screen. */
export function CartTotals() {
  const { t } = useTranslation("register");
  const formats = useFormats();
  const total = useRegister((state) => state.view?.cart?.totalMinor ?? 0);
  const net = useRegister((state) => state.view?.cart?.netMinor ?? 0);
  const tax = useRegister((state) => state.view?.cart?.taxMinor ?? 0);
  const items = useRegister((state) => state.view?.cart?.items ?? 0);
  const quantityMilli = useEntry((state) => state.quantityMilli);
  return (
    <div className={classes.totals}>
      <p className={classes.parts}>
        <span data-items={items}>{t("totals.items", { count: items })}</span>
        <span>
          {t("totals.net")} <Amount minor={net} />
        </span>
        <span>
          {t("totals.tax")} <Amount minor={tax} />
        </span>
        {quantityMilli !== null && (
          <button
            type="button"
            className={classes.next}
            data-next-quantity={quantityMilli}
            onClick={() => useEntry.setState({ quantityMilli: null })}
          >
            {t("quantity.next", { quantity: formats.quantity(quantityMilli) })} ✕
          </button>
        )}
      </p>
      <p className={classes.total}>
        <span className={classes.word}>{t(total < 0 ? "totals.toGiveBack" : "totals.total")}</span>
        <span data-total={total}>
          <Amount minor={total} withCurrency className={classes.figure} />
        </span>
      </p>
    </div>
  );
}
