import type { Fact } from "../facts/fact.ts";
import { type FieldVersion, versionOf } from "./field-version.ts";
import type { EditedField } from "./product-edit.ts";
import type { Product } from "./product.ts";

/** What a person says of a good that is made at a till. */
export const addedFields = [
  "name",
  "gtins",
  "priceMinor",
  "unit",
  "taxCategory",
] as const satisfies readonly EditedField[];

/** Of fields of which the head office has said nothing yet. */
export const unsaid: FieldVersion = "+";

/**
 * [C3] A good as `product.added` makes it, on the till and in the cloud: its fields are edits of a store,
 * so that a file which knows nothing of it does not change them unseen.
 */
export function addedProduct({
  id: editId,
  atMs: stampMs,
  payload,
}: Pick<Fact<"product.added">, "id" | "atMs" | "payload">): Product {
  const version = versionOf({ stampMs, editId, root: unsaid });
  return { ...payload, versions: Object.fromEntries(addedFields.map((field) => [field, version])) };
}
