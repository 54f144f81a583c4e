import { accountIdOf } from "../account/account-move.ts";
import type { CompletedSale } from "../sale/completed-sale.ts";
import type { StockCounted } from "../stock/stock-facts.ts";
import type { AnyFact } from "./fact.ts";

/**
 * More than one line ever moves, ten thousand times over, and so little that thousands of them still
 * add up exactly.
 */
const most = 10_000_000_000_000;

/** The years 1 to 9999: what a calendar date can be written of. */
const firstMs = -62_135_596_800_000;
const lastMs = 253_402_300_799_999;

/**
 * [U4] Why a fact of the right shape cannot be folded all the same, in words for the list of parked
 * facts; null for nearly every one. The sums of a whole store hang on each: one that no till could add
 * up would stop them all.
 */
export function unsoundness(fact: AnyFact): string | null {
  if (!isTime(fact.atMs)) return "atMs: no time that a calendar knows";
  switch (fact.type) {
    case "sale.completed":
    case "return.completed":
      return ofSale(fact.payload);
    case "shift.opened":
    case "shift.counted":
    case "shift.closed":
      return fact.shiftId === undefined ? "shiftId: it names no shift" : null;
    case "stock.moved":
      if (!fact.payload.lines.every(({ sku }) => isText(sku))) return noText;
      return fact.payload.lines.every(({ deltaMilli }) => isAmount(deltaMilli)) ? null : tooMuch;
    case "stock.counted":
      return ofCount(fact.payload);
    case "clock.measured": {
      const { skewMs, uncertaintyMs } = fact.payload;
      return isTime(skewMs) && isTime(uncertaintyMs) ? null : "skewMs: no clock is so wrong";
    }
    case "account.moved":
      if (!isAccount(fact.payload.accountId)) return noAccount;
      return isAmount(fact.payload.deltaMinor) ? null : tooMuch;
    case "product.added":
      if (!isText(fact.payload.sku)) return noText;
      if (!fact.payload.gtins.every((gtin) => /^\d{14}$/.test(gtin))) {
        return "gtins: a code has 14 digits";
      }
      return (fact.payload.priceMinor ?? 0) >= 0 ? null : "priceMinor: below zero";
    case "product.edited":
      if (!isText(fact.payload.sku)) return noText;
      return isTime(fact.payload.stampMs) ? null : "stampMs: no time that a calendar knows";
    default:
      return null;
  }
}

const tooMuch = "payload: more than can be added up";
const noText = "payload: a SKU with half a character, which no database keeps";
const noAccount = "payload: not the number of a card";

function ofSale({ lines, tenders, totalMinor }: CompletedSale): string | null {
  if (!isAmount(totalMinor)) return tooMuch;
  for (const { sku, quantityMilli, amountMinor, giftCard, returnOf } of lines) {
    if (sku !== null && !isText(sku)) return noText;
    if (!isAmount(quantityMilli) || !isAmount(amountMinor)) return tooMuch;
    if (giftCard !== undefined && !isAccount(giftCard)) return noAccount;
    if (returnOf?.soldMilli !== undefined && !isAmount(returnOf.soldMilli)) return tooMuch;
  }
  for (const { amountMinor, giftCard } of tenders) {
    if (!isAmount(amountMinor)) return tooMuch;
    if (giftCard !== undefined && !isAccount(giftCard)) return noAccount;
  }
  return null;
}

function ofCount({ lines, countedAtMs }: StockCounted): string | null {
  if (!isTime(countedAtMs)) return "countedAtMs: no time that a calendar knows";
  if (new Set(lines.map(({ sku }) => sku)).size < lines.length) {
    return "lines: a good is counted twice";
  }
  for (const { sku, countedMilli, expectedMilli, storeAtMs } of lines) {
    if (!isText(sku)) return noText;
    if (!isAmount(countedMilli) || !isAmount(expectedMilli)) return tooMuch;
    if (storeAtMs !== undefined && !isTime(storeAtMs)) return "storeAtMs: no time";
  }
  return null;
}

function isAmount(value: number): boolean {
  return value >= -most && value <= most;
}

function isTime(ms: number): boolean {
  return ms >= firstMs && ms <= lastMs;
}

/** Half of a surrogate pair is written down as another character, and differently by each way into a database. */
function isText(sku: string): boolean {
  return !/\p{Cs}/u.test(sku);
}

function isAccount(accountId: string): boolean {
  return accountIdOf(accountId) === accountId;
}
