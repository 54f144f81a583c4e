import { decimalText, madeUpPriceMinor, type SkuNumbers, shuffled, stockText } from "./chance.ts";
import { departmentOfName, departmentOfPath } from "./classify.ts";
import { type DepartmentName, department } from "./departments.ts";
import type { Good } from "./good.ts";
import { isSuppliersGtin } from "./sale-code.ts";
import { field, sourceRows } from "./source-rows.ts";
import { tidyBrand, tidyName, tidyPack } from "./tidy-name.ts";

interface Candidate {
  readonly code: string;
  readonly name: string;
  readonly brand: string;
  readonly category: DepartmentName;
}

/** How many goods may share one name, so that a search does not answer "Chocolat" forty times. */
const NAMESAKES = 2;

/**
 * Goods of Open Food Facts: first those with a brand and a category, then, up to each department's
 * quota, those with a name only whose words say where they belong. Prices are made up.
 */
export function foodFactsGoods(folder: string, skus: SkuNumbers): Good[] {
  const seen = new Set<string>();
  const namesakes = new Map<string, number>();
  const perDepartment = new Map<DepartmentName, number>();
  const chosen: Candidate[] = [];
  for (const candidate of [...richCandidates(folder), ...namedCandidates(folder)]) {
    const { code, category } = candidate;
    const name = candidate.name.toLowerCase();
    const sameName = namesakes.get(name) ?? 0;
    const inDepartment = perDepartment.get(category) ?? 0;
    const gtin = code.padStart(14, "0");
    if (seen.has(gtin) || sameName >= NAMESAKES) continue;
    if (inDepartment >= department(category).foodFactsQuota) continue;
    seen.add(gtin);
    namesakes.set(name, sameName + 1);
    perDepartment.set(category, inDepartment + 1);
    chosen.push(candidate);
  }
  return chosen.map((candidate) => good(candidate, skus));
}

function good({ code, name, brand, category }: Candidate, skus: SkuNumbers): Good {
  const from = department(category);
  return {
    sku: skus.next(from.skuPrefix, code),
    gtin: code,
    plu: "",
    name,
    brand,
    category,
    favourite: "",
    price: decimalText(madeUpPriceMinor(code, from)),
    unit: "each",
    taxCategory: from.taxCategory,
    stock: stockText(code, "each"),
  };
}

function richCandidates(folder: string): Candidate[] {
  const rows = sourceRows(folder, "catalogue/off-rich.csv.gz");
  const candidates = rows.flatMap((row): Candidate[] => {
    const code = field(row, "barcode");
    const name = tidyName(field(row, "name"));
    if (name === null || !isSuppliersGtin(code)) return [];
    const category = richDepartment(field(row, "category"), name);
    if (category === null) return [];
    const brand = tidyBrand(field(row, "brand"));
    return [{ code, name: withPack(name, field(row, "pack")), brand, category }];
  });
  const order = shuffled(candidates, (row) => row.code);
  return [...order.filter((row) => row.brand !== ""), ...order.filter((row) => row.brand === "")];
}

/** Paths end in a flavour at times ("…, Strawberries"); then the name is the better witness. */
function richDepartment(path: string, name: string): DepartmentName | null {
  const byPath = departmentOfPath(path);
  if (byPath !== null && byPath !== "Fruit & vegetables") return byPath;
  return departmentOfName(name) ?? byPath;
}

function namedCandidates(folder: string): Candidate[] {
  const rows = sourceRows(folder, "catalogue/off-2019-gtin-name.csv.gz");
  const candidates = rows.flatMap((row): Candidate[] => {
    const code = field(row, "barcode");
    const name = tidyName(field(row, "name"));
    if (name === null || name.length < 7 || !isSuppliersGtin(code)) return [];
    const category = departmentOfName(name);
    return category === null ? [] : [{ code, name, brand: "", category }];
  });
  return shuffled(candidates, (row) => row.code);
}

function withPack(name: string, rawPack: string): string {
  const pack = tidyPack(rawPack);
  const full = `${name} ${pack}`;
  return pack === "" || /\d/.test(name) || full.length > 60 ? name : full;
}
