import { useTranslation } from "react-i18next";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useRegister } from "../../../state/register-store.ts";

/** The last line and the total, for ears. */
export function SpokenCart() {
  const { t } = useTranslation("register");
  const formats = useFormats();
  const last = useRegister((state) => state.view?.cart?.lines.at(-1));
  const total = useRegister((state) => state.view?.cart?.totalMinor ?? 0);
  return (
    <p className="for-ears-only" aria-live="polite" data-spoken="">
      {last !== undefined &&
        t("cart.spoken", {
          quantity: formats.quantity(last.quantityMilli),
          name: last.name,
          amount: formats.moneyText(last.amountMinor),
          total: formats.moneyText(total),
        })}
    </p>
  );
}
