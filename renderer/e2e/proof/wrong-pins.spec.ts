import { openTill } from "../fixtures.ts";
import { expect, test } from "./household.ts";
import { keepPicture } from "./screen.ts";

const tries = 5;

test("wrong PINs: counted down, locked out in words, over a restart too; others sign in meanwhile", async ({
  page,
  household,
}) => {
  await household.startStoreServer();
  const program = await household.startTill();
  await page.goto(program.ready.register);
  const till = await openTill(page, household);
  const [dana, amir] = household.people;
  const problem = page.locator("[data-failure]");
  await page.locator(`[data-person="${dana.name}"]`).click();
  for (let left = tries - 1; left > 0; left--) {
    await till.control("9", "8", "7", "6", "ENTER");
    await expect(problem).toHaveAttribute("data-failure", "WrongPin");
    await expect(problem).toContainText(`Tries left: ${left}`);
  }
  await keepPicture(page, "i-wrong-pin");
  await till.control("9", "8", "7", "6", "ENTER");
  await expect(problem).toHaveAttribute("data-failure", "LockedOut");
  await expect(problem).toContainText(/Locked. Try again in 0:[23]\d/);
  await keepPicture(page, "i-locked-out");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeDisabled();

  // The right PIN does not help now, nor does pulling the plug.
  await program.kill();
  await household.startTill();
  await expect(page.locator("[data-chip=till]")).toBeHidden();
  await page.reload();
  await page.locator(`[data-person="${dana.name}"]`).click();
  await till.typeByHand(dana.pin);
  await till.press("Enter");
  await expect(problem).toHaveAttribute("data-failure", "LockedOut");
  await expect(till.total).toBeHidden();

  await till.press("Escape");
  await till.signIn(amir);
  await expect(page.getByRole("banner")).toContainText(amir.name);
});
