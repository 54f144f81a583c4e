import { rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { CatalogueCsvOptions } from "./catalogue-csv.ts";
import { GoodsFiles, outcomeOf } from "./catalogue-csv-fixture.ts";

const data = join(import.meta.dirname, "../../data");

let files: GoodsFiles;
beforeAll(async () => {
  files = await GoodsFiles.make();
});
afterAll(() => rm(files.folder, { recursive: true, force: true }));

async function read(content: string | Buffer, more: Partial<CatalogueCsvOptions> = {}) {
  return outcomeOf(await files.written(content), more);
}

/** The refusals of rows below `header`, each without its "row N, ". */
async function refused(header: string, ...rows: string[]): Promise<string[]> {
  const outcome = await read([header, ...rows].join("\n"));
  return outcome.refusals.map((text) => text.replace(/^row \d+, /, ""));
}

describe("the committed files", () => {
  it("reads every good of the demo catalogue", async () => {
    const { goods, refusals, unreadable } = await outcomeOf(join(data, "demo-catalogue.csv"));
    expect({ refusals, unreadable }).toEqual({ refusals: [], unreadable: undefined });
    expect(goods.length).toBeGreaterThanOrEqual(6000);
    expect(goods.find((good) => good.plu === "4011")).toEqual({
      sku: "KG-4011",
      name: "Bananas",
      category: "Fruit & vegetables",
      favourite: "Fruit",
      gtins: [],
      plu: "4011",
      priceMinor: 199,
      unit: "kg",
      taxCategory: "zero",
      stockMilli: 41_210,
    });
    expect(goods.some((good) => good.priceMinor === null)).toBe(true);
    expect(goods.flatMap((good) => good.gtins).every((gtin) => /^\d{14}$/.test(gtin))).toBe(true);
  });

  it("refuses every one of the real bad barcodes, each with its row and what to do", async () => {
    const { goods, refusals, unreadable } = await outcomeOf(join(data, "bad-barcodes.csv"));
    expect({ goods, unreadable }).toEqual({ goods: [], unreadable: undefined });
    expect(refusals.length).toBeGreaterThanOrEqual(60);
    for (const [at, text] of refusals.entries()) {
      expect(text).toMatch(new RegExp(`^row ${at + 2}, column barcode: '\\d+' .+: .+`));
    }
  });
});

describe("how files are written", () => {
  const umlaut = { name: "Müsli, 500 g", priceMinor: 1234_50, gtins: ["04006381333931"] };

  it.each([
    ["commas and a point", 'name,ean,price\n"Müsli, 500 g",4006381333931,1234.50\n'],
    [
      "semicolons and a comma",
      "Bezeichnung;EAN;VK-Preis\r\nMüsli, 500 g;4006381333931;1.234,50 €\r\n",
    ],
    ["tabs", "Name\tBarcode\tRetail Price (EUR)\nMüsli, 500 g\t4006381333931\tEUR 1 234.5\n"],
    ["a byte order mark", '\uFEFFname,gtin,price\n"Müsli, 500 g",4006381333931,1234.5'],
    ["Excel's first line", "\uFEFFsep=;\r\nname;upc;prix\nMüsli, 500 g;'4006381333931;1'234.50\n"],
    ["old Mac line ends", 'name,ean,price\r"Müsli, 500 g","=""4006381333931""",1234.50\r'],
    [
      "empty lines",
      "\n\nTITLE;CODE;Code-barres;prezzo\n;;;\nMüsli, 500 g;7;4 006381 333931;1234,5\n",
    ],
  ])("reads a file with %s", async (_, content) => {
    const plain = await read(content);
    expect(plain).toMatchObject({ goods: [umlaut], refusals: [], unreadable: undefined });
    expect((await read(gzipSync(content))).goods).toEqual(plain.goods);
  });

  it("reads Hebrew titles and names, and takes marks of direction out of the names", async () => {
    const { goods, refusals } = await read(
      'ברקוד,שם מוצר,מחיר,יצרן,שקיל,מק"ט\n' +
        '7290000000091,\u200fפלפל אדום 30 ס"מ\u200e,₪9.90,גליל,1,\n345,תפו"א לבן,4.9,,כן,A-7\n',
    );
    expect(refusals).toEqual([]);
    expect(goods).toMatchObject([
      { name: 'פלפל אדום 30 ס"מ', brand: "גליל", priceMinor: 990, unit: "kg" },
      { sku: "A-7", plu: "345", gtins: [], priceMinor: 490, unit: "kg" },
    ]);
  });

  it("reads quoted names with quotation marks, delimiters and lines in them", async () => {
    const { goods, refusals } = await read(
      'sku,name,price\nA,"Lamp ""Luna"",\nred; small",12.00\nB,Nails 5" long,3.00\nC,"Last",\n',
    );
    expect(refusals).toEqual([]);
    expect(goods.map(({ name }) => name)).toEqual([
      'Lamp "Luna", red; small',
      'Nails 5" long',
      "Last",
    ]);
  });

  it("prefers a name to a description, a brand to a maker, and takes all barcode columns", async () => {
    const { goods } = await read(
      "Description,Manufacturer,EAN,UPC,Name,Brand,SKU\n" +
        "long words,Maker AG,4006381333931|96385074,036000291452,Pen,Stabilo,P-1\n",
    );
    expect(goods).toMatchObject([
      {
        sku: "P-1",
        name: "Pen",
        brand: "Stabilo",
        gtins: ["04006381333931", "00000096385074", "00036000291452"],
      },
    ]);
  });

  it("needs no price, no barcode and no stock", async () => {
    const { goods } = await read("name,plu,unit\nBananas,4011,KG\n");
    expect(goods).toEqual([
      {
        sku: "4011",
        name: "Bananas",
        gtins: [],
        plu: "4011",
        priceMinor: null,
        unit: "kg",
        taxCategory: "standard",
        stockMilli: 0,
      },
    ]);
  });

  it("takes the price of a currency without cents and of one with three places", async () => {
    const rows = "sku,name,price\nA,Tea,1234\n";
    const yen = await read(rows, { currencyExponent: 0 });
    const dinar = await read("sku,name,price\nA,Tea,1.234\n", { currencyExponent: 3 });
    expect([yen.goods[0]?.priceMinor, dinar.goods[0]?.priceMinor]).toEqual([1234, 1234]);
    const { refusals } = await read("sku,name,price\nA,Tea,12.5\n", { currencyExponent: 0 });
    expect(refusals[0]).toContain("has 1 decimal place, the currency has 0");
  });
});

describe("what is refused, and why", () => {
  it("counts rows as a spreadsheet does and names the cell", async () => {
    const { goods, refusals } = await read(
      'sku,name,barcode\nA,"two\nlines",\n\nC,Pencil,5901234123450\n',
    );
    expect(goods.length).toBe(1);
    expect(refusals).toEqual([
      "row 4, column barcode: '5901234123450' has a wrong check digit (expected 7): " +
        "correct the code, or put it in a sku column",
    ]);
  });

  it("codes that are no barcode", async () => {
    expect(
      await refused(
        "name,barcode,weighed",
        "a,5.90E+12,0",
        "b,ABC-1,0",
        "c,0000000000000,0",
        "d,1193,0",
        "e,11182700954,0",
        "f,12345678901234567890,0",
        "g,01561540,0",
        "h,,0",
      ),
    ).toEqual([
      "column barcode: '5.90E+12' was shortened by a spreadsheet and its last digits are gone: " +
        "make the column text, fill in the whole codes, and save again",
      "column barcode: 'ABC-1' is no barcode (8, 12, 13 or 14 digits): put it in a sku column",
      "column barcode: '0000000000000' is all zeros: leave the cell empty or fill in the code",
      "column barcode: '1193' has 4 digits, a barcode has 8, 12, 13 or 14: " +
        "put it in a sku column, or in a plu column if a scale uses it",
      "column barcode: '11182700954' has 11 digits, a barcode has 8, 12, 13 or 14 " +
        "(with the zeros that spreadsheets drop it would be 011182700954): " +
        "correct the code, or put it in a sku column",
      "column barcode: '12345678901234567890' has 20 digits, a barcode has 8, 12, 13 or 14: " +
        "correct the code, or put it in a sku column",
      "column barcode: '01561540' is a UPC-E: write it out as 015610000050",
      "column barcode: the cell is empty, and the row has no other code: fill one in",
    ]);
  });

  it("prices that a person has to look at", async () => {
    const because = await refused(
      "sku;name;price",
      'A;a;"1,234"',
      "B;b;6.495",
      "C;c;-1",
      "D;d;4006381333931",
      "E;e;free",
      "F;f;1.2.3",
      "G;g;0.001",
    );
    expect(because.map((text) => text.replace(/^column price: /, ""))).toEqual([
      "'1,234' may mean thousands or a fraction: write it like 6.49, with no mark for thousands",
      "'6.495' may mean thousands or a fraction: write it like 6.49, with no mark for thousands",
      "'-1' is negative: a price is zero or more",
      "'4006381333931' is too high for a price: see that no barcode slipped in here",
      "'free' is no price: write it like 6.49, or leave it empty and the till asks",
      "'1.2.3' is no price: write it like 6.49, or leave it empty and the till asks",
      "'0.001' has 3 decimal places, the currency has 2: round it",
    ]);
  });

  it("names, units, stock, taxes and scale numbers that say nothing the till can use", async () => {
    expect(
      await refused(
        "sku,name,unit,stock,vat,plu",
        "A,,each,1,,",
        `B,${"b".repeat(201)},each,1,,`,
        "C,c,lb,1,,",
        "D,d,each,1.5,,",
        "E,e,kg,plenty,,",
        "F,f,each,1,23%,",
        "G,g,kg,1,,x12",
      ),
    ).toEqual([
      "column name: the cell is empty: give the good a name",
      `column name: '${"b".repeat(79)}…' has 201 characters: shorten it to 200`,
      "column unit: 'lb' is no unit that the till weighs in: give the price of a kilogram and write kg",
      "column stock: '1.5' is no stock in whole pieces: write it like 12",
      "column stock: 'plenty' is no stock in kilograms: write it like 3.250",
      "column vat: '23%' is no tax category of this store (standard, reduced, zero): use one of these",
      "column plu: 'x12' is no PLU: it has one to seven digits",
    ]);
    expect(await refused("sku,name,weighed", "A,a,maybe")).toEqual([
      "column weighed: 'maybe' is neither yes nor no: write 1 for weighed goods, else 0",
    ]);
  });

  it("takes a tax category by its name or by its rate", async () => {
    const { goods } = await read('sku,name,vat\nA,a,Reduced\nB,b,7\nC,c,"19,0 %"\nD,d,0\nE,e,\n');
    expect(goods.map((good) => good.taxCategory)).toEqual([
      "reduced",
      "reduced",
      "standard",
      "zero",
      "standard",
    ]);
  });

  it("the later of two rows with one code, naming the first; a refused row takes no code", async () => {
    const { goods, refusals } = await read(
      "sku,name,gtin,plu\n" +
        "A,a,4006381333931,\n" +
        "A,same sku,,\n" +
        "B,same gtin,04006381333931,\n" +
        "C,,96385074,\n" +
        "C,c,96385074,12\n" +
        "D,same plu,,12\n",
    );
    expect(goods.map(({ name }) => name)).toEqual(["a", "c"]);
    expect(refusals).toEqual([
      "row 3, column sku: 'A' is the code of row 2 already: " +
        "keep one of the two rows, or give this good its own code",
      "row 4, column gtin: '4006381333931' is the code of row 2 already: " +
        "keep one of the two rows, or give this good its own code",
      "row 5, column name: the cell is empty: give the good a name",
      "row 7, column plu: '12' is the code of row 6 already: " +
        "keep one of the two rows, or give this good its own code",
    ]);
  });

  it("rows broken by a delimiter, a stray quotation mark or another alphabet's bytes", async () => {
    expect(await refused("sku,name,price", "A,Salt, fine,1.00")).toEqual([
      "column no. 4: '1.00' stands beyond the last of the 3 titles: " +
        "a text with a delimiter in it needs quotation marks round it",
    ]);
    const stray = await read(
      'sku,name,brand,price\nA,"30 cm lamp,X,1.00\nB,"Red ""one""",Y,2.00\nC,c,Z,3.00\n',
    );
    expect(stray.goods.map(({ sku }) => sku)).toEqual(["C"]);
    expect(stray.refusals[0]).toContain("a quotation mark is opened here and closed too late");
    const latin = await read(Buffer.from("sku,name\nA,Käse\nB,Brot\n", "latin1"));
    expect(latin.goods.map(({ sku }) => sku)).toEqual(["B"]);
    expect(latin.refusals[0]).toContain('has letters that are not UTF-8: save it as "CSV UTF-8"');
  });
});
