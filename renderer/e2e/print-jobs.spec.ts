import { expect, test } from "./fixtures.ts";
import { paperOf } from "./paper.ts";
import { oneGood, ringUp } from "./rings-up.ts";

test("nobody knows whether it printed: a person looks, and a copy takes its place", async ({
  till,
  page,
  store,
}) => {
  const paper = paperOf(store);
  await till.openShift();
  await paper.set({ line: "cut" });
  const number = await ringUp(till, [oneGood()]);
  await page.locator("[data-chip=printer]").click();
  const job = page.locator("[data-job=receipt][data-state=unknown]");
  await expect(job).toContainText("Did it print?");
  await expect(job).toContainText(number);
  await paper.set({ line: "whole" });
  await job.getByRole("button", { name: "No, print it again as COPY" }).click();
  await paper.waitFor("COPY 1");
  await expect(page.locator("[data-job=receipt]")).toHaveCount(0);
});

test("an open cover: the job waits, says what to do, and goes on by itself", async ({
  till,
  page,
  store,
}) => {
  const paper = paperOf(store);
  await till.openShift();
  await paper.set({ cover: "open" });
  await expect(page.locator("[data-chip=printer]")).toContainText("cover open");
  const number = await ringUp(till, [oneGood()]);
  await page.locator("[data-chip=printer]").click();
  await expect(page.locator("[data-job=receipt][data-state=queued]")).toContainText(number);
  await expect(page.locator("[data-pane]").getByRole("status")).toContainText(
    "Close the printer's cover.",
  );
  await paper.set({ cover: "closed" });
  await paper.waitFor(number);
  await expect(page.locator("[data-job=receipt]")).toHaveCount(0);
});
