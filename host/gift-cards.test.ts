import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ScriptedCloud } from "../sync/engine/scripted-cloud.ts";
import type { Change } from "../sync/protocol/wire.ts";
import { openTestOffice, type TestOffice } from "./test-office.ts";
import type { TestTill } from "./test-till.ts";

let office: TestOffice;
let till: TestTill;
let cloud: ScriptedCloud;

beforeEach(async () => {
  office = await openTestOffice();
  ({ till, cloud } = office);
  const product = { sku: "beans", name: "Espresso beans", gtins: [], priceMinor: 649 };
  await tell({ kind: "product", product: { ...product, unit: "each", taxCategory: "reduced" } });
});

afterEach(async () => {
  await till.close();
});

const asManager = () => office.asManager();
const inStep = () => office.inStep();
const tell = (...changes: Change[]) => office.tell(...changes);

describe("gift cards", () => {
  const card = { accountId: "gift 1234-5678" };
  const told = (balanceMinor: number): Change => ({
    kind: "account",
    account: { account: "gift-card", accountId: "GIFT12345678", balanceMinor },
  });
  const balance = () => till.do("account.view", { account: "gift-card", ...card });

  it("[C5] an amount is sold as a line without tax, counts when it is paid, and pays for goods", async () => {
    await asManager();
    await till.do("shift.open", { floatMinor: 0 });
    expect((await balance()).balanceMinor).toBeNull();
    await till.do("gift-card.load", { ...card, amountMinor: 3_000 });
    expect((await balance()).balanceMinor).toBeNull();
    const loaded = await till.do("tender.cash", { amountMinor: 3_000 });
    expect(loaded.lastSale).toMatchObject({ totalMinor: 3_000 });
    expect(await balance()).toMatchObject({ balanceMinor: 3_000, spendableMinor: 3_000 });
    await till.do("cart.add-product", { sku: "beans" });
    const { cart } = await till.do("tender.gift-card", { ...card, amountMinor: 500 });
    expect(cart?.dueMinor).toBe(149);
    expect((await balance()).balanceMinor).toBe(2_500);
    await till.do("tender.gift-card", { ...card, amountMinor: 149 });
    expect((await balance()).balanceMinor).toBe(2_351);
    const [shift] = await till.do("shifts.list", {});
    expect(shift?.running).toMatchObject({ cashMinor: 3_000, cardMinor: 0, giftCardMinor: 649 });
    // The cloud has it: what it tells takes the place of what happened here.
    await inStep();
    await tell(told(2_351));
    expect((await balance()).balanceMinor).toBe(2_351);
  });

  it("[C5] pays no more than it holds, and offline no more than the store's limit", async () => {
    await asManager();
    await till.do("shift.open", { floatMinor: 0 });
    await tell(told(20_000));
    for (let i = 0; i < 20; i++) await till.do("cart.add-product", { sku: "beans" });
    const pay = (amountMinor: number) => ({ ...card, amountMinor });
    expect(await till.refused("tender.gift-card", pay(13_000))).toMatchObject({
      type: "MoreThanDue",
    });
    expect(
      await till.refused("tender.gift-card", { accountId: "UNHEARD", amountMinor: 1 }),
    ).toEqual({ type: "UnknownAccount" });
    cloud.failWith("unreachable");
    for (let turn = 0; turn < 40 && !(await balance()).offline; turn++) {
      await till.do("sync.wake", {});
      await new Promise((resolve) => setImmediate(resolve));
      till.world.clock.advance(1_000);
    }
    expect(await balance()).toMatchObject({ offline: true, spendableMinor: 5_000 });
    expect(await till.refused("tender.gift-card", pay(5_001))).toEqual({
      ...{ type: "OfflineLimit", leftMinor: 5_000 },
    });
    await till.do("tender.gift-card", pay(4_000));
    expect(await till.refused("tender.gift-card", pay(1_001))).toEqual({
      ...{ type: "OfflineLimit", leftMinor: 1_000 },
    });
  });

  it("[C5] what was loaded on a card goes back for what is still on it, and is off it then", async () => {
    await asManager();
    await till.do("shift.open", { floatMinor: 0 });
    await till.do("gift-card.load", { ...card, amountMinor: 500 });
    await till.do("gift-card.load", { ...card, amountMinor: 500 });
    await till.do("tender.cash", { amountMinor: 1_000 });
    const [sold] = await till.do("receipt.list", { totalMinor: 1_000 });
    await till.do("cart.add-product", { sku: "beans" });
    await till.do("tender.gift-card", { ...card, amountMinor: 100 });
    await till.do("tender.cash", { amountMinor: 549 });
    const line = (lineNo: number) => ({ lineNo, quantityMilli: 1_000 });
    const back = { saleId: sold?.saleId ?? "", reason: "unwanted" };
    await till.do("return.add-lines", { ...back, lines: [line(1)] });
    expect(await till.refused("return.add-lines", { ...back, lines: [line(2)] })).toEqual({
      ...{ type: "BalanceTooLow", balanceMinor: 400 },
    });
    // Nor does what is taken back pay for what goes with it.
    await till.do("cart.add-product", { sku: "beans" });
    await till.do("cart.add-product", { sku: "beans" });
    expect(await till.refused("tender.gift-card", { ...card, amountMinor: 401 })).toEqual({
      ...{ type: "BalanceTooLow", balanceMinor: 400 },
    });
    await till.do("tender.gift-card", { ...card, amountMinor: 400 });
    await till.do("tender.cash", { amountMinor: 398 });
    expect((await balance()).balanceMinor).toBe(0);
  });

  it("[C5] a manager puts an account right, and takes nothing below the floor", async () => {
    const points = { account: "points", accountId: "MEMBER7", reason: "welcome" } as const;
    await asManager();
    expect(await till.refused("account.move", { ...points, deltaMinor: -1 })).toEqual({
      type: "UnknownAccount",
    });
    expect(await till.do("account.move", { ...points, deltaMinor: 50 })).toMatchObject({
      balanceMinor: 50,
    });
    expect(await till.refused("account.move", { ...points, deltaMinor: -51 })).toEqual({
      ...{ type: "BalanceTooLow", balanceMinor: 50 },
    });
  });
});
