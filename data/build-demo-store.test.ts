import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { expandUpcE, normaliseGtin } from "../domain/values/gtin.ts";
import { badBarcodesCsv } from "./build/bad-barcodes.ts";
import { goodsCsv } from "./build/good.ts";
import { invoiceSampleCsv } from "./build/invoice-sample.ts";
import { tidyName, tidyPack } from "./build/tidy-name.ts";
import { demoGoods } from "./build-demo-store.ts";

const catalogueText = committed("demo-catalogue.csv").toString("utf8");
const goods: Record<string, string>[] = parse(catalogueText, { columns: true });

function committed(file: string): Buffer {
  return readFileSync(join(import.meta.dirname, file));
}

function filled(column: string): string[] {
  return goods.map((good) => good[column] ?? "").filter((value) => value !== "");
}

describe("the demo catalogue", () => {
  it("has thousands of goods in less than 1.5 MB", () => {
    expect(goods.length).toBeGreaterThanOrEqual(6000);
    expect(Buffer.byteLength(catalogueText)).toBeLessThan(1_500_000);
  });

  it("has valid GTINs only, each once, none from the ranges that scales print", () => {
    const gtins = filled("gtin").map((code) => normaliseGtin(code) ?? `${code} is invalid`);
    expect(gtins.filter((gtin) => !/^\d{14}$/.test(gtin))).toEqual([]);
    expect(new Set(gtins).size).toBe(gtins.length);
    expect(gtins.length).toBeGreaterThanOrEqual(5000);
    expect(filled("gtin").filter((code) => /^(02|04|2)/.test(code))).toEqual([]);
  });

  it("has one SKU for each good and one PLU for each weighed one that has any", () => {
    expect(new Set(filled("sku")).size).toBe(goods.length);
    expect(new Set(filled("plu")).size).toBe(filled("plu").length);
    expect(goods.filter((good) => good["plu"] !== "" && good["unit"] !== "kg")).toEqual([]);
    expect(filled("plu")).toContain("4011");
  });

  it("has clean names, prices as decimal text, and every tax category", () => {
    const names = filled("name");
    expect(names.length).toBe(goods.length);
    expect(names.filter((name) => /[\p{Cc}\p{Cf}]|&\w+;|\s{2}|^\s|\s$/u.test(name))).toEqual([]);
    expect(names.filter((name) => name.length < 3 || name.length > 60)).toEqual([]);
    expect(filled("price").filter((price) => !/^\d+\.\d\d$/.test(price))).toEqual([]);
    expect(new Set(filled("tax_category"))).toEqual(new Set(["standard", "reduced", "zero"]));
  });

  it("has a Hebrew part, weighed goods, a touch grid, and goods whose price the till asks", () => {
    const hebrew = goods.filter((good) => /\p{Script=Hebrew}/u.test(good["name"] ?? ""));
    expect(hebrew.length).toBeGreaterThanOrEqual(1500);
    expect(goods.filter((good) => good["unit"] === "kg").length).toBeGreaterThanOrEqual(200);
    expect(filled("favourite").length).toBeGreaterThanOrEqual(40);
    expect(filled("price").length).toBeLessThan(goods.length);
  });
});

describe("the samples", () => {
  it("holds bad barcodes only", () => {
    const rows: Record<string, string>[] = parse(committed("bad-barcodes.csv"), { columns: true });
    expect(rows.length).toBeGreaterThanOrEqual(60);
    const codes = rows.map((row) => row["barcode"] ?? "");
    expect(codes.filter((code) => normaliseGtin(code) !== null)).toEqual([]);
    expect(codes.filter((code) => code.length === 8 && expandUpcE(code) !== null)).toEqual([]);
  });

  it("holds every oddity of the invoices", () => {
    const rows: string[][] = parse(gunzipSync(committed("uci-sample.csv.gz")));
    const codes = new Set(rows.map((row) => row[1]));
    for (const code of ["POST", "DOT", "M", "D", "BANK CHARGES", "S", "AMAZONFEE", "PADS"]) {
      expect(codes).toContain(code);
    }
    expect(rows[0]?.join(",")).toBe(
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
    );
    expect(rows.some((row) => row[0]?.startsWith("C"))).toBe(true);
    expect(rows.some((row) => row[0]?.startsWith("A") && row[5]?.startsWith("-"))).toBe(true);
    expect(rows.some((row) => row[3]?.startsWith("-") && row[5] === "0.0")).toBe(true);
  });
});

describe("tidyName", () => {
  it.each([
    ["  TRANCHE  DE\tGIGOT D'AGNEAU ", "Tranche de gigot d'agneau"],
    ["Ben &amp; Jerry&#39s", null],
    ["Tomates &quot;Mi Ni\u00f1a&quot;", 'Tomates "Mi Ni\u00f1a"'],
    ["caff\u00e8", "Caff\u00e8"],
    ["Sfdwxk", null],
    ["8435037896704", null],
    ["X", null],
    ["aaaargh", null],
    ["חלב 3% \u200fבקרטון", "חלב 3% בקרטון"],
  ])("%j becomes %j", (raw, tidy) => {
    expect(tidyName(raw)).toBe(tidy);
  });

  it.each([
    ["gr 400", ""],
    ["0,75 L", "0.75 L"],
    ["6x33cl", "6 x 33 cl"],
    ["16 oz (1 lb) 454 g", ""],
    ["500gr", "500 g"],
  ])("pack %j becomes %j", (raw, tidy) => {
    expect(tidyPack(raw)).toBe(tidy);
  });
});

/** The folder of real sources, where a machine has it; without it this part is not registered. */
const sources = [process.env["EVERTILL_DATA"] ?? ""].filter((folder) => folder !== "");

describe.each(sources)("built again from the sources", (folder) => {
  it("gives the committed bytes", { timeout: 120_000 }, () => {
    expect(goodsCsv(demoGoods(folder))).toBe(catalogueText);
    expect(badBarcodesCsv(folder)).toBe(committed("bad-barcodes.csv").toString("utf8"));
    const invoices = gunzipSync(committed("uci-sample.csv.gz")).toString("utf8");
    expect(invoiceSampleCsv(folder)).toBe(invoices);
  });
});
