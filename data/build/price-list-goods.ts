import { type SkuNumbers, shuffled, stockText } from "./chance.ts";
import { departmentOfHebrewName } from "./classify.ts";
import { type DepartmentName, department } from "./departments.ts";
import type { Good } from "./good.ts";
import { isSuppliersGtin } from "./sale-code.ts";
import { field, sourceRows } from "./source-rows.ts";
import { tidyName } from "./tidy-name.ts";

interface Candidate {
  readonly code: string;
  readonly name: string;
  readonly price: string;
  readonly weighed: boolean;
  readonly category: DepartmentName;
}

const WEIGHED_BY_PLU = 260;
const WEIGHED_BY_BARCODE = 60;

/** Goods of the Israeli price lists: real Hebrew names and prices, weighed goods by their PLU. */
export function priceListGoods(
  folder: string,
  skus: SkuNumbers,
  takenPlus: ReadonlySet<string>,
): Good[] {
  const candidates = bestNamePerCode(folder);
  const byPlu = candidates.filter((row) => row.weighed && isPlu(row.code, takenPlus));
  const byBarcode = candidates.filter((row) => row.weighed && isSuppliersGtin(row.code));
  const packed = candidates.filter((row) => !row.weighed && isSuppliersGtin(row.code));
  const shortFirst = byPlu.toSorted(
    (a, b) => Number(a.code.length > 5) - Number(b.code.length > 5),
  );
  const chosen = [
    ...uniqueNames(shortFirst).slice(0, WEIGHED_BY_PLU),
    ...uniqueNames(byBarcode).slice(0, WEIGHED_BY_BARCODE),
    ...withinQuotas(uniqueNames(packed)),
  ];
  return chosen.map((candidate) => good(candidate, skus));
}

function good({ code, name, price, weighed, category }: Candidate, skus: SkuNumbers): Good {
  const from = department(category);
  const unit = weighed ? "kg" : "each";
  return {
    sku: skus.next(from.skuPrefix, code),
    gtin: code.length < 8 ? "" : code,
    plu: code.length < 8 ? code : "",
    name,
    brand: "",
    category,
    favourite: "",
    price,
    unit,
    taxCategory: from.taxCategory,
    stock: stockText(code, unit),
  };
}

function isPlu(code: string, taken: ReadonlySet<string>): boolean {
  return /^[1-9]\d{2,6}$/.test(code) && !taken.has(code);
}

/** Each chain cuts names at its own length; of one code's names the longest uncut one is taken. */
function bestNamePerCode(folder: string): Candidate[] {
  const rows = sourceRows(folder, "catalogue/israel-2026-08-10-prices.csv.gz");
  const cutAt = new Map<string, number>();
  for (const row of rows) {
    const chain = field(row, "chain");
    cutAt.set(chain, Math.max(cutAt.get(chain) ?? 0, field(row, "name").length));
  }
  const best = new Map<string, Candidate>();
  for (const row of rows) {
    const cut = field(row, "name").length >= (cutAt.get(field(row, "chain")) ?? 0) - 1;
    const candidate = cut ? null : candidateOf(row);
    const known = candidate && best.get(candidate.code);
    if (candidate === null || (known && known.name.length >= candidate.name.length)) continue;
    best.set(candidate.code, candidate);
  }
  return shuffled([...best.values()], (row) => row.code);
}

function candidateOf(row: Readonly<Record<string, string>>): Candidate | null {
  const name = tidyName(field(row, "name"));
  const price = shelfPrice(field(row, "price_ils"));
  const category = name === null ? null : departmentOfHebrewName(name);
  if (name === null || name.length < 6 || price === null || category === null) return null;
  if (!/[א-ת]{3}/.test(name) || /מבצע|קופון|פיקדון|טסט/.test(name)) return null;
  const code = field(row, "barcode");
  return { code, name, price, weighed: field(row, "weighed") === "1", category };
}

/** The list's own number, as it stands, with two places; null outside 0.50 to 400. */
function shelfPrice(raw: string): string | null {
  const match = /^(\d{1,4})(?:\.(\d{1,2}))?$/.exec(raw);
  if (match?.[1] === undefined) return null;
  const minor = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  if (minor < 50 || minor > 40_000) return null;
  return `${match[1]}.${(match[2] ?? "").padEnd(2, "0")}`;
}

function uniqueNames(candidates: readonly Candidate[]): Candidate[] {
  const names = new Set<string>();
  return candidates.filter(({ name }) => !names.has(name) && names.add(name));
}

function withinQuotas(candidates: readonly Candidate[]): Candidate[] {
  const perDepartment = new Map<DepartmentName, number>();
  return candidates.filter(({ category }) => {
    const count = perDepartment.get(category) ?? 0;
    perDepartment.set(category, count + 1);
    return count < department(category).priceListQuota;
  });
}
