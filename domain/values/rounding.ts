import { assert, assertInteger } from "./assert.ts";

/**
 * How a fraction becomes a whole number. Always an argument, never a default.
 * - `half-away`: 0.5 → 1, −0.5 → −1 (commercial rounding, what receipts use)
 * - `half-even`: 0.5 → 0, 1.5 → 2 (banker's rounding)
 * - `down`: towards zero; `up`: away from zero
 */
export type Rounding = "half-away" | "half-even" | "down" | "up";

/**
 * `value × numerator ÷ denominator`, exact until the one rounding at the end.
 * All three are integers; `denominator` is positive. Asserts that the result is a safe integer.
 */
export function mulDiv(
  value: number,
  numerator: number,
  denominator: number,
  rounding: Rounding,
): number {
  assertInteger(value, "value");
  assertInteger(numerator, "numerator");
  assertInteger(denominator, "denominator");
  assert(denominator > 0, "denominator must be positive");
  const product = value * numerator;
  if (Number.isSafeInteger(product)) {
    return roundSmall(product, denominator, rounding);
  }
  return roundBig(BigInt(value) * BigInt(numerator), BigInt(denominator), rounding);
}

function roundSmall(product: number, denominator: number, rounding: Rounding): number {
  const magnitude = Math.abs(product);
  const remainder = magnitude % denominator;
  const whole = (magnitude - remainder) / denominator;
  // `remainder × 2` may leave the safe range only for denominators above 2^52; none is that large.
  const rounded = whole + (goesUp(remainder * 2, denominator, whole % 2 === 1, rounding) ? 1 : 0);
  return product < 0 && rounded !== 0 ? -rounded : rounded;
}

function roundBig(product: bigint, denominator: bigint, rounding: Rounding): number {
  const negative = product < 0n;
  const magnitude = negative ? -product : product;
  const whole = magnitude / denominator;
  const twice = (magnitude % denominator) * 2n;
  const up = goesUp(twice, denominator, whole % 2n === 1n, rounding);
  const rounded = whole + (up ? 1n : 0n);
  return assertInteger(Number(negative ? -rounded : rounded), "rounded result");
}

function goesUp<N extends number | bigint>(
  twiceRemainder: N,
  denominator: N,
  wholeIsOdd: boolean,
  rounding: Rounding,
): boolean {
  switch (rounding) {
    case "down":
      return false;
    case "up":
      return twiceRemainder > 0;
    case "half-away":
      return twiceRemainder >= denominator;
    case "half-even":
      return twiceRemainder > denominator || (twiceRemainder === denominator && wholeIsOdd);
  }
}

/**
 * Splits `total` over `weights` by largest remainder: the parts always sum to `total`.
 * Equal remainders go to the earlier part. Weights are non-negative integers; when all are zero
 * the first part takes everything. The only way to split money.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  assertInteger(total, "total");
  assert(weights.length > 0, "allocate needs at least one weight");
  const sum = weights.reduce((a, b) => a + assertInteger(b, "weight"), 0);
  assert(
    weights.every((w) => w >= 0),
    "weights must not be negative",
  );
  if (sum === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const parts = weights.map((w) => mulDiv(total, w, sum, "down"));
  const missing = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: remainderOf(total, weight, sum) }))
    .toSorted((a, b) => (a.remainder < b.remainder ? 1 : a.remainder > b.remainder ? -1 : 0));
  const step = Math.sign(missing);
  for (let i = 0; i < Math.abs(missing); i++) {
    const target = byRemainder[i];
    assert(target !== undefined, "largest remainder needs at most one step a part");
    parts[target.index] = (parts[target.index] ?? 0) + step;
  }
  return parts;
}

function remainderOf(total: number, weight: number, sum: number): bigint {
  const product = BigInt(total) * BigInt(weight);
  const magnitude = product < 0n ? -product : product;
  return magnitude % BigInt(sum);
}
