import { failed, ok, type Result } from "../../../domain/values/result.ts";
import type { SalesColumns } from "./sales-columns.ts";
import { type DateOrder, type DateProblem, readWallTime, type WallTime } from "./sales-dates.ts";

/** One line of an invoice, ready to be rung up. */
export interface SalesLine {
  /** As a spreadsheet counts: the titles are row 1. */
  readonly row: number;
  readonly invoice: string;
  readonly code: string;
  readonly description: string;
  /** Whole pieces; negative for what comes back. Never zero. */
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly time: WallTime;
}

/** A row that is not rung up, and why. */
export interface RefusedRow {
  readonly row: number;
  readonly invoice: string;
  readonly code: string;
  readonly why: string;
  /** As it stands in the file. */
  readonly quantity: string;
  readonly unitPrice: string;
  /** Quantity × unit price; null where that is no whole number of minor units. */
  readonly amountMinor: number | null;
}

export interface RowRules {
  readonly columns: SalesColumns;
  /** How many cells every row must have. */
  readonly width: number;
  /** Digits after the decimal point that the store's currency has. */
  readonly exponent: number;
  readonly dateOrder: DateOrder | null;
  /** True where the cells are not set apart by commas, so that 2,55 can only be a price. */
  readonly decimalComma: boolean;
}

/** What `host/contract/inputs.ts` takes. */
const mostPieces = 999_999;
const largestPriceMinor = 999_999_999;
const longestCode = 64;
const longestName = 200;

/** Reads a row, or says in one sentence why it cannot be rung up. */
export function readSalesRow(
  cells: readonly string[],
  row: number,
  rules: RowRules,
): Result<SalesLine, RefusedRow> {
  const { columns } = rules;
  const cell = (index: number | null) => (index === null ? "" : (cells[index] ?? "").trim());
  const invoice = cell(columns.invoice);
  const code = cell(columns.code);
  const quantityText = cell(columns.quantity);
  const priceText = cell(columns.price);
  const quantity = readNumber(quantityText, rules);
  const price = readNumber(priceText, rules);
  const time = readWallTime(cell(columns.date), rules.dateOrder);
  const why =
    (cells.length === rules.width
      ? null
      : `the row has ${cells.length} cells, the titles have ${rules.width}`) ??
    whyNoInvoice(invoice) ??
    whyNoCode(code) ??
    whyNoQuantity(quantity, quantityText) ??
    whyNoPrice(price, priceText, rules.exponent) ??
    (time.ok ? null : whyNoDate(time.failure, cell(columns.date)));
  if (why !== null || quantity === null || price === null || !time.ok) {
    return failed({
      ...{ row, invoice, code, why: why ?? "the row cannot be read" },
      ...{ quantity: quantityText, unitPrice: priceText },
      amountMinor: amountOf(quantity, price, rules.exponent),
    });
  }
  return ok({
    ...{ row, invoice, code },
    description: cell(columns.description).replace(/\s+/g, " ").slice(0, longestName),
    quantity: Number(quantity.units),
    unitPriceMinor: Number(price.units) * 10 ** (rules.exponent - price.places),
    time: time.value,
  });
}

/** A decimal number exactly as written: `units` × 10^-`places`, without trailing zeros. */
interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

/** Digits, at most one decimal mark, a minus; nothing that has to be guessed. Null for anything else. */
function readNumber(text: string, { decimalComma }: RowRules): Decimal | null {
  const match = /^([-+]?)(\d{1,15})(?:([.,])(\d{1,15}))?$/.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", mark, fraction = ""] = match;
  if (mark === "," && !decimalComma) return null;
  const kept = fraction.replace(/0+$/, "");
  const units = BigInt(whole + kept);
  return { units: sign === "-" ? -units : units, places: kept.length };
}

function amountOf(quantity: Decimal | null, price: Decimal | null, exponent: number) {
  if (quantity === null || price === null) return null;
  const units = quantity.units * price.units * 10n ** BigInt(exponent);
  const scale = 10n ** BigInt(quantity.places + price.places);
  const amountMinor = Number(units / scale);
  return units % scale === 0n && Number.isSafeInteger(amountMinor) ? amountMinor : null;
}

function whyNoInvoice(invoice: string): string | null {
  return invoice === "" ? "the invoice number is missing" : null;
}

function whyNoCode(code: string): string | null {
  if (code === "") return "the stock code is missing";
  return code.length > longestCode ? `the stock code has more than ${longestCode} letters` : null;
}

function whyNoQuantity(quantity: Decimal | null, text: string): string | null {
  if (text === "") return "the quantity is missing";
  if (quantity === null) return `the quantity "${text}" is not a number such as 6 or -6`;
  if (quantity.places > 0) return `the quantity ${text} is not whole`;
  if (quantity.units === 0n) return "the quantity is 0";
  const pieces = quantity.units < 0n ? -quantity.units : quantity.units;
  return pieces > mostPieces ? `the quantity ${text} is more than ${mostPieces} pieces` : null;
}

function whyNoPrice(price: Decimal | null, text: string, exponent: number): string | null {
  if (text === "") return "the unit price is missing";
  if (price === null) return `the unit price "${text}" is not a number such as 2.55`;
  if (price.units < 0n) return `the unit price ${text} is below zero`;
  if (price.places > exponent) {
    return `the unit price ${text} is finer than the currency's smallest amount`;
  }
  const minor = price.units * 10n ** BigInt(exponent - price.places);
  return minor > largestPriceMinor ? `the unit price ${text} is too large` : null;
}

function whyNoDate(problem: DateProblem, text: string): string {
  if (text === "") return "the date is missing";
  return problem === "two-ways"
    ? `the date "${text}" can be read in two ways`
    : `the date "${text}" is not a date such as 2010-12-01 08:26:00`;
}
