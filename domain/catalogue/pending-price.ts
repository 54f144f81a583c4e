import type { BusinessDate } from "../values/time.ts";
import type { Product } from "./product.ts";

/**
 * [C3] The good as it is sold on `businessDate`: a pending price whose day has come is the price, and
 * its version the price's. The same function on tills and in the cloud, so nobody waits for the other.
 */
export function beginPrice(product: Product, businessDate: BusinessDate): Product {
  const { pendingPrice, versions = {}, ...rest } = product;
  if (pendingPrice === undefined || pendingPrice.effectiveOn > businessDate) return product;
  const { pendingPrice: version, ...others } = versions;
  const begun = version === undefined ? others : { ...others, priceMinor: version };
  return {
    ...rest,
    priceMinor: pendingPrice.priceMinor,
    ...(Object.keys(begun).length === 0 ? {} : { versions: begun }),
  };
}
