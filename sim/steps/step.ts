import type { Family } from "../shop/plan.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";

/** One thing that may happen in a shop. */
export interface Step {
  readonly name: string;
  readonly family: Family;
  /** How often beside the others. */
  readonly weight: number;
  readonly run: (shop: Shop) => void | Promise<void>;
}

/** A till that is on; null when all are dark. */
function anyTill({ tills, chance }: Shop): SimTill | null {
  const on = tills.filter((till) => till.isOn());
  return on.length === 0 ? null : chance.pick(on);
}

/** A step at one till that is on. */
export function atTill(work: (shop: Shop, till: SimTill) => void | Promise<void>): Step["run"] {
  return async (shop) => {
    const till = anyTill(shop);
    if (till !== null) await work(shop, till);
  };
}
