import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { hasValidCheckDigit } from "../../domain/values/gtin.ts";
import { decodeScan } from "./decode.ts";
import { parseDigitalLink } from "./gs1-digital-link.ts";
import {
  checkElement,
  expandDate,
  type Gs1Element,
  groupSeparator,
  parseBracketed,
  parseElementString,
} from "./gs1-elements.ts";

/**
 * GS1's own test vectors (Barcode Syntax Engine and Dictionary, Apache-2.0), when EVERTILL_DATA
 * points to a folder with gs1/gs1-vectors.json.gz. What does not apply is counted, with the reason.
 */
interface Vector {
  readonly kind: string;
  readonly line: number;
  readonly args?: readonly unknown[];
  readonly linter?: string;
  readonly data?: string;
  readonly ok?: boolean;
}

const path = join(process.env["EVERTILL_DATA"] ?? "", "gs1/gs1-vectors.json.gz");
const present = existsSync(path);
const vectors: readonly Vector[] = present
  ? (JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")) as { cases: Vector[] }).cases
  : [];
const ofKind = (kind: string) => vectors.filter((vector) => vector.kind === kind);
const ofLinter = (linter: string) => vectors.filter((vector) => vector.linter === linter);

/** GS1 writes FNC1 as "^"; the text after the first one is what a scanner sends. */
const asSent = (text: string) => text.replace(/^\^/, "").replaceAll("^", groupSeparator);
const elementsOf = (text: string): readonly Gs1Element[] | null => {
  const parsed = parseElementString(asSent(text));
  return parsed.ok ? parsed.value : null;
};

describe.skipIf(!present)("GS1's own vectors (EVERTILL_DATA)", () => {
  it("check digits: 8 of 8", () => {
    const cases = ofLinter("csum");
    expect(cases.length).toBe(8);
    expect(cases.filter(({ data = "", ok }) => hasValidCheckDigit(data) !== ok)).toEqual([]);
  });

  it("dates (yymmd0): 39 of 39", () => {
    const cases = ofLinter("yymmd0");
    expect(cases.length).toBe(39);
    expect(cases.filter(({ data = "", ok }) => (expandDate(data) !== null) !== ok)).toEqual([]);
  });

  it("the 82 characters (cset82): 153 of 153, as the data of AI 91", () => {
    const cases = ofLinter("cset82");
    const holds = (data: string) => checkElement({ ai: "91", data })?.why !== "characters";
    expect(cases.length).toBe(153);
    // The empty text, which the linter lets pass, is for AI 91 a matter of length.
    expect(cases.filter(({ data = "", ok }) => holds(data) !== ok)).toEqual([]);
  });

  it("element strings (processAIdata): 46 of 50", () => {
    // Not ours: two that the C test builds in a buffer, two without the FNC1 that scanners drop.
    const cases = ofKind("processAIdata").filter(({ args = [] }) => /^\^./.test(String(args[1])));
    const wrong = cases.filter(
      ({ args = [] }) => (elementsOf(String(args[1])) !== null) !== args[0],
    );
    expect(cases.length).toBe(46);
    expect(wrong).toEqual([]);
  });

  it("bracketed element strings (parseAIdata): 18 of 20", () => {
    // Not ours: two that the C test builds in a buffer.
    const cases = ofKind("parseAIdata").filter(({ args = [] }) => args[1] !== "inbuf");
    const wrong = cases.filter(({ args = [] }) => {
      const parsed = parseBracketed(String(args[1]));
      return !same(parsed.ok ? parsed.value : null, args[0] ? elementsOf(String(args[2])) : null);
    });
    expect(cases.length).toBe(18);
    expect(wrong).toEqual([]);
  });

  it("what scanners send (testProcessScanData): 19 of 34", () => {
    // Not ours: composites beside an EAN, plain QR and DotCode texts, identifiers GS1 does not use.
    const cases = ofKind("testProcessScanData").filter(({ args = [] }) =>
      /^\](?:(?:C1|e0|d2|J1)|E[04]\d*$)/.test(String(args[1])),
    );
    const wrong = cases.filter(({ args = [] }) => {
      const [succeeds, scan, , data] = args as [boolean, string, string, string];
      const { kind } = decodeScan(scan, null, { templates: [], currencyDecimals: 2 });
      if ((kind !== "invalid") !== succeeds) return true;
      return data.startsWith("^") && !same(elementsOf(scan.slice(3)), elementsOf(data));
    });
    expect(cases.length).toBe(19);
    expect(wrong).toEqual([]);
  });

  it("Digital Links about a trade item (parseDLuri): 54 of 75", () => {
    // Not ours: links about pallets and places, and the retired words ("gtin") for AIs.
    const cases = ofKind("parseDLuri").filter(({ args = [] }) => {
      const uri = String(args[1]);
      return /\/01\/\d/.test(uri) || (args[0] === false && !uri.includes("/gtin/"));
    });
    const wrong = cases.filter(({ args = [] }) => {
      const [succeeds, uri, expected] = args as [boolean, string, string];
      return !same(parseDigitalLink(uri), succeeds ? elementsOf(expected) : null);
    });
    expect(cases.length).toBe(54);
    expect(wrong).toEqual([]);
  });
});

function same(left: readonly Gs1Element[] | null, right: readonly Gs1Element[] | null): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
