import { checkDigit, expandUpcE, normaliseGtin } from "../../domain/values/gtin.ts";
import type { Result } from "../../domain/values/result.ts";
import { type ControlKey, readOwnBarcode } from "./control-card.ts";
import { parseDigitalLink } from "./gs1-digital-link.ts";
import {
  type Gs1Element,
  type Gs1Failure,
  groupSeparator,
  parseBracketed,
  parseElementString,
} from "./gs1-elements.ts";
import { type MoneyRules, type TradeItem, tradeItemOf } from "./gs1-trade-item.ts";
import { type InStoreTemplate, readInStore } from "./in-store-template.ts";
import { type Carrier, carrierOf, splitAimPrefix } from "./symbology.ts";

/** What the store says about its codes. */
export interface ScanRules extends MoneyRules {
  readonly templates: readonly InStoreTemplate[];
}

/** What a scanned code is. `code` is always the text as it was read, leading zeros and all. */
export type ScannedCode =
  | {
      readonly kind: "gtin";
      readonly code: string;
      /** 14 digits. */
      readonly gtin: string;
      /** Eight digits that are an EAN-8 and a UPC-E at once: try this GTIN when the first is unknown. */
      readonly alternativeGtin: string | null;
      /** The two or five digits beside a magazine's or book's code. */
      readonly addOn: string | null;
      /** Weight, price, batch, dates: when the label carries more than the number. */
      readonly item: TradeItem | null;
    }
  | {
      readonly kind: "weighed";
      readonly code: string;
      readonly plu: string;
      /** Thousandths of a kilogram; zero when the scale had nothing on it. */
      readonly weightMilli: number;
      /** The whole code as a GTIN, for stores that list it as it is. */
      readonly gtin: string;
    }
  | {
      readonly kind: "priced";
      readonly code: string;
      readonly plu: string;
      readonly priceMinor: number;
      readonly gtin: string;
    }
  /** A GS1 message that names no trade item: a pallet's SSCC, a coupon. */
  | { readonly kind: "message"; readonly code: string; readonly elements: readonly Gs1Element[] }
  | { readonly kind: "receipt"; readonly code: string; readonly receiptNumber: string }
  | { readonly kind: "control"; readonly code: string; readonly key: ControlKey }
  /** Anything else: a SKU, a PLU, a badge, a web address. */
  | { readonly kind: "code"; readonly code: string }
  | {
      readonly kind: "invalid";
      readonly code: string;
      readonly why: "check-digit" | "length" | "characters";
      /** The check digit that would be right, where that is what is wrong. */
      readonly expected: string | null;
    };

/**
 * Says what a scanned text is.
 *
 * - [S1] Leading zeros are kept; a code is never made a number.
 * - [S2] 8, 12, 13 or 14 digits with a wrong check digit are invalid, not silently a SKU, unless
 *   the scanner says that they came in a symbology with a check of its own (Code 128, QR …).
 * - [S3] The store's templates decide before the GTIN: weighed goods are not articles.
 * - [S4] A GS1 message is read strictly or is invalid; half a message is never a sale.
 *
 * `symbology` is the scanner's AIM identifier ("]E0"), null when it sent none; one that stands
 * before the data is found.
 */
export function decodeScan(raw: string, symbology: string | null, rules: ScanRules): ScannedCode {
  const split = symbology === null ? splitAimPrefix(raw) : { symbology, data: raw };
  const code = split.data.replace(/[\r\n\t ]+$/, "").replace(/^[\r\n\t ]+/, "");
  const carrier = carrierOf(split.symbology);
  if (code === "") return invalid(code, "length");
  const own = readOwnBarcode(code);
  if (own === "malformed") return invalid(code, "characters");
  if (own !== null) return { ...own, code };
  if (carrier === "gs1") return fromMessage(code, parseElementString(code), rules);
  return (
    fromLink(code, rules) ?? fromUnmarkedMessage(code, rules) ?? fromPlain(code, carrier, rules)
  );
}

function fromPlain(code: string, carrier: Carrier, rules: ScanRules): ScannedCode {
  if (/\p{Cc}/u.test(code)) return invalid(code, "characters");
  if (carrier === "ean" || carrier === "ean-8" || carrier === "ean-addon") {
    return fromEan(code, carrier, rules);
  }
  const withAddOn = /^(97[789]\d{10})(\d{2}|\d{5})$/.exec(code);
  if (withAddOn && normaliseGtin(withAddOn[1] ?? "")) {
    return fromDigits(code, withAddOn[1] ?? "", rules, withAddOn[2]);
  }
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return { kind: "code", code };
  const read = fromDigits(code, code, rules);
  if (carrier === "other") return read.kind === "invalid" ? { kind: "code", code } : read;
  return carrier === "unknown" ? orUpcE(read) : read;
}

/** Eight digits of unknown symbology: an EAN-8 by its check digit, a UPC-E by its own, or both. */
function orUpcE(read: ScannedCode): ScannedCode {
  const upcE = read.code.length === 8 ? expandUpcE(read.code) : null;
  if (upcE === null) return read;
  return read.kind === "gtin" ? { ...read, alternativeGtin: upcE } : gtinOf(read.code, upcE);
}

function fromEan(code: string, carrier: Carrier, rules: ScanRules): ScannedCode {
  if (!/^\d+$/.test(code)) return invalid(code, "characters");
  if (carrier === "ean-8") {
    return code.length === 8 ? fromDigits(code, code, rules) : invalid(code, "length");
  }
  if (carrier === "ean-addon") {
    const parts = /^(\d{12,13})(\d{2}|\d{5})$/.exec(code);
    return parts ? fromDigits(code, parts[1] ?? "", rules, parts[2]) : invalid(code, "length");
  }
  // An EAN-8 would have come as ]E4, so eight digits (or the bare six) are a UPC-E.
  const fromUpcE = expandUpcE(code);
  if (fromUpcE) return gtinOf(code, fromUpcE);
  return /^(\d{8}|\d{12,13})$/.test(code) ? fromDigits(code, code, rules) : invalid(code, "length");
}

/** A number of 8, 12, 13 or 14 digits: a weighed good, a GTIN, or wrong. */
function fromDigits(
  code: string,
  digits: string,
  rules: ScanRules,
  addOn: string | null = null,
): ScannedCode {
  const gtin = normaliseGtin(digits);
  if (gtin === null) {
    const expected = String(checkDigit(digits.slice(0, -1)));
    return { kind: "invalid", code, why: "check-digit", expected };
  }
  if (digits.length === 12 || digits.length === 13) {
    const inStore = readInStore(gtin.slice(1), rules.templates, rules.currencyDecimals);
    if (inStore?.kind === "wrong-check-digit") {
      return { kind: "invalid", code, why: "check-digit", expected: inStore.expected };
    }
    if (inStore) return { ...inStore, code, gtin };
  }
  return { ...gtinOf(code, gtin), addOn };
}

function gtinOf(code: string, gtin: string) {
  return { kind: "gtin", code, gtin, alternativeGtin: null, addOn: null, item: null } as const;
}

function fromLink(code: string, rules: ScanRules): ScannedCode | null {
  const elements = parseDigitalLink(code);
  return elements && fromElements(code, elements, rules);
}

/** A GS1 message from a scanner that does not say so: by its separators, its brackets, or its first GTIN. */
function fromUnmarkedMessage(code: string, rules: ScanRules): ScannedCode | null {
  if (code.includes(groupSeparator)) return fromMessage(code, parseElementString(code), rules);
  const parsed = code.startsWith("(")
    ? parseBracketed(code)
    : /^01\d{14}/.test(code) && normaliseGtin(code.slice(2, 16))
      ? parseElementString(code)
      : null;
  return parsed?.ok ? fromElements(code, parsed.value, rules) : null;
}

function fromMessage(
  code: string,
  parsed: Result<Gs1Element[], Gs1Failure>,
  rules: ScanRules,
): ScannedCode {
  return parsed.ok ? fromElements(code, parsed.value, rules) : invalid(code, parsed.failure.why);
}

function fromElements(
  code: string,
  elements: readonly Gs1Element[],
  rules: ScanRules,
): ScannedCode {
  const item = tradeItemOf(elements, rules);
  if (item.gtin === null) return { kind: "message", code, elements };
  return { ...gtinOf(code, item.gtin), item: elements.length > 1 ? item : null };
}

function invalid(code: string, why: "check-digit" | "length" | "characters"): ScannedCode {
  return { kind: "invalid", code, why, expected: null };
}
