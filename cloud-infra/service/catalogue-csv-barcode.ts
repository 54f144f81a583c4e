import { checkDigit, expandUpcE, normaliseGtin } from "../../domain/values/gtin.ts";

/** What one cell of a barcode column holds: a GTIN of 14 digits, a scale's number, or neither. */
export type Barcode =
  | { readonly kind: "gtin"; readonly gtin: string }
  | { readonly kind: "plu"; readonly plu: string }
  | { readonly kind: "bad"; readonly why: string };

/** Several codes of one good may share a cell, parted by a bar, a slash, a semicolon or a line. */
export function splitBarcodes(cell: string): string[] {
  return cell
    .split(/[|;/,\n]/)
    .map(compact)
    .filter((code) => code !== "");
}

/** Takes away what spreadsheets and people put round a code to keep it text: ="0123" and '0123. */
export function unwrapped(code: string): string {
  return code
    .trim()
    .replace(/^="(.*)"$/, "$1")
    .replace(/^'/, "")
    .trim();
}

/** Barcodes are often written in groups, as under the bars: 5 901234 123457. */
function compact(code: string): string {
  const bare = unwrapped(code);
  return /^[\d\s-]+$/.test(bare) ? bare.replace(/[\s-]/g, "") : bare;
}

/** Reads one code. A number under 8 digits is a scale's when the good is weighed, else nothing. */
export function readBarcode(code: string, weighed: boolean): Barcode {
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(code)) {
    return bad(
      "was shortened by a spreadsheet and its last digits are gone: " +
        "make the column text, fill in the whole codes, and save again",
    );
  }
  if (!/^\d+$/.test(code)) {
    return bad("is no barcode (8, 12, 13 or 14 digits): put it in a sku column");
  }
  if (/^0+$/.test(code)) return bad("is all zeros: leave the cell empty or fill in the code");
  if (code.length < 8) {
    if (weighed) return { kind: "plu", plu: code };
    return bad(
      `has ${digits(code.length)}, a barcode has 8, 12, 13 or 14: ` +
        "put it in a sku column, or in a plu column if a scale uses it",
    );
  }
  const gtin = normaliseGtin(code);
  return gtin === null ? bad(whyNoGtin(code)) : { kind: "gtin", gtin };
}

/** Says what the code may have been, where its digits tell; a person decides. */
function whyNoGtin(code: string): string {
  const upcE = code.length === 8 ? expandUpcE(code) : null;
  if (upcE !== null) return `is a UPC-E: write it out as ${upcE.slice(2)}`;
  if (/^(\d{8}|\d{12,14})$/.test(code)) {
    const expected = checkDigit(code.slice(0, -1));
    return (
      `has a wrong check digit (expected ${expected}): ` +
      "correct the code, or put it in a sku column"
    );
  }
  const filled = code.padStart(12, "0");
  const lostZeros = code.length < 12 && normaliseGtin(filled) !== null;
  const hint = lostZeros ? ` (with the zeros that spreadsheets drop it would be ${filled})` : "";
  return (
    `has ${digits(code.length)}, a barcode has 8, 12, 13 or 14${hint}: ` +
    "correct the code, or put it in a sku column"
  );
}

function digits(count: number): string {
  return count === 1 ? "1 digit" : `${count} digits`;
}

function bad(why: string): Barcode {
  return { kind: "bad", why };
}
