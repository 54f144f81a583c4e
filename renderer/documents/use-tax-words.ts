import { useTranslation } from "react-i18next";
import type { ReceiptView } from "../../host/contract/views.ts";
import { formatRate } from "../formatting/rate.ts";
import { useFormats } from "../formatting/use-formats.ts";

type TaxAmount = ReceiptView["taxes"][number];

const known = ["standard", "reduced", "zero", "exempt"] as const;

/** "reduced 7% on 16.06 EUR". A category that the store named itself keeps the store's name. */
export function useTaxWords(): (tax: TaxAmount) => string {
  const { t } = useTranslation("documents");
  const formats = useFormats();
  return (tax) => {
    const usual = known.find((each) => each === tax.category);
    return t("taxLine", {
      category: usual === undefined ? tax.category : t(`taxCategory.${usual}`),
      rate: formatRate(tax.ratePpm, formats.money.locale),
      net: formats.moneyText(tax.netMinor),
    });
  };
}
