import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { askTill } from "../ask-till.ts";
import { oneGood } from "../rings-up.ts";
import { given } from "./chance.ts";
import { expect, test } from "./household.ts";
import { openToSell } from "./openings.ts";
import { root } from "./program.ts";
import { keepPicture } from "./screen.ts";

/** Shorter than any code: keys so few could be a hand's, and go where a hand's would. */
const shortest = 4;

/** Codes of real products that are no GTIN, from a CSV whose first column they are. */
function codesOf(csv: string): string[] {
  const rows = csv.split("\n").slice(1);
  return rows.map((row) => row.split(",")[0] ?? "").filter((code) => /^\d+$/.test(code));
}

/** The committed ones; with `EVERTILL_DATA` as many of all the real ones as `EVERTILL_BAD` says, evenly picked. */
function badCodes(): string[] {
  const committed = codesOf(readFileSync(join(root, "data", "bad-barcodes.csv"), "utf8"));
  const data = process.env["EVERTILL_DATA"];
  const file = join(data ?? "", "catalogue", "off-2019-bad-barcodes.csv.gz");
  if (data === undefined || !existsSync(file)) return committed;
  const all = codesOf(gunzipSync(readFileSync(file)).toString("utf8"));
  const step = Math.max(1, Math.floor(all.length / given("EVERTILL_BAD", 300)));
  return [...committed, ...all.filter((_, i) => i % step === 0)];
}

test("bad barcodes: each says calmly what is wrong, none changes the sale", async ({
  page,
  household,
}) => {
  const codes = badCodes();
  test.setTimeout(60_000 + 1_000 * codes.length);
  await household.startStoreServer();
  const { register } = (await household.startTill()).ready;
  const till = await openToSell(page, register, household);
  const good = oneGood();
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);

  for (const code of codes.filter(({ length }) => length >= shortest)) {
    await till.scan(code);
    await expect(till.notice).toContainText(code);
    await expect(till.notice).toHaveAttribute("data-notice", /^(UnknownCode|BadBarcode)$/);
    expect(await till.total.getAttribute("data-total"), code).toBe(String(good.priceMinor));
  }
  await keepPicture(page, "i-bad-barcode");
  for (const code of codes.filter(({ length }) => length < shortest)) {
    await till.scan(code);
    await till.press("Escape");
  }
  const { cart } = await askTill(page, "register.view", {});
  expect(cart?.lines.map(({ sku }) => sku)).toEqual([good.sku]);
  expect(cart?.totalMinor).toBe(good.priceMinor);
  await till.scan(good.gtin);
  await till.expectTotal(2 * good.priceMinor);
});
