import type { BusinessDate } from "../values/time.ts";
import { currentVersion } from "./field-version.ts";
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

/**
 * [C3] The good as it is sold before the day of a price that had begun already, by a clock that was
 * wrong. Whoever changed the price since knew it as it stands, and is left alone.
 */
export function takeBackPrice(product: Product, before: Product): Product {
  const { pendingPrice } = before;
  if (pendingPrice === undefined) return product;
  const begun = beginPrice(before, pendingPrice.effectiveOn);
  if (currentVersion(product, "priceMinor") !== currentVersion(begun, "priceMinor")) return product;
  const { priceMinor: _, ...others } = product.versions ?? {};
  const { priceMinor: price, pendingPrice: pending } = before.versions ?? {};
  const isPlannedAnew = product.pendingPrice !== undefined;
  const versions = {
    ...(pending === undefined ? {} : { pendingPrice: pending }),
    ...others,
    ...(price === undefined ? {} : { priceMinor: price }),
  };
  return {
    ...product,
    priceMinor: before.priceMinor,
    pendingPrice: isPlannedAnew ? product.pendingPrice : pendingPrice,
    ...(Object.keys(versions).length === 0 ? {} : { versions }),
  };
}
