import { cashierOf, expect, test } from "./fixtures.ts";

test.use({ hasTouch: true });

test("a whole sale by touch only, by tile, keypad and weight", async ({ till, store, page }) => {
  const tap = (selector: string) => page.locator(selector).tap();
  const key = (face: string) =>
    page.getByRole("button", { name: face, exact: true }).locator("visible=true").tap();
  const keys = async (digits: string) => {
    for (const digit of digits) await key(digit);
  };

  const cashier = cashierOf(store);
  await tap(`[data-person="${cashier.name}"]`);
  await keys(cashier.pin);
  await key("Sign in");
  await expect(till.total).toBeVisible();

  await keys("100");
  await key("00");
  await page.getByRole("button", { name: /^Open with a float/ }).tap();
  await expect(page.locator("[data-chip=shift]")).not.toContainText("No shift");

  // Tiles: two quick taps are two pieces.
  await tap("[data-tile=BAKE-03]");
  await tap("[data-tile=BAKE-03]");
  await till.expectTotal(178);

  // Weighed goods ask for the weight that the scale shows: 0.500 kg of bananas at 1.99.
  await page.getByRole("tab", { name: "Fruit" }).tap();
  await tap("[data-tile=KG-4011]");
  await keys("500");
  await key("Add");
  await till.expectTotal(178 + 100);

  // The keypad: 4 ×, then a tile.
  await page.getByRole("tab", { name: "Keypad" }).tap();
  await keys("4");
  await page
    .getByRole("button", { name: /Quantity/ })
    .first()
    .tap();
  await expect(page.locator("[data-next-quantity='4000']")).toBeVisible();
  await page.getByRole("tab", { name: "Goods" }).tap();
  await page.getByRole("tab", { name: "Bakery" }).tap();
  await tap("[data-tile=BAKE-01]");
  await till.expectTotal(278 + 4 * 39);

  // A line by touch: choose it, one more, take it away.
  await tap("[data-line][data-last] button");
  await page.getByRole("button", { name: "One more" }).tap();
  await till.expectTotal(278 + 5 * 39);
  await page.getByRole("button", { name: "Remove" }).tap();
  await till.expectTotal(278);

  // Pay: a double tap on Pay takes nothing; then a note.
  const pay = page.locator("[data-action=pay]");
  const box = await pay.boundingBox();
  if (box === null) throw new Error("the pay button is not on the screen");
  await pay.tap();
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await till.expectTotal(278);
  await expect(till.change).toHaveCount(0);
  if ((await till.due.count()) === 0) await pay.tap();
  await tap("[data-cash='500']");
  await expect(till.change).toHaveAttribute("data-change", "222");
  await tap("[data-action=next]");
  await expect(page.locator("[data-empty-cart]")).toBeVisible();
});

test("goods without a price and goods without a tile, by touch", async ({ till, page }) => {
  const key = (face: string) => page.getByRole("button", { name: face, exact: true }).tap();
  await till.openShift();

  // The till asks the price of a newspaper, and stays in its group afterwards.
  await page.getByRole("tab", { name: "Counter" }).tap();
  await page.locator("[data-tile=CTR-02]").tap();
  for (const digit of "350") await key(digit);
  await key("Add");
  await till.expectTotal(350);
  await expect(page.getByRole("tab", { name: "Counter" })).toHaveAttribute("aria-selected", "true");

  // Any goods by name, with letters on the screen.
  await page.locator("#register-search").tap();
  for (const letter of "pretzel") await key(letter);
  await page.locator("[data-result=BAKE-03]").tap();
  await till.expectTotal(350 + 89);

  // Something that the catalogue does not have.
  await page.locator("[data-action=open-item]").tap();
  await key("Postage");
  for (const digit of "500") await key(digit);
  await key("Add");
  await till.expectTotal(350 + 89 + 500);
  await expect(till.lines.last()).toContainText("Postage");
});

test("voiding and the drawer ask for a reason that a finger can give", async ({ till, page }) => {
  await till.openShift();
  await page.locator("[data-tile=BAKE-07]").tap();
  await till.expectTotal(420);
  await page.locator("[data-action=void]").tap();
  await page.locator("[data-reason='1']").tap();
  await expect(page.locator("[data-empty-cart]")).toBeVisible();
  await page.locator("[data-action=drawer]").tap();
  await page.locator("[data-reason='2']").tap();
  await expect(page.locator("[data-action=drawer]")).toBeVisible();
});
