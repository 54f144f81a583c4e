import { addedProduct } from "../../domain/catalogue/added-product.ts";
import { assert } from "../../domain/values/assert.ts";
import { failed, ok } from "../../domain/values/result.ts";
import { record, signedIn } from "../state/till.ts";
import { productView } from "../views/product-view.ts";
import { hasTaxCategory } from "./cart.ts";
import type { Command } from "./command.ts";

/** Makes a good that the catalogue lacks: sold here at once, in the whole store after the next sync. */
export const addNewProduct: Command<"catalogue.add-product"> = (
  till,
  { commandId: _, ...product },
) => {
  if (signedIn(till) === null) return failed({ type: "NotSignedIn" });
  if (!hasTaxCategory(till, product.taxCategory)) {
    return failed({ type: "UnknownTaxCategory", taxCategory: product.taxCategory });
  }
  const { catalogue } = till.ledger;
  const known =
    catalogue.bySku(product.sku) ?? firstOf(product.gtins, (gtin) => catalogue.byGtin(gtin));
  if (known !== null) return failed({ type: "ProductExists", sku: known.sku });
  const { fact } = record(till, "product.added", product);
  assert(fact.type === "product.added", "a good made is recorded as one");
  const added = addedProduct(fact);
  catalogue.upsert(added);
  till.products++;
  return ok(productView(till, added));
};

function firstOf<T>(keys: readonly string[], find: (key: string) => T | null): T | null {
  for (const key of keys) {
    const found = find(key);
    if (found !== null) return found;
  }
  return null;
}
