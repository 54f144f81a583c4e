import { canonicalJson } from "../facts/canonical.ts";
import type { PendingPrice, Product } from "./product.ts";

/** [C3] What can be edited of a good, each field for itself. The SKU is its name and stays. */
export type EditedField =
  | "name"
  | "brand"
  | "category"
  | "favourite"
  | "gtins"
  | "plu"
  | "priceMinor"
  | "pendingPrice"
  | "unit"
  | "taxCategory";

/** Null: without one (of a price: the till asks at every sale; of a pending price: cancelled). */
export type FieldValue = string | number | readonly string[] | PendingPrice | null;

/** Fields of one good and their new values. */
export interface ProductChanges {
  readonly name?: string | undefined;
  readonly brand?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly favourite?: string | null | undefined;
  readonly gtins?: readonly string[] | undefined;
  readonly plu?: string | null | undefined;
  readonly priceMinor?: number | null | undefined;
  readonly pendingPrice?: PendingPrice | null | undefined;
  readonly unit?: "each" | "kg" | undefined;
  readonly taxCategory?: string | undefined;
}

export type EditOrigin = "store" | "head-office";

/** Who wins when one field was changed in two places that did not know of each other. */
export type EditPolicy = "head-office-wins" | "latest-wins" | "ask";

/** [C3] The one place that says so. */
export const editPolicies: Readonly<Record<EditedField, EditPolicy>> = {
  name: "latest-wins",
  brand: "latest-wins",
  category: "latest-wins",
  favourite: "latest-wins",
  gtins: "ask",
  plu: "ask",
  priceMinor: "head-office-wins",
  pendingPrice: "head-office-wins",
  unit: "ask",
  taxCategory: "head-office-wins",
};

export const editedFields = Object.keys(editPolicies) as readonly EditedField[];

export function isEditedField(name: string): name is EditedField {
  return Object.hasOwn(editPolicies, name);
}

/** A field's value as an edit speaks of it: what a good is without is null. */
export function fieldOf(product: Product, field: EditedField): FieldValue {
  return product[field] ?? null;
}

/** The good with one field changed. */
export function withField(product: Product, field: EditedField, value: FieldValue): Product {
  const { [field]: _, ...rest } = product;
  const isWithout = value === null && field !== "priceMinor";
  // The value's type is the field's: `payloads.ts` and `inputs.ts` are where it comes in.
  return (isWithout ? rest : { ...rest, [field]: value }) as Product;
}

/** The good with what was changed, and nothing else. */
export function withChanges(product: Product, changes: ProductChanges): Product {
  return changedFields(changes).reduce(
    (changed, field) => withField(changed, field, changes[field] ?? null),
    product,
  );
}

export function changedFields(changes: ProductChanges): EditedField[] {
  return editedFields.filter((field) => changes[field] !== undefined);
}

/** One text for a value, so that two can be compared. */
export function valueText(value: FieldValue): string {
  return canonicalJson(isPendingPrice(value) ? { ...value } : value);
}

export function isPendingPrice(value: FieldValue): value is PendingPrice {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
