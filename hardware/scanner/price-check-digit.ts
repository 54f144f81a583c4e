import { assert, present } from "../../domain/values/assert.ts";

/** Weighted digits of GS1 General Specifications §7.9.4: what each digit 0–9 counts for. */
const twoMinus = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7] as const;
const three = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7] as const;
const fivePlus = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9] as const;
const fiveMinus = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1] as const;

/**
 * The check digit that guards a four- or five-digit price or weight inside an in-store code
 * (GS1 General Specifications §7.9.4), 0–9.
 */
export function priceCheckDigit(field: string): number {
  assert(/^\d{4,5}$/.test(field), "a price check digit guards four or five digits");
  if (field.length === 4) return (sum(field, [twoMinus, twoMinus, three, fiveMinus]) * 3) % 10;
  const total = sum(field, [fivePlus, twoMinus, fiveMinus, fivePlus, twoMinus]);
  return (fiveMinus as readonly number[]).indexOf((10 - (total % 10)) % 10);
}

function sum(field: string, weights: readonly (readonly number[])[]): number {
  return weights.reduce((total, weight, at) => {
    return total + present(weight[Number(field.charAt(at))], "the weight of a digit");
  }, 0);
}
