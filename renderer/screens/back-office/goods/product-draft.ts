import type { Input } from "../../../../host/contract/operations.ts";
import type { ProductEditView } from "../../../../host/contract/product-views.ts";
import { editedDecimal, parseDecimal } from "../../../formatting/parse-decimal.ts";
import type { MoneyFormat } from "../../../formatting/money.ts";

/** A good as it stands in the fields: all text. */
export interface ProductDraft {
  readonly name: string;
  readonly brand: string;
  readonly category: string;
  readonly favourite: string;
  readonly price: string;
  readonly unit: "each" | "kg";
  readonly taxCategory: string;
  readonly plu: string;
  readonly gtins: string;
}

export type BadField = "name" | "price" | "gtins";
export type Changes = Input<"product.edit">["changes"];

export function draftOf(product: ProductEditView, { exponent, locale }: MoneyFormat): ProductDraft {
  const { priceMinor } = product;
  return {
    name: product.name,
    brand: product.brand ?? "",
    category: product.category ?? "",
    favourite: product.favourite ?? "",
    price: priceMinor === null ? "" : editedDecimal(priceMinor, exponent, locale),
    unit: product.unit,
    taxCategory: product.taxCategory,
    plu: product.plu ?? "",
    gtins: product.gtins.join("\n"),
  };
}

/** The first field that cannot be what was typed; null when all can. */
export function badFieldOf(draft: ProductDraft, { exponent }: MoneyFormat): BadField | null {
  if (draft.name.trim() === "") return "name";
  if (draft.price.trim() !== "" && (parseDecimal(draft.price, exponent) ?? -1) < 0) return "price";
  if (!codesOf(draft.gtins).every((code) => /^\d{14}$/.test(code))) return "gtins";
  return null;
}

/** [C3] Only what a person changed: the rest is nobody's edit. */
export function changesOf(
  before: ProductDraft,
  after: ProductDraft,
  { exponent }: MoneyFormat,
): Changes {
  const changed = (field: keyof ProductDraft) => before[field].trim() !== after[field].trim();
  const text = (field: "brand" | "category" | "favourite" | "plu") =>
    changed(field) ? { [field]: after[field].trim() === "" ? null : after[field].trim() } : {};
  return {
    ...(changed("name") ? { name: after.name.trim() } : {}),
    ...text("brand"),
    ...text("category"),
    ...text("favourite"),
    ...text("plu"),
    ...(changed("price") ? { priceMinor: parseDecimal(after.price, exponent) } : {}),
    ...(changed("unit") ? { unit: after.unit } : {}),
    ...(changed("taxCategory") ? { taxCategory: after.taxCategory } : {}),
    ...(changed("gtins") ? { gtins: codesOf(after.gtins) } : {}),
  };
}

function codesOf(lines: string): string[] {
  return lines.split(/\s+/).filter((code) => code !== "");
}
