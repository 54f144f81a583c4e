import type { Product } from "../../domain/catalogue/product.ts";
import { storeId } from "./template.ts";
import type { Shop } from "./shop.ts";

/** Few goods and few pieces: the last piece is sold twice as often as it can be. */
const skus = ["milk", "bread", "tea", "apples", "cheese", "batteries", "soap", "wine"] as const;

/** The goods that a shop begins with; of some the stock is stated, of others it never was. */
export async function createGoods(shop: Shop): Promise<void> {
  const items = skus.map((sku, i) => ({
    product: productOf(sku, 99 + 50 * i),
    ...(i % 4 === 3 ? {} : { openingMilli: 1_000 * shop.chance.between(1, 30) }),
  }));
  const { store } = shop.cloud.owner();
  await store.importCatalogue({ storeId, items, atMs: 0 });
  for (const { product, openingMilli } of items) {
    shop.goods.set(product.sku, product);
    shop.edits.edited({
      sku: product.sku,
      priceMinor: product.priceMinor ?? 0,
      saw: null,
      by: "head office",
      field: "price",
    });
    if (openingMilli !== undefined) shop.book.moved(product.sku, openingMilli);
  }
}

export function productOf(sku: string, priceMinor: number): Product {
  return { sku, name: `Good ${sku}`, gtins: [], priceMinor, unit: "each", taxCategory: "reduced" };
}
