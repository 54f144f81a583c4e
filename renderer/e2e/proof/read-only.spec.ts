import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder as partsOf } from "../../../host/node/data-folder.ts";
import { oneGood } from "../rings-up.ts";
import { expect, test } from "./household.ts";
import { openToSell } from "./openings.ts";
import { runProgram } from "./program.ts";
import { keepPicture } from "./screen.ts";
import { freeze } from "./small-disk.ts";

test("a read-only disk at the start: the till and npm start say so, end with an error, change nothing", async ({
  template,
  disk,
}) => {
  test.skip(disk === null, "no tmpfs can be mounted by this user");
  if (disk === null) return;
  const data = join(disk.place, "store");
  cpSync(template, data, { recursive: true });
  const { ledger } = partsOf(data);
  const before = readFileSync(ledger);
  disk.readOnly(true);
  for (const [file, args] of [
    ["host/node/till.ts", ["--data", data, "--port", "0"]],
    ["host/node/start.ts", ["--data", data, "--no-window", "--json"]],
  ] as const) {
    const { code, out, said } = await runProgram(file, args);
    expect(out).toBe("");
    expect(said, file).toMatch(/cannot be written/);
    expect(said, file).toMatch(/right to write/);
    expect(said, file).not.toMatch(/\n\s+at /);
    expect(code, file).toBe(74);
  }
  expect(readFileSync(ledger).equals(before)).toBe(true);
});

test("a ledger that becomes read-only while selling: said in words, and goes on when it may write", async ({
  page,
  household,
}) => {
  await household.startStoreServer();
  const program = await household.startTill();
  const till = await openToSell(page, program.ready.register, household);
  const good = oneGood();
  await till.scan(good.gtin);
  await till.expectTotal(good.priceMinor);
  const files = [household.folder.ledger, `${household.folder.ledger}-wal`];
  const frozen = freeze(files, true);
  test.skip(!frozen, "chattr +i is not allowed to this user or on this file system");
  try {
    await till.scan(good.gtin);
    const bar = page.locator("[data-ledger-problem]");
    await expect(bar).toHaveAttribute("data-ledger-problem", "read-only");
    await expect(bar).toContainText("The till may not write its ledger");
    await expect(bar).toContainText("goes on by itself");
    await keepPicture(page, "i-read-only-meanwhile");
    await till.expectTotal(good.priceMinor);
    freeze(files, false);
    await expect(bar).toBeHidden({ timeout: 10_000 });
    await till.scan(good.gtin);
    await till.expectTotal(2 * good.priceMinor);
  } finally {
    freeze(files, false);
  }
});
