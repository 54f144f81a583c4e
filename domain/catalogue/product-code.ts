import { fieldOf, type FieldValue, withField } from "./product-edit.ts";
import type { Product } from "./product.ts";

/** Fields that lead from what is scanned or typed to a good. */
export type CodeField = "gtins" | "plu";

export const codeFields: readonly CodeField[] = ["gtins", "plu"];

/** One code of a good. Within a store and a field it leads to one good. */
export interface ProductCode {
  readonly field: CodeField;
  readonly code: string;
}

export function codesOf({ gtins, plu }: Pick<Product, "gtins" | "plu">): ProductCode[] {
  const keyed = plu === undefined ? [] : [{ field: "plu", code: plu } as const];
  return [...gtins.map((code) => ({ field: "gtins", code }) as const), ...keyed];
}

export function hasCode(product: Pick<Product, "gtins" | "plu">, wanted: ProductCode): boolean {
  return codesOf(product).some(({ field, code }) => field === wanted.field && code === wanted.code);
}

/** The field's value with the code in it. */
export function valueWith(product: Product, { field, code }: ProductCode): FieldValue {
  if (field === "plu") return code;
  return product.gtins.includes(code) ? product.gtins : [...product.gtins, code];
}

/** The good without the code. */
export function withoutCode(product: Product, { field, code }: ProductCode): Product {
  if (field === "gtins") {
    return withField(
      product,
      field,
      product.gtins.filter((gtin) => gtin !== code),
    );
  }
  return fieldOf(product, field) === code ? withField(product, field, null) : product;
}
