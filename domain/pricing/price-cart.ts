import { assert, assertInteger } from "../values/assert.ts";
import { allocate, mulDiv, type Rounding } from "../values/rounding.ts";

/** How a store prices: read once when the sale is opened, so that nothing changes under the cashier. */
export interface PricingRules {
  readonly currency: string;
  /** True where shelf prices contain the tax (most of the world), false where it is added at the till. */
  readonly pricesIncludeTax: boolean;
  /** Tax category → rate in parts per million (19 % = 190,000). */
  readonly taxRatesPpm: Readonly<Record<string, number>>;
  /** `line`: tax rounded on each line, then summed; `receipt`: summed per rate, then rounded once. */
  readonly taxRounding: "line" | "receipt";
  readonly rounding: Rounding;
}

export interface LineToPrice {
  readonly quantityMilli: number;
  readonly unitPriceMinor: number;
  /** The amount printed on a scale's label: it wins over quantity × unit price. */
  readonly labelPriceMinor?: number | undefined;
  readonly taxCategory: string;
}

export interface PricedLine {
  /** Quantity × unit price, rounded once: as the shelf price stands, with or without tax. */
  readonly amountMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly taxRatePpm: number;
}

export interface TaxAmount {
  readonly category: string;
  readonly ratePpm: number;
  /** What was taxed, without the tax. */
  readonly netMinor: number;
  readonly taxMinor: number;
}

export interface PricedCart {
  readonly lines: readonly PricedLine[];
  readonly netMinor: number;
  readonly taxMinor: number;
  /** What the customer owes: net + tax. */
  readonly totalMinor: number;
  /** One entry a tax category in use, in the order of first use. */
  readonly taxes: readonly TaxAmount[];
}

/**
 * The one place where money is computed. Pure: the same lines and rules give the same receipt, at the
 * till, in the simulator and in an audit. `total = net + tax` and the lines' parts sum to the whole, always.
 */
export function priceCart(lines: readonly LineToPrice[], rules: PricingRules): PricedCart {
  const priced = lines.map((line) => priceLine(line, rules));
  const taxes = taxesOf(lines, priced, rules);
  const settled = rules.taxRounding === "receipt" ? spread(lines, priced, taxes, rules) : priced;
  const netMinor = sum(taxes.map((t) => t.netMinor));
  const taxMinor = sum(taxes.map((t) => t.taxMinor));
  return { lines: settled, netMinor, taxMinor, totalMinor: netMinor + taxMinor, taxes };
}

/** One line by itself; its tax is rounded here even where the receipt rounds per rate. */
function priceLine(line: LineToPrice, rules: PricingRules): PricedLine {
  const taxRatePpm = rules.taxRatesPpm[line.taxCategory];
  assert(taxRatePpm !== undefined, `no rate for tax category ${line.taxCategory}`);
  const amountMinor =
    line.labelPriceMinor ?? mulDiv(line.quantityMilli, line.unitPriceMinor, 1000, rules.rounding);
  const taxMinor = taxWithin(amountMinor, taxRatePpm, rules);
  const netMinor = rules.pricesIncludeTax ? amountMinor - taxMinor : amountMinor;
  return { amountMinor, netMinor, taxMinor, taxRatePpm };
}

function taxWithin(amountMinor: number, ratePpm: number, rules: PricingRules): number {
  return rules.pricesIncludeTax
    ? mulDiv(amountMinor, ratePpm, 1_000_000 + ratePpm, rules.rounding)
    : mulDiv(amountMinor, ratePpm, 1_000_000, rules.rounding);
}

function taxesOf(
  lines: readonly LineToPrice[],
  priced: readonly PricedLine[],
  rules: PricingRules,
): TaxAmount[] {
  const byCategory = new Map<string, { ratePpm: number; amountMinor: number; taxMinor: number }>();
  priced.forEach((line, i) => {
    const category = lines[i]?.taxCategory ?? "";
    const seen = byCategory.get(category);
    if (seen === undefined) {
      byCategory.set(category, {
        ratePpm: line.taxRatePpm,
        amountMinor: line.amountMinor,
        taxMinor: line.taxMinor,
      });
    } else {
      seen.amountMinor += line.amountMinor;
      seen.taxMinor += line.taxMinor;
    }
  });
  return [...byCategory].map(([category, { ratePpm, amountMinor, taxMinor: lineTaxMinor }]) => {
    const taxMinor =
      rules.taxRounding === "line" ? lineTaxMinor : taxWithin(amountMinor, ratePpm, rules);
    const netMinor = rules.pricesIncludeTax ? amountMinor - taxMinor : amountMinor;
    return { category, netMinor, ratePpm, taxMinor };
  });
}

/** Hands a rate's rounded tax back to its lines by largest remainder, so that the lines sum to it. */
function spread(
  lines: readonly LineToPrice[],
  priced: readonly PricedLine[],
  taxes: readonly TaxAmount[],
  rules: PricingRules,
): PricedLine[] {
  const settled = [...priced];
  for (const tax of taxes) {
    const members = priced.flatMap((_, i) => (lines[i]?.taxCategory === tax.category ? [i] : []));
    const difference = tax.taxMinor - sum(members.map((i) => priced[i]?.taxMinor ?? 0));
    if (difference === 0) continue;
    const weights = members.map((i) => Math.abs(priced[i]?.amountMinor ?? 0));
    allocate(difference, weights).forEach((part, m) => {
      const i = members[m] ?? 0;
      const line = settled[i];
      if (line === undefined || part === 0) return;
      const taxMinor = line.taxMinor + part;
      const netMinor = rules.pricesIncludeTax ? line.amountMinor - taxMinor : line.netMinor;
      settled[i] = { ...line, taxMinor, netMinor };
    });
  }
  return settled;
}

function sum(values: readonly number[]): number {
  return assertInteger(
    values.reduce((a, b) => a + b, 0),
    "sum of amounts",
  );
}
