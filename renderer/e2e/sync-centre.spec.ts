import { readFile } from "node:fs/promises";
import { goodsToSell, sumMinor } from "./demo-goods.ts";
import { expect, test } from "./fixtures.ts";
import { goTo } from "./go-to.ts";
import { ringUp } from "./rings-up.ts";

test("[P1] the sync centre proves a business date to the penny, and saves the evidence", async ({
  till,
  page,
}) => {
  await till.openShift();
  const goods = goodsToSell(2);
  await ringUp(till, goods);
  await goTo(page, "/back-office/sync");
  const tills = page.getByRole("table", { name: "Tills of the store" });
  await expect(tills.locator("[data-line=online]")).toHaveCount(1, { timeout: 20_000 });
  await expect(tills.locator("[data-till-unsent='0']")).toHaveCount(1, { timeout: 20_000 });

  const proof = page.locator("[data-proof]");
  await expect(proof).toHaveAttribute("data-verdict", "equal", { timeout: 30_000 });
  const total = String(sumMinor(goods));
  await expect(proof.locator(`[data-total-minor="${total}"]`)).toHaveCount(2);
  await expect(proof.locator("[data-count='1']")).toHaveCount(2);
  await expect(page.getByText("Same receipts, same money, same hash")).toBeVisible();

  await page.getByRole("button", { name: "Compare now" }).click();
  const evidence = page.locator("[data-evidence]");
  await expect(evidence.locator(`[data-here="${total}"]`)).toBeVisible();
  await expect(evidence.locator(`[data-there="${total}"]`)).toBeVisible();
  await expect(evidence.locator("[data-state]")).toHaveCount(1);

  const save = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("section", { has: evidence }).getByRole("button", { name }).click(),
    ]);
    return readFile(await download.path(), "utf8");
  };
  const lines = (await save("Save as CSV")).trimEnd().split("\r\n");
  const facts = Number(await evidence.getAttribute("data-evidence"));
  expect(lines.length).toBe(facts + 2);
  expect(lines.filter((line) => line.includes("sale.completed"))).toHaveLength(1);
  expect(lines.at(-1)).toMatch(/^sum,/);
  // Another till's evidence is a manager's to see.
  await expect(page.getByText("A manager can compare and save the whole store's.")).toBeVisible();
  const json = JSON.parse(await save("Save as JSON")) as {
    tills: { comparedFrom: string; rows: { hashHere: string; hashThere: string }[] }[];
    summary: { totalHereMinor: number; totalThereMinor: number };
  };
  const rows = json.tills.flatMap((each) => each.rows);
  expect(json.tills.map(({ comparedFrom }) => comparedFrom)).toEqual(["journal"]);
  expect(rows).toHaveLength(facts);
  expect(rows.every(({ hashHere, hashThere }) => hashHere === hashThere)).toBe(true);
  expect(json.summary.totalHereMinor).toBe(sumMinor(goods));
  expect(json.summary.totalThereMinor).toBe(sumMinor(goods));
});
