import { createWriteStream, readdirSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createGzip, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { checkDigit, normaliseGtin } from "../../domain/values/gtin.ts";
import {
  type CatalogueCsvItem,
  type CatalogueCsvProgress,
  readCatalogueCsv,
} from "./catalogue-csv.ts";
import { GoodsFiles, outcomeOf, rules } from "./catalogue-csv-fixture.ts";

let files: GoodsFiles;
beforeAll(async () => {
  files = await GoodsFiles.make();
});
afterAll(() => rm(files.folder, { recursive: true, force: true }));

async function read(content: string | Buffer) {
  return outcomeOf(await files.written(content));
}

describe("files that cannot be read at all", () => {
  it("says which columns it found and which it needs", async () => {
    const { goods, unreadable } = await read("Datum;Umsatz;Filiale\n1.1.;12,00;7\n");
    expect(goods).toEqual([]);
    expect(unreadable).toBe(
      'row 1: The first row names these columns: "Datum", "Umsatz", "Filiale". Needed are a name ' +
        '(such as "name" or "description") and at least one of a barcode ("gtin", "barcode", ' +
        '"ean", "upc"), an article number ("sku") or a scale number ("plu").',
    );
  });

  it.each([
    ["an empty file", "", "The file is empty."],
    ["blank lines", "\n \n\n", "The file is empty."],
    ["a header alone", "sku,name\n", "The file has column titles, but no goods below them."],
    ["a workbook", "PK\u0003\u0004rest", "a workbook or a zip archive, not a CSV"],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10]), "a picture, not a CSV"],
    ["other bytes", Buffer.from([1, 2, 3, 0, 255, 254]), "The file is no text"],
    ["UTF-16", Buffer.from("\uFEFFsku,name\n", "utf16le"), "in UTF-16 letters"],
    ["old Windows Hebrew", Buffer.from([0xf9, 0xed, 44, 0xee, 10]), 'save the file as "CSV UTF-8"'],
    ["a packed empty file", gzipSync(""), "The file is empty."],
    ["half a packed file", gzipSync("sku,name\nA,a\n").subarray(0, 25), "damaged or was cut short"],
    ["a folder", null, "This is a folder, not a file."],
  ])("says so of %s", async (_, content, why) => {
    const path = content === null ? files.folder : await files.written(content);
    const { goods, refusals, unreadable } = await outcomeOf(path);
    expect({ goods, refusals }).toEqual({ goods: [], refusals: [] });
    expect(unreadable).toContain(why);
  });

  it("says so of a file that is not there", async () => {
    const { unreadable } = await outcomeOf(join(files.folder, "nowhere.csv"));
    expect(unreadable).toContain("no such file");
  });

  it("says so of a file that may not be read", async () => {
    const locked = await files.written("sku,name\nA,a\n");
    await chmod(files.folder, 0o755);
    await chmod(locked, 0o000);
    const { unreadable } = await asOrdinaryUser(() => outcomeOf(locked));
    expect(unreadable).toContain("may not read the file");
  });

  /** The superuser may read every file, so where the tests run as one they step down. */
  async function asOrdinaryUser<T>(task: () => Promise<T>): Promise<T> {
    const user = process.geteuid?.();
    if (user === 0) process.seteuid?.(65_534);
    try {
      return await task();
    } finally {
      if (user === 0) process.seteuid?.(0);
    }
  }

  it("stops with the row where a quotation mark is never closed", async () => {
    const { unreadable } = await read('sku,name\nA,a\nB,"never closed\nC,c\n');
    expect(unreadable).toContain("row 3: From this row on a quotation mark is opened");
    const long = await read(`sku,name\nA,a\nB,"${"x,y\n".repeat(50_000)}`);
    expect(long.unreadable).toContain("row 3: From this row on a quotation mark is opened");
  });
});

describe("large files", () => {
  const rowCount = 200_000;

  function* manyRows(): Generator<string> {
    yield "sku,gtin,name,brand,category,price,stock\n";
    for (let row = 0; row < rowCount; row += 500) {
      yield Array.from({ length: 500 }, (_, at) => rowText(row + at)).join("");
    }
  }

  function rowText(row: number): string {
    const digits = String(400_000_000_000 + row);
    const padding = "long words to fill the row ".repeat(6);
    const gtin = `${digits}${checkDigit(digits)}`;
    return `SKU-${row},${gtin},Good ${row} ${padding},Brand ${row % 97},${padding},1.99,${row % 50}\n`;
  }

  function heapAfterCollection(): number {
    setFlagsFromString("--expose-gc");
    (runInNewContext("gc") as () => void)();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  }

  it("keeps 200,000 rows' codes in memory, not their text", { timeout: 120_000 }, async () => {
    const path = join(files.folder, "large.csv.gz");
    await pipeline(Readable.from(manyRows()), createGzip({ level: 1 }), createWriteStream(path));
    const before = heapAfterCollection();
    const grown: number[] = [];
    const progress: CatalogueCsvProgress[] = [];
    let goods = 0;
    const onProgress = (report: CatalogueCsvProgress) => progress.push(report);
    for await (const item of readCatalogueCsv(path, { ...rules, onProgress })) {
      if (item.kind === "good") goods++;
      if (goods % 50_000 === 0) grown.push(heapAfterCollection() - before);
    }
    expect(goods).toBe(rowCount);
    // The text is 80 MB; the index of codes is some 100 bytes a row.
    expect(Math.max(...grown)).toBeLessThan(40_000_000);

    expect(progress.length).toBeGreaterThanOrEqual(rowCount / 1000);
    expect(progress.at(-1)).toMatchObject({ rows: rowCount });
    expect(progress.at(-1)?.bytesRead).toBe(progress.at(-1)?.totalBytes);
    const halfway = progress.find(({ rows }) => rows >= rowCount / 2);
    const share = (halfway?.bytesRead ?? 0) / (halfway?.totalBytes ?? 1);
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.7);
  });

  it("counts rows rightly wherever a chunk ends", async () => {
    for (const padding of ["", "x", "xx"]) {
      const rows = Array.from({ length: 30_000 }, (_, at) => `${at},גבינה ${at}${padding}\r\n`);
      const { goods, refusals } = await read(`sku,name\r\n${rows.join("")}0,again\r\n`);
      expect(goods.length).toBe(30_000);
      expect(goods.filter(({ name }) => !name.startsWith("גבינה "))).toEqual([]);
      expect(refusals[0]).toContain("row 30002, column sku: '0' is the code of row 2 already");
    }
  });

  const isLinux = process.platform === "linux";
  it.runIf(isLinux)("gives the file back when the reader leaves early", async () => {
    const open = () => readdirSync("/proc/self/fd").length;
    const path = await files.written(`sku,name\n${"A,a\n".repeat(100_000)}`);
    const binary = await files.written(Buffer.alloc(200_000));
    const before = open();
    for (let time = 0; time < 20; time++) {
      for await (const item of readCatalogueCsv(path, rules)) {
        if (item.row > 2) break;
      }
      await firstItem(readCatalogueCsv(binary, rules));
    }
    await expect.poll(open).toBeLessThanOrEqual(before + 2);
  });

  async function firstItem(items: AsyncGenerator<CatalogueCsvItem>) {
    const first = await items.next();
    await items.return(undefined);
    return first.value as CatalogueCsvItem;
  }
});

/** The folder of large real files, where a machine has it; without it this part is not registered. */
const sources = [process.env["EVERTILL_DATA"] ?? ""].filter((path) => path !== "");

describe.each(sources)("the large real files", (path) => {
  it("reads Open Food Facts' 101,010 names; only doubles are refused", async () => {
    const outcome = await outcomeOf(join(path, "catalogue/off-2019-gtin-name.csv.gz"));
    expect(outcome.unreadable).toBeUndefined();
    expect(outcome.goods.length + outcome.refusals.length).toBe(101_010);
    expect(outcome.refusals.filter((text) => !text.includes("is the code of row"))).toEqual([]);
    expect(outcome.refusals.length).toBeLessThan(10);
  });

  it("refuses every one of the 5,343 bad barcodes", async () => {
    const outcome = await outcomeOf(join(path, "catalogue/off-2019-bad-barcodes.csv.gz"));
    expect(outcome.unreadable).toBeUndefined();
    expect(outcome.goods).toEqual([]);
    expect(outcome.refusals.length).toBe(5343);
  });

  it("reads the price lists of five chains: real prices, PLUs, each code once", async () => {
    const outcome = await outcomeOf(join(path, "catalogue/israel-2026-08-10-prices.csv.gz"));
    expect(outcome.unreadable).toBeUndefined();
    expect(outcome.goods.length + outcome.refusals.length).toBe(50_677);
    expect(outcome.goods.length).toBeGreaterThan(30_000);
    expect(outcome.goods.filter((good) => good.plu !== undefined).length).toBeGreaterThan(700);
    expect(outcome.goods.every((good) => good.priceMinor !== null)).toBe(true);
    const gtins = outcome.goods.flatMap((good) => good.gtins);
    expect(gtins.every((gtin) => normaliseGtin(gtin) === gtin)).toBe(true);
    expect(new Set(gtins).size).toBe(gtins.length);
  });

  it("reads the goods of 320,705 invoice lines", { timeout: 60_000 }, async () => {
    const file = "transactions/uci-online-retail-2010-12_2011-08.csv.gz";
    const outcome = await outcomeOf(join(path, file));
    expect(outcome.unreadable).toBeUndefined();
    expect(outcome.goods.length + outcome.refusals.length).toBe(320_705);
    expect(outcome.goods.length).toBeGreaterThan(3000);
  });
});
