import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { expandUpcE, normaliseGtin } from "../../domain/values/gtin.ts";
import { decodeScan, type ScannedCode, type ScanRules } from "./decode.ts";
import { parseTemplates, usualTemplates } from "./in-store-template.ts";
import { chanceFrom } from "./seeded-chance.ts";

function rulesWith(...texts: string[]): ScanRules {
  const parsed = parseTemplates(texts);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return { templates: parsed.value, currencyDecimals: 2, currencyNumeric: "978" };
}

const rules = rulesWith(...usualTemplates);
const decode = (raw: string, symbology: string | null = null) => decodeScan(raw, symbology, rules);

/** The shortest way to say what was read: the kind and what matters of it. */
function brief(scanned: ScannedCode): string {
  switch (scanned.kind) {
    case "gtin": {
      const more = [scanned.alternativeGtin && `or ${scanned.alternativeGtin}`, scanned.addOn];
      return ["gtin", scanned.gtin, ...more.filter(Boolean)].join(" ");
    }
    case "weighed":
      return `weighed ${scanned.plu} ${scanned.weightMilli}`;
    case "priced":
      return `priced ${scanned.plu} ${scanned.priceMinor}`;
    case "message":
      return `message ${scanned.elements.map(({ ai, data }) => `(${ai})${data}`).join("")}`;
    case "receipt":
      return `receipt ${scanned.receiptNumber}`;
    case "control":
      return `control ${scanned.key}`;
    case "code":
      return `code ${scanned.code}`;
    case "invalid":
      return ["invalid", scanned.why, scanned.expected].filter(Boolean).join(" ");
  }
}

describe("decodeScan: numbers of goods", () => {
  it.each([
    ["EAN-13", "4006381333931", null, "gtin 04006381333931"],
    ["EAN-13 by its AIM identifier", "4006381333931", "]E0", "gtin 04006381333931"],
    ["an AIM identifier in front of the data", "]E04006381333931", null, "gtin 04006381333931"],
    ["UPC-A", "036000291452", null, "gtin 00036000291452"],
    ["UPC-A sent as EAN-13", "0036000291452", "]E0", "gtin 00036000291452"],
    ["EAN-8", "96385074", null, "gtin 00000096385074"],
    ["EAN-8 by its AIM identifier", "96385074", "]E4", "gtin 00000096385074"],
    ["ITF-14", "10614141000415", "]I1", "gtin 10614141000415"],
    [
      "a suffix that the scanner was told to send",
      "4006381333931\r\n",
      null,
      "gtin 04006381333931",
    ],
    ["UPC-E, by its AIM identifier", "04252614", "]E0", "gtin 00042100005264"],
    ["UPC-E, six digits", "425261", "]E0", "gtin 00042100005264"],
    ["UPC-E, only that fits", "04252614", null, "gtin 00042100005264"],
    ["a GTIN in Code 128", "4006381333931", "]C0", "gtin 04006381333931"],
    ["a magazine", "977114560000404", null, "gtin 09771145600004 04"],
    ["a book with its price", "978030640615751299", "]E3", "gtin 09780306406157 51299"],
  ])("%s", (_, raw, symbology, expected) => {
    expect(brief(decode(raw, symbology))).toBe(expected);
  });

  it("[S1] keeps leading zeros, in the GTIN and in what was read", () => {
    expect(decode("0000000000017")).toMatchObject({
      kind: "gtin",
      gtin: "00000000000017",
      code: "0000000000017",
    });
    expect(decode("000123")).toEqual({ kind: "code", code: "000123" });
  });

  it("offers the UPC-E where eight digits are an EAN-8 as well", () => {
    const both = eightDigits().find((code) => normaliseGtin(code) && expandUpcE(code)) ?? "";
    expect(decode(both)).toMatchObject({
      gtin: normaliseGtin(both),
      alternativeGtin: expandUpcE(both),
    });
    expect(decode(both, "]E4")).toMatchObject({
      gtin: normaliseGtin(both),
      alternativeGtin: null,
    });
    expect(decode(both, "]E0")).toMatchObject({ gtin: expandUpcE(both), alternativeGtin: null });
  });

  it.each([
    ["EAN-13", "4006381333932", null, "invalid check-digit 1"],
    ["EAN-13 by its AIM identifier", "4006381333932", "]E0", "invalid check-digit 1"],
    ["UPC-A", "036000291453", null, "invalid check-digit 2"],
    ["EAN-8", "96385075", null, "invalid check-digit 4"],
    ["EAN-8 that would be a fine UPC-E", "04252614", "]E4", "invalid check-digit 0"],
    ["GTIN-14", "10614141000416", null, "invalid check-digit 5"],
    ["a digit too few", "400638133393", "]E0", "invalid check-digit 0"],
    ["an EAN of ten digits", "4006381333", "]E0", "invalid length"],
    ["an EAN-8 of seven digits", "9638507", "]E4", "invalid length"],
    ["an EAN with a letter", "40063813339A1", "]E0", "invalid characters"],
    ["a control character", "AB\u0007C", null, "invalid characters"],
    ["nothing", "", null, "invalid length"],
    ["nothing but a suffix", "\r", "]E0", "invalid length"],
  ])("[S2] a wrong one is invalid: %s", (_, raw, symbology, expected) => {
    expect(brief(decode(raw, symbology))).toBe(expected);
  });

  it("[S2] digits in a symbology with its own check need not be a GTIN", () => {
    expect(brief(decode("12345678", "]C0"))).toBe("code 12345678");
    expect(brief(decode("12345678", null))).toBe("invalid check-digit 0");
    expect(brief(decode("12345678", "]X0"))).toBe("invalid check-digit 0");
  });

  it.each(["SKU-1", "4011", "QC-157", "a b", "ÄÖÜ", "https://example.com/x", "123456789", "EVX-1"])(
    "anything else is a plain code: %s",
    (raw) => {
      expect(decode(raw)).toEqual({ kind: "code", code: raw });
    },
  );
});

describe("decodeScan: codes of the store's own", () => {
  it("[S3] weighed and priced goods by their templates", () => {
    expect(brief(decode("2112345015002"))).toBe("weighed 12345 1500");
    expect(brief(decode("2000042012991"))).toBe("priced 00042 1299");
    expect(decode("2112345015002")).toMatchObject({ gtin: "02112345015002" });
    expect(brief(decode("2212345015009"))).toBe("gtin 02212345015009");
  });

  it("[S3] a UPC-A of number system 2 is the EAN-13 with prefix 02", () => {
    const american = { ...rulesWith("2PPPPPKVVVVC"), currencyDecimals: 2 };
    expect(brief(decodeScan("212345928752", "]E0", american))).toBe("priced 12345 2875");
    expect(brief(decodeScan("0212345928752", "]E0", american))).toBe("priced 12345 2875");
    expect(brief(decodeScan("212345828755", "]E0", american))).toBe("invalid check-digit 9");
  });

  it("receipts and the control card", () => {
    expect(brief(decode("EVR-2-004711"))).toBe("receipt 2-004711");
    expect(brief(decode("EVC-PAY", "]C0"))).toBe("control PAY");
    expect(brief(decode("]C0EVC-F12"))).toBe("control F12");
    expect(brief(decode("EVC-0"))).toBe("control 0");
    expect(brief(decode("evc-pay"))).toBe("control PAY");
    expect(brief(decode("evr-2-a04711"))).toBe("receipt 2-A04711");
    expect(brief(decode("EVC-LAUNCH"))).toBe("invalid characters");
    expect(brief(decode("EVR-"))).toBe("invalid characters");
    expect(brief(decode("EVR-2;DROP"))).toBe("invalid characters");
  });
});

describe("decodeScan: GS1 messages", () => {
  const gs = "\u001d";
  const weighedCheese = `0109506000134352310300072510ABC${gs}3922995`;

  it("GTIN, weight, price and batch out of GS1-128", () => {
    expect(decode(weighedCheese, "]C1")).toMatchObject({
      kind: "gtin",
      gtin: "09506000134352",
      item: { weightMilli: 725, priceMinor: 995, batch: "ABC", expiryDate: null },
    });
  });

  it("GTIN, expiry, batch and serial out of a DataMatrix", () => {
    const message = `01095060001343521726073110LOT${gs}21SER`;
    const item = { expiryDate: "2026-07-31", batch: "LOT", serial: "SER", weightMilli: null };
    expect(decode(message, "]d2")).toMatchObject({ gtin: "09506000134352", item });
    expect(decode(`]d2${message}`)).toMatchObject({ gtin: "09506000134352", item });
  });

  it("without a symbology: by a separator, by brackets, by the GTIN in front", () => {
    for (const message of [
      weighedCheese,
      `${gs}0109506000134352310300072510ABC`,
      "(01)09506000134352(3103)000725(10)ABC",
      "01095060001343523103000725",
    ]) {
      expect(decode(message)).toMatchObject({ kind: "gtin", item: { weightMilli: 725 } });
    }
    expect(decode("0109506000134352", "]e0")).toMatchObject({ kind: "gtin", item: null });
  });

  it("a QR code with a GS1 Digital Link", () => {
    const link = "https://id.gs1.org/01/9520123456788/10/AB-1?17=261200&3103=000195";
    expect(decode(link, "]Q1")).toMatchObject({
      kind: "gtin",
      gtin: "09520123456788",
      item: { batch: "AB-1", expiryDate: "2026-12-31", weightMilli: 195 },
    });
  });

  it("a message about no trade item keeps its elements", () => {
    expect(brief(decode("00006141411234567890", "]C1"))).toBe("message (00)006141411234567890");
  });

  it.each([
    ["its GTIN's check digit", "0109506000134359", "invalid check-digit"],
    ["an unknown AI", "0109506000134352890000", "invalid characters"],
    ["a date in month 13", "010950600013435217991301", "invalid characters"],
    ["a weight cut short", "010950600013435231030007", "invalid length"],
    ["nothing", gs, "invalid length"],
  ])("[S4] half a message is never a sale: %s", (_, message, expected) => {
    expect(brief(decode(message, "]C1"))).toBe(expected);
  });
});

describe("decodeScan: fuzz", () => {
  it("never throws, keeps the text, no GTIN without its check digit, seed 20261123", () => {
    const chance = chanceFrom(20_261_123);
    const alphabet = Array.from(`${"0123456789".repeat(4)}ABCabc-()]\u001d\r EVRCé漢/.%:`);
    const prefixes = ["", "01", "]C1", "]E0", "]d2", "EVC-", "EVR-", "(01)", "https://a/01/", "21"];
    const symbologies = [null, "]E0", "]E4", "]E3", "]C1", "]C0", "]I1", "]Q1", "]d2", "bad"];
    const kinds = new Set<string>();
    const wrong: string[] = [];
    for (let i = 0; i < 40_000; i++) {
      const body = Array.from({ length: chance.below(30) }, () => chance.pick(alphabet));
      const raw = chance.pick(prefixes) + body.join("");
      const scanned = decode(raw, chance.pick(symbologies));
      kinds.add(scanned.kind);
      if (!raw.includes(scanned.code)) wrong.push(raw);
      if ("gtin" in scanned && normaliseGtin(scanned.gtin) !== scanned.gtin) wrong.push(raw);
      if (scanned.kind === "code" && scanned.code === "") wrong.push(raw);
    }
    expect(wrong).toEqual([]);
    expect(kinds.size).toBeGreaterThan(5);
  });
});

const committed = join(import.meta.dirname, "../../data/bad-barcodes.csv");
describe("decodeScan: barcodes of real goods that are wrong", () => {
  it("none of the committed sample passes for the GTIN it is not", () => {
    const codes = firstColumn(readFileSync(committed, "utf8"));
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter(isMisread)).toEqual([]);
  });
});

const catalogue = join(process.env["EVERTILL_DATA"] ?? "", "catalogue");
const bad = join(catalogue, "off-2019-bad-barcodes.csv.gz");
describe.skipIf(!existsSync(bad))("decodeScan: Open Food Facts, whole (EVERTILL_DATA)", () => {
  it("each of 101,010 valid barcodes is its GTIN, or a code of some store's scales", () => {
    const codes = firstColumn(gunzip(join(catalogue, "off-2019-gtin-name.csv.gz")));
    const counts: Record<string, number> = {};
    const wrong: string[] = [];
    for (const code of codes) {
      const scanned = decode(code);
      counts[scanned.kind] = (counts[scanned.kind] ?? 0) + 1;
      if (!("gtin" in scanned) || scanned.gtin !== code.padStart(14, "0")) wrong.push(code);
    }
    expect(wrong).toEqual([]);
    expect(codes.length).toBe(101_010);
    // The real shelf has goods listed by such codes: the full GTIN is looked up before the PLU.
    expect(counts).toEqual({ gtin: 99_894, priced: 795, weighed: 321 });
  });

  it("none of 5,343 wrong barcodes passes for the GTIN it is not", () => {
    const codes = firstColumn(gunzip(bad));
    expect(codes.length).toBe(5_343);
    expect(codes.filter(isMisread)).toEqual([]);
  });
});

/**
 * True when a code whose check digit is wrong was not refused with the digit that mends it. What the
 * digits are by another reading (a UPC-E, a GTIN with its AI or add-on) may be a GTIN, but not that one.
 */
function isMisread(code: string): boolean {
  const scanned = decode(code);
  if (/^(\d{8}|\d{12,14})$/.test(code) && expandUpcE(code) === null) {
    if (scanned.kind !== "invalid" || scanned.why !== "check-digit") return true;
    return normaliseGtin(code.slice(0, -1) + String(scanned.expected)) === null;
  }
  return scanned.kind === "gtin" && scanned.gtin === code.padStart(14, "0");
}

function firstColumn(csv: string): string[] {
  const rows = csv.split("\n").slice(1);
  return rows.map((row) => row.split(",")[0] ?? "").filter((code) => code !== "");
}

function gunzip(path: string): string {
  return gunzipSync(readFileSync(path)).toString("utf8");
}

function eightDigits(): string[] {
  return Array.from({ length: 20_000 }, (_, i) => String(i).padStart(8, "0"));
}
