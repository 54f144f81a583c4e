import { canonicalJson, type Json } from "../facts/canonical.ts";
import type { Product } from "./product.ts";

/** One text for a good, so that two can be compared: what is alike on both sides is no change. */
export function productText(product: Product): string {
  // Plain data all through, which an interface cannot say.
  return canonicalJson(product as unknown as Json);
}
