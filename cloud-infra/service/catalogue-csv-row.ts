import type { Product } from "../../domain/catalogue/product.ts";
import { failed, ok, type Result } from "../../domain/values/result.ts";
import { readBarcode, splitBarcodes, unwrapped } from "./catalogue-csv-barcode.ts";
import type { Column, Columns } from "./catalogue-csv-columns.ts";
import { decimalToInteger } from "./catalogue-csv-decimal.ts";

/** A good as the file tells it: what the catalogue keeps, and the stock that it begins with. */
export interface CatalogueCsvProduct extends Product {
  /** Thousandths of a piece or of a kilogram. */
  readonly stockMilli: number;
}

/** A tax category of the store, and its rate where the file may write that instead of the name. */
export interface TaxCategoryChoice {
  readonly category: string;
  /** Parts per million: 19 % is 190,000. */
  readonly ratePpm?: number | undefined;
}

/** What the store knows and the file does not. */
export interface CatalogueCsvRules {
  /** Decimal places of the store's currency: 2 for EUR, 0 for JPY, 3 for KWD. */
  readonly currencyExponent: number;
  /** The store's own; the first is given to goods of which the file says nothing. */
  readonly taxCategories: readonly [TaxCategoryChoice, ...TaxCategoryChoice[]];
}

export interface CellProblem {
  readonly column: string;
  readonly value: string;
  readonly why: string;
}

type Cells = readonly string[];
type Read<T> = Result<T, CellProblem>;

const LONGEST = { name: 200, sku: 64, brand: 200, category: 200, favourite: 60 };
const DEAREST_MINOR = 999_999_999;
const MOST_BARCODES = 20;
const LARGEST_STOCK_MILLI = 1_000_000_000_000;

/** Reads one row below the header, or names the first cell that is wrong and what to do about it. */
export function readRow(
  cells: Cells,
  columns: Columns,
  rules: CatalogueCsvRules,
): Read<CatalogueCsvProduct> {
  const shape = checkShape(cells, columns);
  if (shape !== null) return failed(shape);
  const name = readText(cells, columns.name, LONGEST.name);
  if (!name.ok) return name;
  if (name.value === undefined) return wrong(columns.name, "", "is empty: give the good a name");
  const unit = readUnit(cells, columns);
  if (!unit.ok) return unit;
  const codes = readCodes(cells, columns, unit.value === "kg");
  if (!codes.ok) return codes;
  const price = readPrice(cells, columns.price, rules.currencyExponent);
  if (!price.ok) return price;
  const taxCategory = readTaxCategory(cells, columns.tax, rules.taxCategories);
  if (!taxCategory.ok) return taxCategory;
  const stock = readStock(cells, columns.stock, unit.value);
  if (!stock.ok) return stock;
  const labels = readLabels(cells, columns);
  if (!labels.ok) return labels;
  return ok({
    ...codes.value,
    ...labels.value,
    name: name.value,
    priceMinor: price.value,
    unit: unit.value,
    taxCategory: taxCategory.value,
    stockMilli: stock.value,
  });
}

/** Finds a row that is broken as a whole, whatever its cells should mean. */
function checkShape(cells: Cells, { titles }: Columns): CellProblem | null {
  for (const [at, text] of cells.entries()) {
    const column = { at, title: titles[at] || `no. ${at + 1}` };
    if (text.includes("\uFFFD")) {
      return problem(column, text, 'has letters that are not UTF-8: save it as "CSV UTF-8"');
    }
    if (looksSwallowed(text, at, titles.length)) {
      const why = "holds other rows too: a quotation mark is opened here and closed too late";
      return problem(column, text, why);
    }
    if (at >= titles.length && text.trim() !== "") {
      const why =
        `stands beyond the last of the ${titles.length} titles: ` +
        "a text with a delimiter in it needs quotation marks round it";
      return problem(column, text, why);
    }
  }
  return null;
}

/** A stray quotation mark makes one cell out of the ends and beginnings of several rows. */
function looksSwallowed(text: string, at: number, count: number): boolean {
  if (!text.includes("\n")) return false;
  if (text.startsWith('"')) return true;
  const delimiters = Math.max(2, count - 1 - at);
  return text.split("\n").some((line) => (line.match(/[,;\t|]/g)?.length ?? 0) >= delimiters);
}

type Codes = Pick<CatalogueCsvProduct, "sku" | "gtins" | "plu">;

/** The good's codes. Without an article number of its own, its first barcode or PLU serves as one. */
function readCodes(cells: Cells, columns: Columns, weighed: boolean): Read<Codes> {
  const gtins = new Set<string>();
  let plu = unwrapped(cellOf(cells, columns.plu));
  let written = plu;
  if (columns.plu !== undefined && plu !== "" && !/^\d{1,7}$/.test(plu)) {
    return wrong(columns.plu, plu, "is no PLU: it has one to seven digits");
  }
  for (const column of columns.gtins) {
    for (const code of splitBarcodes(cellOf(cells, column))) {
      const barcode = readBarcode(code, weighed);
      if (barcode.kind === "bad") return wrong(column, code, barcode.why);
      if (barcode.kind === "gtin") gtins.add(barcode.gtin);
      if (barcode.kind === "plu" && plu === "") plu = barcode.plu;
      if (written === "" || (barcode.kind === "gtin" && gtins.size === 1)) written = code;
    }
  }
  if (columns.gtins[0] !== undefined && gtins.size > MOST_BARCODES) {
    const what = `is one of ${gtins.size} barcodes: a good has at most ${MOST_BARCODES}`;
    return wrong(columns.gtins[0], cellOf(cells, columns.gtins[0]), what);
  }
  const sku = readText(cells, columns.sku, LONGEST.sku);
  if (!sku.ok) return sku;
  const own = unwrapped(sku.value ?? "") || written;
  const asked = columns.gtins[0] ?? columns.sku ?? columns.plu ?? columns.name;
  if (own === "") return wrong(asked, "", "is empty, and the row has no other code: fill one in");
  return ok({ sku: own, gtins: [...gtins], ...(plu === "" ? {} : { plu }) });
}

type Labels = Pick<CatalogueCsvProduct, "brand" | "category" | "favourite">;

function readLabels(cells: Cells, columns: Columns): Read<Labels> {
  const labels: { -readonly [label in keyof Labels]: string } = {};
  for (const label of ["brand", "category", "favourite"] as const) {
    const text = readText(cells, columns[label], LONGEST[label]);
    if (!text.ok) return text;
    if (text.value !== undefined) labels[label] = text.value;
  }
  return ok(labels);
}

/** Cleaned text, or undefined where the column is absent or the cell empty. */
function readText(cells: Cells, column: Column | undefined, longest: number) {
  const text = cellOf(cells, column)
    .normalize("NFC")
    .replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\s]+/gu, " ")
    .trim();
  if (column !== undefined && text.length > longest) {
    return wrong(column, text, `has ${text.length} characters: shorten it to ${longest}`);
  }
  return ok(text === "" ? undefined : text);
}

function readPrice(cells: Cells, column: Column | undefined, exponent: number) {
  const text = cellOf(cells, column);
  if (column === undefined || text === "") return ok(null);
  const price = decimalToInteger(text, exponent);
  const example = exponent === 0 ? "6" : `6.${"490".slice(0, exponent).padEnd(exponent, "0")}`;
  if (price.ok) {
    if (price.value < 0) return wrong(column, text, "is negative: a price is zero or more");
    if (price.value <= DEAREST_MINOR) return price;
    return wrong(column, text, "is too high for a price: see that no barcode slipped in here");
  }
  switch (price.failure.kind) {
    case "not-a-number":
      return wrong(
        column,
        text,
        `is no price: write it like ${example}, or leave it empty and the till asks`,
      );
    case "ambiguous":
      return wrong(
        column,
        text,
        `may mean thousands or a fraction: write it like ${example}, with no mark for thousands`,
      );
    case "too-precise": {
      const { decimals } = price.failure;
      const has = decimals === 1 ? "1 decimal place" : `${decimals} decimal places`;
      return wrong(column, text, `has ${has}, the currency has ${exponent}: round it`);
    }
    case "too-large":
      return wrong(column, text, "is too high for a price: see that no barcode slipped in here");
  }
}

function readStock(cells: Cells, column: Column | undefined, unit: "each" | "kg") {
  const text = cellOf(cells, column);
  if (column === undefined || text === "") return ok(0);
  const [places, example] = unit === "kg" ? ([3, "3.250"] as const) : ([0, "12"] as const);
  const stock = decimalToInteger(text, places);
  const milli = stock.ok ? stock.value * 10 ** (3 - places) : Number.NaN;
  if (Math.abs(milli) <= LARGEST_STOCK_MILLI) return ok(milli);
  const what = unit === "kg" ? "kilograms" : "whole pieces";
  return wrong(column, text, `is no stock in ${what}: write it like ${example}`);
}

const YES = /^(1|y|yes|true|x|j|ja|o|oui|s|si|sí|kg|weighed|כן)$/i;
const NO = /^(|0|n|no|false|nein|non|nee|לא)$/i;
const KILOGRAM = /^(1\s*)?(kg|kgs|kilo|kilos|kilograms?|kilogramme?s?|ק["״']?ג|קילו|קילוגרם)\.?$/i;
const OTHER_WEIGHT = /^(1\s*)?(lb|lbs|pounds?|oz|ounces?|g|gr|grams?|gramm)\.?$/i;

/** The weighed column decides where there is one: units of measure often speak of the pack. */
function readUnit(cells: Cells, columns: Columns): Read<"each" | "kg"> {
  if (columns.weighed !== undefined) {
    const flag = cellOf(cells, columns.weighed);
    if (YES.test(flag)) return ok("kg");
    if (NO.test(flag)) return ok("each");
    return wrong(columns.weighed, flag, "is neither yes nor no: write 1 for weighed goods, else 0");
  }
  const unit = cellOf(cells, columns.unit).replace(/^(per\s+|pro\s+|\/\s*)/i, "");
  if (columns.unit !== undefined && OTHER_WEIGHT.test(unit)) {
    const why = "is no unit that the till weighs in: give the price of a kilogram and write kg";
    return wrong(columns.unit, unit, why);
  }
  return ok(KILOGRAM.test(unit) ? "kg" : "each");
}

function readTaxCategory(
  cells: Cells,
  column: Column | undefined,
  choices: CatalogueCsvRules["taxCategories"],
): Read<string> {
  const text = cellOf(cells, column);
  if (column === undefined || text === "") return ok(choices[0].category);
  const named = choices.find(({ category }) => category.toLowerCase() === text.toLowerCase());
  const ratePpm = decimalToInteger(text.replace(/\s*%$/, ""), 4);
  const rated = ratePpm.ok && choices.find((choice) => choice.ratePpm === ratePpm.value);
  const choice = named ?? (rated || undefined);
  if (choice !== undefined) return ok(choice.category);
  const known = choices.map(({ category }) => category).join(", ");
  return wrong(column, text, `is no tax category of this store (${known}): use one of these`);
}

function cellOf(cells: Cells, column: Column | undefined): string {
  return column === undefined ? "" : (cells[column.at] ?? "").trim();
}

function wrong(column: Column, value: string, what: string): { ok: false; failure: CellProblem } {
  return failed(problem(column, value, what));
}

function problem(column: Column, value: string, what: string): CellProblem {
  const shown = value.length > 80 ? `${value.slice(0, 79)}…` : value;
  const why = value === "" ? `the cell ${what}` : `'${shown}' ${what}`;
  return { column: column.title, value, why };
}
