import { readOwnBarcode } from "../../hardware/scanner/control-card.ts";
import { expect, test } from "./fixtures.ts";

test("the control card holds barcodes that the till understands, in the screen's words, and prints", async ({
  till,
  page,
}) => {
  await till.openShift();
  await page.evaluate(() => {
    window.location.hash = "/control-card";
  });
  await expect(page.getByRole("heading", { name: "Control card" })).toBeVisible();
  const codes = await page
    .locator("[data-barcode]")
    .evaluateAll((all) => all.map((svg) => (svg as SVGElement).dataset["barcode"] ?? ""));
  expect(codes.length).toBeGreaterThan(25);
  expect(codes).toContain("EVC-PAY");
  for (const code of codes) expect(readOwnBarcode(code)).toMatchObject({ kind: "control" });

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Print the sheet" })).toBeHidden();
  const sheet = await page.pdf({ format: "A4" });
  const pages = sheet.toString("latin1").match(/\/Type\s*\/Page\b/g);
  expect(pages?.length).toBeLessThanOrEqual(2);
});
