import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSales, type SalesItem, surveySalesFile } from "./sales-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-sales-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const titles = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

function row(invoice: string, code: string, quantity: number, price: string): string {
  return `${invoice},${code},A THING,${quantity},2010-12-01 08:26:00,${price},17850.0,United Kingdom`;
}

async function survey(content: string | Buffer, dateOrder: "day-first" | null = null) {
  const path = join(folder, "sales.csv");
  writeFileSync(path, content);
  return surveySalesFile(path, { dateOrder });
}

async function items(content: string | Buffer): Promise<SalesItem[]> {
  const file = await survey(content);
  if (!file.ok) throw new Error(file.failure);
  const all: SalesItem[] = [];
  for await (const item of readSales(file.value, 2)) all.push(item);
  return all;
}

function invoicesOf(all: readonly SalesItem[]) {
  return all.flatMap((item) =>
    item.kind === "invoice"
      ? [`${item.invoice}:${item.lines.map(({ row: n }) => n).join("+")}`]
      : [],
  );
}

describe("reading invoices", () => {
  it("puts the rows of an invoice together wherever they stand, and hands it over at its last", async () => {
    const text = [
      titles,
      row("1", "22423", 1, "1"),
      row("2", "22424", 1, "1"),
      row("1", "22425", 1, "1"),
      row("3", "22423", 1, "1"),
    ];
    expect(invoicesOf(await items(text.join("\n")))).toEqual(["2:3", "1:2+4", "3:5"]);
  });

  it("keeps a row that stands twice: it was sold twice", async () => {
    const twice = row("1", "22423", 1, "1");
    expect(invoicesOf(await items([titles, twice, twice].join("\n")))).toEqual(["1:2+3"]);
  });

  it("hands an invoice over whose last row is refused, and one of which nothing is left", async () => {
    const text = [
      titles,
      row("1", "22423", 1, "1"),
      row("1", "B", 1, "-5"),
      row("2", "B", 1, "-5"),
    ].join("\n");
    const all = await items(text);
    expect(invoicesOf(all)).toEqual(["1:2", "2:"]);
    expect(all.filter(({ kind }) => kind === "refused")).toHaveLength(2);
  });

  it.each([
    [
      "a byte order mark and Windows line ends",
      `\uFEFF${titles}\r\n${row("1", "22423", 1, "1")}\r\n`,
    ],
    ["blank lines", `${titles}\n\n${row("1", "22423", 1, "1")}\n\n`],
    ["no line end", `${titles}\n${row("1", "22423", 1, "1")}`],
    [
      "titles of Online Retail II",
      titles
        .replace("InvoiceNo", "Invoice")
        .replace("UnitPrice", "Price")
        .replace("CustomerID", "Customer ID")
        .concat(`\n${row("1", "22423", 1, "1")}`),
    ],
    [
      "quoted titles",
      `${titles
        .split(",")
        .map((t) => `"${t}"`)
        .join(",")}\n${row("1", "22423", 1, "1")}`,
    ],
    [
      "its own separator",
      `sep=;\n${titles.replaceAll(",", ";")}\n${row("1", "22423", 1, "1").replaceAll(",", ";")}`,
    ],
  ])("reads a file with %s", async (_, text) => {
    expect(await items(text)).toMatchObject([{ invoice: "1", lines: [{ code: "22423" }] }]);
  });

  it("reads a name with line ends, commas and quotation marks, and counts rows as a spreadsheet", async () => {
    const quoted = '1,22423,"SET OF 3, ""RED""\r\nHEARTS",1,2010-12-01 08:26:00,1.00,,UK';
    const all = await items([titles, quoted, row("2", "22424", 1, "1")].join("\r\n"));
    expect(all).toMatchObject([
      { lines: [{ row: 2, description: 'SET OF 3, "RED" HEARTS' }] },
      { lines: [{ row: 3 }] },
    ]);
  });

  it("reads semicolons, decimal commas and dotted dates", async () => {
    const text = `${titles.replaceAll(",", ";")}\n1;22423;X;2;01.12.2010 08:26;2,55;;UK\n`;
    expect(await items(text)).toMatchObject([
      { lines: [{ quantity: 2, unitPriceMinor: 255, time: { date: "2010-12-01" } }] },
    ]);
  });

  it("reads what Windows spreadsheets write when they do not write UTF-8", async () => {
    const text = `${titles}\n1,22423,CAF\u00c9 \u00a31,1,2010-12-01 08:26:00,1.00,,UK\n`;
    expect(await items(Buffer.from(text, "latin1"))).toMatchObject([
      { lines: [{ description: "CAFÉ £1" }] },
    ]);
  });

  it("unpacks by what the file is, not by its name", async () => {
    const text = `${titles}\n${row("1", "22423", 1, "1")}\n`;
    expect(invoicesOf(await items(gzipSync(text)))).toEqual(["1:2"]);
  });

  it("finds the order of dates in the file itself", async () => {
    const dated = (date: string) => `1,22423,X,1,${date} 8:26,1.00,,UK`;
    const text = [titles, dated("12/1/2010"), dated("12/13/2010")].join("\n");
    expect(await items(text)).toMatchObject([
      { lines: [{ time: { date: "2010-12-01" } }, { time: { date: "2010-12-13" } }] },
    ]);
  });
});

describe("refusing a file before anything of it is rung up", () => {
  const whole = gzipSync(
    [titles, ...Array.from({ length: 2000 }, (_, n) => row(`${n}`, "22423", n + 1, "1"))].join(
      "\n",
    ),
  );
  it.each([
    ["that is empty", "", "empty"],
    ["that is cut short", whole.subarray(0, whole.length - 100), "cut short"],
    [
      "that is no gzip after all",
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from("text")]),
      ".gz",
    ],
    ["that is a workbook", Buffer.from("PK\u0003\u0004"), "workbook"],
    ["without titles", `${row("1", "22423", 1, "1")}\n`, "missing: InvoiceNo"],
    ["without prices", titles.replace("UnitPrice", "Cost"), "missing: UnitPrice"],
    ["without sales", `${titles}\n`, "no sales below"],
    [
      "with an open quotation mark",
      `${titles}\n1,22423,"X,1,2010-12-01,1,,UK\n${row("2", "22424", 1, "1")}`,
      "quotation mark",
    ],
    [
      "whose dates can be read in two ways",
      `${titles}\n1,22423,X,1,01/12/2010 8:26,1,,UK`,
      "--dates",
    ],
  ])("%s", async (_, content, why) => {
    expect(await survey(content)).toEqual({
      ok: false,
      failure: expect.stringContaining(why) as unknown,
    });
  });

  it("that is not there", async () => {
    expect(await surveySalesFile(join(folder, "none.csv"), { dateOrder: null })).toMatchObject({
      failure: expect.stringContaining("no such file") as unknown,
    });
  });

  it("but reads dates in the order a person said", async () => {
    const file = await survey(`${titles}\n1,22423,X,1,01/12/2010 8:26,1,,UK`, "day-first");
    expect(file).toMatchObject({ ok: true, value: { dateOrder: "day-first" } });
  });
});
