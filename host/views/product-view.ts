import type { Product } from "../../domain/catalogue/product.ts";
import type { ProductView } from "../contract/views.ts";
import type { Till } from "../state/till.ts";

export function productView(till: Till, product: Product): ProductView {
  return {
    sku: product.sku,
    name: product.name,
    brand: product.brand ?? null,
    category: product.category ?? null,
    gtin: product.gtins[0] ?? null,
    plu: product.plu ?? null,
    priceMinor: product.priceMinor,
    unit: product.unit,
    stockMilli: till.ledger.stock.levelMilli(product.sku),
  };
}
