import { setTimeout as pause } from "node:timers/promises";
import { goodsToSell, sumMinor } from "../demo-goods.ts";
import { openToSell } from "./openings.ts";
import { scanAll } from "./scan-all.ts";
import { chance, given } from "./chance.ts";
import { expect, test } from "./household.ts";
import { readCards, readLedger } from "./records.ts";
import { keepPicture, pressDevice } from "./screen.ts";

const rounds = given("EVERTILL_CARD_KILLS", 6);
const seed = given("EVERTILL_SEED", 20_261_123);

test("[K2] killed while the customer is at the card terminal: its word is asked for, charged once", async ({
  page,
  household,
}) => {
  test.setTimeout(60_000 + rounds * 8_000);
  await household.startStoreServer();
  const devices = await household.startDevices();
  let program = await household.startTill();
  const till = await openToSell(page, program.ready.register, household);
  const goods = goodsToSell(2);
  const totalMinor = sumMinor(goods);
  const underWay = page.locator("[data-card-payment]");
  const decide = (what: string) => pressDevice(devices.ready.paper, "/card", { decide: what });
  const toPay = async () => {
    await scanAll(till, goods);
    await till.control("PAY");
    await expect(till.due).toBeVisible();
  };
  const toTheTerminal = async () => {
    await toPay();
    await till.control("CARD");
  };
  const approved = () =>
    readCards(household.folder).filter(
      ({ kind, state }) => kind === "payment" && state === "approved",
    );

  // The customer pays while there is no till.
  await pressDevice(devices.ready.paper, "/card", { auto: "no" });
  await toTheTerminal();
  await expect(underWay).toBeVisible();
  await expect.poll(() => readCards(household.folder).length).toBe(1);
  await program.kill();
  await decide("approve");
  program = await household.startTill();
  await expect(till.change).toHaveAttribute("data-change", "0", { timeout: 15_000 });
  expect(approved()).toHaveLength(1);

  // The customer is still there when the till is back, and then declines.
  await toTheTerminal();
  await expect.poll(() => readCards(household.folder).length).toBe(2);
  await program.kill();
  program = await household.startTill();
  await expect(underWay).toBeVisible();
  await keepPicture(page, "e-card-is-asked-after");
  await decide("decline");
  await expect(page.locator("[data-card-refused=declined]")).toBeVisible({ timeout: 15_000 });
  await till.expectTotal(totalMinor);
  await till.control("CASH");
  await expect(till.change).toBeVisible();
  expect(approved()).toHaveLength(1);

  // At any instant, with a customer who pays at once.
  await pressDevice(devices.ready.paper, "/card", { auto: "yes" });
  const pick = chance(seed);
  for (let round = 0; round < rounds; round++) {
    await toPay();
    const paying = till.control("CARD");
    await pause(pick.below(450));
    await program.kill();
    await paying;
    program = await household.startTill();
    await expect(underWay).toBeHidden({ timeout: 15_000 });
    // A terminal that never heard of it charged nothing: the cashier asks again.
    await expect(till.change.or(till.due)).toBeVisible();
    if (await till.due.isVisible()) await till.control("CARD");
    await expect(till.change).toHaveAttribute("data-change", "0", { timeout: 15_000 });
  }
  await program.stop();

  const { verdict, sales, cart } = readLedger(household.folder);
  expect(verdict).toMatchObject({ intact: true });
  expect(cart).toBeNull();
  const byCard = sales.filter(({ tenders }) => tenders.some(({ kind }) => kind === "card"));
  expect(byCard).toHaveLength(rounds + 1);
  expect(approved()).toHaveLength(byCard.length);
  expect(approved().map(({ amountMinor }) => amountMinor)).toEqual(byCard.map(() => totalMinor));
});
