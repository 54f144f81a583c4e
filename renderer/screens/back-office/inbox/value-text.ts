import type { ExceptionView } from "../../../../host/contract/exception-views.ts";
import { isolate } from "../../../formatting/isolate.ts";
import type { Formats } from "../../../formatting/use-formats.ts";
import type { InboxWords } from "./inbox-words.ts";

type Conflict = Extract<ExceptionView, { kind: "edit-conflict" }>["detail"];

/** A field's value as a person reads it: a price is money, barcodes stand side by side. */
export function valueText(
  field: Conflict["field"],
  value: Conflict["kept"]["value"],
  t: InboxWords,
  formats: Formats,
): string {
  if (value === null) return t("nothing");
  if (typeof value === "number") {
    return field === "priceMinor" ? formats.moneyText(value) : String(value);
  }
  if (field === "unit" && (value === "each" || value === "kg")) return t(`unit.${value}`);
  if (typeof value === "string") return isolate(value);
  if ("effectiveOn" in value) {
    const price = formats.moneyText(value.priceMinor);
    return t("pending", { price, date: formats.businessDate(value.effectiveOn) });
  }
  return value.length === 0 ? t("nothing") : value.map((code) => isolate(code)).join(" ");
}
