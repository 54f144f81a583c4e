import type { Fact } from "../facts/fact.ts";
import { rootOf, unedited, versionOf } from "./field-version.ts";
import { changedFields, withChanges } from "./product-edit.ts";
import type { Product } from "./product.ts";

/**
 * [C3] The good with an edit of this till laid over it, and with the versions that the cloud will give
 * its fields when nobody else has changed them: so a second edit names the first as its base.
 */
export function withOwnEdit(
  product: Product,
  { id: editId, payload }: Pick<Fact<"product.edited">, "id" | "payload">,
): Product {
  const { changes, base, stampMs } = payload;
  const versions: Record<string, string> = { ...product.versions };
  for (const field of changedFields(changes)) {
    const root = rootOf(base[field] ?? unedited(null));
    versions[field] = versionOf({ stampMs, editId, root });
  }
  return { ...withChanges(product, changes), versions };
}
