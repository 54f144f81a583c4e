import { present } from "../../domain/values/assert.ts";
import { failed, ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";
import { productEditView } from "../views/product-edit-view.ts";

const pageSize = 200;

export const viewProduct: Query<"product.view"> = (till, { sku }) => {
  const product = till.ledger.catalogue.bySku(sku);
  return product === null
    ? failed({ type: "UnknownProduct", sku })
    : ok(productEditView(till, product));
};

export const listScheduledPrices: Query<"price.scheduled"> = (till, { limit, offset }) =>
  ok(
    till.ledger.pendingPrices
      .list(limit ?? pageSize, offset ?? 0)
      .map(({ sku, name, priceMinor, pendingPrice }) => ({
        sku,
        name,
        priceMinor,
        pendingPrice: present(pendingPrice, "the pending price of a good that has one"),
      })),
  );
