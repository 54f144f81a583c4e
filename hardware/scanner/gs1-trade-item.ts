import { mulDiv } from "../../domain/values/rounding.ts";
import { expandDate, type Gs1Element } from "./gs1-elements.ts";

/** What a till wants to know from a GS1 message. Null: the label does not say. */
export interface TradeItem {
  /** 14 digits, AI 01. Null for a message that is not about one trade item (a pallet, a coupon). */
  readonly gtin: string | null;
  /** Net weight in thousandths of a kilogram, AI 310n, or 320n converted from pounds. */
  readonly weightMilli: number | null;
  /** The price of this very piece in minor units, AI 392n, or 393n in the store's own currency. */
  readonly priceMinor: number | null;
  /** Pieces inside a variable-count pack, AI 30. */
  readonly count: number | null;
  readonly batch: string | null;
  readonly serial: string | null;
  /** "2026-07-31": the last day it may be used (AI 17). */
  readonly expiryDate: string | null;
  /** AI 15. */
  readonly bestBeforeDate: string | null;
  /** AI 16. */
  readonly sellByDate: string | null;
}

export interface MoneyRules {
  /** Digits after the point in the store's currency: 2 for EUR, 0 for JPY, 3 for KWD. */
  readonly currencyDecimals: number;
  /** ISO 4217 number ("978"); without it, prices that name their currency (AI 393n) are not taken. */
  readonly currencyNumeric?: string | undefined;
}

/** Reads the till's part of a parsed message. Of AIs that come twice the first counts. */
export function tradeItemOf(elements: readonly Gs1Element[], money: MoneyRules): TradeItem {
  const data = (ai: string) => elements.find((element) => element.ai === ai)?.data ?? null;
  const date = (ai: string) => expandDate(data(ai) ?? "");
  const count = data("30");
  return {
    gtin: data("01"),
    weightMilli: weightOf(elements),
    priceMinor: priceOf(elements, money),
    count: count === null ? null : Number(count),
    batch: data("10"),
    serial: data("21"),
    expiryDate: date("17"),
    bestBeforeDate: date("15"),
    sellByDate: date("16"),
  };
}

/** International pound in hundred-millionths of a kilogram. */
const poundE8Kg = 45_359_237;

function weightOf(elements: readonly Gs1Element[]): number | null {
  for (const { ai, data } of elements) {
    const decimals = Number(ai.charAt(3));
    if (ai.startsWith("310")) return scaleTo(data, decimals, 3);
    if (ai.startsWith("320")) {
      return mulDiv(Number(data), poundE8Kg, 10 ** (decimals + 5), "half-away");
    }
  }
  return null;
}

function priceOf(elements: readonly Gs1Element[], money: MoneyRules): number | null {
  for (const { ai, data } of elements) {
    const decimals = Number(ai.charAt(3));
    if (ai.startsWith("392")) return scaleTo(data, decimals, money.currencyDecimals);
    if (ai.startsWith("393") && data.slice(0, 3) === money.currencyNumeric) {
      return scaleTo(data.slice(3), decimals, money.currencyDecimals);
    }
  }
  return null;
}

/** A dozen significant digits: far beyond any price, and safe in every step of the arithmetic. */
const mostDigits = 12;

/**
 * `digits` with `decimals` of them after the point, as a whole number of units of 10^-`to`
 * (half a unit rounds away from zero). Null when the number is too large to be true.
 */
export function scaleTo(digits: string, decimals: number, to: number): number | null {
  const significant = digits.replace(/^0+/, "");
  if (significant.length > mostDigits) return null;
  return mulDiv(Number(digits), 10 ** to, 10 ** decimals, "half-away");
}
