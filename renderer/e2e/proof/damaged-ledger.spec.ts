import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { askTill } from "../ask-till.ts";
import { barcodedGoods, goodsToSell } from "../demo-goods.ts";
import { openTill } from "../fixtures.ts";
import { oneGood, ringUp } from "../rings-up.ts";
import { openToSell } from "./openings.ts";
import { EndedEarly, runProgram } from "./program.ts";
import { expect, type Household, type TillProgram, test } from "./household.ts";
import { readLedger, readServer } from "./records.ts";
import { keepPicture } from "./screen.ts";

const goods = goodsToSell(6);

/** A till that has sold `count` times. */
async function sell(page: Page, household: Household, count: number): Promise<TillProgram> {
  await household.startStoreServer();
  await household.startDevices();
  const program = await household.startTill();
  const till = await openToSell(page, program.ready.register, household);
  for (let n = 0; n < count; n++) await ringUp(till, goods.slice(n % 5, (n % 5) + 1));
  await expect(page.locator("[data-chip=printer]")).not.toContainText("waiting");
  return program;
}

function verify({ folder }: Household) {
  return runProgram("host/node/cli/evertill.ts", ["ledger", "verify", "--data", folder.root]);
}

test("a damaged ledger: refused in plain words, the file left for rescue, verify names it", async ({
  page,
  household,
}) => {
  test.setTimeout(90_000);
  const program = await sell(page, household, 8);
  await program.stop();
  expect(await verify(household)).toMatchObject({ code: 0 });
  const { ledger } = household.folder;
  const whole = readFileSync(ledger);
  const receipt = whole.indexOf('"receiptNumber":"1-000004"');
  expect(receipt).toBeGreaterThan(0);

  // One digit of one amount: nobody sees it, the chain does.
  const forged = Buffer.from(whole);
  const amount = forged.indexOf('"amountMinor":', receipt - 600) + '"amountMinor":'.length;
  forged[amount] = forged[amount] === 0x37 ? 0x38 : 0x37;
  writeFileSync(ledger, forged);
  const named = await verify(household);
  expect(named.code).toBe(74);
  expect(named.said).toMatch(/Broken at seq \d+ of epoch 1: its content was changed/);
  expect(readFileSync(ledger).equals(forged), "verify changes nothing").toBe(true);

  // A page in the middle of the journal.
  const page4k = 4_096;
  const torn = Buffer.from(whole);
  torn.fill(
    0xa5,
    Math.floor(receipt / page4k) * page4k,
    (Math.floor(receipt / page4k) + 1) * page4k,
  );
  writeFileSync(ledger, torn);
  const found = await verify(household);
  expect(found.code).toBe(74);
  expect(found.said).toMatch(/The ledger is damaged. Do not delete it|Broken at seq \d+/);
  expect(found.said).not.toMatch(/\n\s+at /);
  expect(readFileSync(ledger).equals(torn)).toBe(true);

  // The very beginning: no till opens on that, and it says so.
  const headless = Buffer.from(whole);
  headless.fill(0x20, 0, 512);
  writeFileSync(ledger, headless);
  const refused = await household.startTill().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(EndedEarly);
  expect(refused).toMatchObject({ code: 74 });
  expect((refused as EndedEarly).said).toContain("The ledger is damaged. Do not delete it");
  expect((refused as EndedEarly).said).toContain("evertill ledger verify");
  expect(readFileSync(ledger).equals(headless)).toBe(true);

  // Rescued: the same file as before, and the day goes on.
  writeFileSync(ledger, whole);
  await household.startTill();
  const till = await openTill(page, household);
  await expect(page.locator("[data-chip=till]")).toBeHidden();
  expect(await ringUp(till, goods.slice(0, 1))).toBe("1-000009");
});

test("a damaged page found while selling: the red bar says so, the till stays up and sells the rest", async ({
  page,
  household,
}) => {
  const program = await sell(page, household, 1);
  await program.stop();
  const { ledger } = household.folder;
  const damaged = Buffer.from(readFileSync(ledger));
  const lost = barcodedGoods[3_000] ?? oneGood();
  const at = damaged.indexOf(lost.name);
  expect(at).toBeGreaterThan(0);
  const start = Math.floor(at / 4_096) * 4_096;
  damaged.fill(0xa5, start, start + 4_096);
  writeFileSync(ledger, damaged);
  await household.startTill();
  const till = await openTill(page, household);
  await expect(page.locator("[data-chip=till]")).toBeHidden();
  const bar = page.locator("[data-ledger-problem]");
  await expect(bar).toBeHidden();
  await till.scan(lost.gtin);
  await expect(bar).toHaveAttribute("data-ledger-problem", "corrupt");
  await expect(bar).toContainText("The ledger file is damaged");
  await expect(bar).toContainText("Do not delete the file");
  await keepPicture(page, "i-damaged-while-selling");
  expect(await ringUp(till, goods.slice(0, 1))).toBe("1-000002");
  await expect(bar).toBeVisible();
});

test("[U2] [D3] a log cut off in the middle: opens on what is whole, takes back what the cloud has, no number twice", async ({
  page,
  household,
}) => {
  test.setTimeout(90_000);
  const program = await sell(page, household, 4);
  await program.kill();
  const wal = `${household.folder.ledger}-wal`;
  truncateSync(wal, Math.floor(statSync(wal).size * 0.7));
  const left = readLedger(household.folder);
  expect(left.verdict).toMatchObject({ intact: true });
  expect(left.sales.length).toBeLessThan(4);
  await household.startTill();
  await expect(page.locator("[data-chip=till]")).toBeHidden();
  const till = await openTill(page, household);
  // Where the cut took the sign-in too, the till asks who is there.
  const who = page.getByRole("region", { name: "Who is at the till?" });
  await expect(till.total.or(who)).toBeVisible();
  if (await who.isVisible()) await till.signIn();
  await expect(till.total).toBeVisible();
  await expect.poll(async () => (await askTill(page, "receipt.list", {})).length).toBe(4);
  const cut = await askTill(page, "register.view", {});
  expect(cut.terminal.nextReceiptNumber).toBe("1-000005");
  // The sale whose end was cut off is on the counter again; the cloud knows that it was paid.
  if (cut.cart !== null) {
    await till.control("VOID", "1", "ENTER");
    await expect(page.locator("[data-empty-cart]")).toBeVisible();
  }
  expect(await ringUp(till, goods.slice(0, 1))).toBe("1-000005");
  // Looked for in the cloud first: what was proved before the sale stands on the screen for a moment longer.
  const numbers = [1, 2, 3, 4, 5].map((n) => `1-00000${n}`);
  const inCloud = () => readServer(household.folder).receiptNumbers;
  await expect.poll(inCloud, { timeout: 30_000 }).toEqual(numbers);
  await expect(page.locator("[data-chip=network]")).toContainText("all proved", {
    timeout: 30_000,
  });
  const books = readServer(household.folder);
  expect(books.forked).toHaveLength(1);
  for (const { sku } of goods) {
    const rows = await askTill(page, "stock.list", { text: sku });
    expect(rows.find((row) => row.sku === sku)?.stockMilli).toBe(books.stockMilli(sku));
  }
  expect((await verify(household)).code).toBe(75);
});
