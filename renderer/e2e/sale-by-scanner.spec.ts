import type { ControlKey } from "../../hardware/scanner/control-card.ts";
import { goodsToSell, sumMinor } from "./demo-goods.ts";
import { cashierOf, expect, test } from "./fixtures.ts";

const digits = (text: string) => Array.from(text) as ControlKey[];

test("a whole sale by scanner only, with the control card", async ({ till, store, page }) => {
  const goods = goodsToSell(4);
  const cashier = cashierOf(store);
  const names = await page
    .locator("[data-person]")
    .evaluateAll((all) => all.map((tile) => tile.dataset["person"]));

  await till.control(...digits(String(names.indexOf(cashier.name) + 1)));
  await till.control(...digits(cashier.pin), "ENTER");
  await expect(till.total).toBeVisible();
  await till.control("1", "0", "0", "00", "ENTER");
  await expect(page.locator("[data-chip=shift]")).not.toContainText("No shift");

  await till.scan(...goods.slice(0, 3).map((good) => good.gtin));
  await till.expectTotal(sumMinor(goods.slice(0, 3)));
  await expect(till.lines).toHaveCount(3);

  // PAY, CASH: exact cash. The goods scanned right behind it are the next customer's.
  await till.control("PAY", "CASH");
  const [next] = goods.slice(3);
  if (!next) throw new Error("the demo store has too few goods");
  await till.scan(next.gtin);
  await till.expectTotal(next.priceMinor);
  await expect(till.lines).toHaveCount(1);

  // Two of it, then pay with a note of 50 that is typed with the card.
  await till.control("QUANTITY", "2", "ENTER");
  await till.expectTotal(2 * next.priceMinor);
  await till.control("PAY", "5", "0", "00", "CASH");
  await expect(till.change).toHaveAttribute("data-change", String(5000 - 2 * next.priceMinor));
});
