import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Product } from "../domain/catalogue/product.ts";
import { unedited } from "../domain/catalogue/field-version.ts";
import { openLedger } from "../ledger/ledger.ts";
import { verifyLedger } from "../ledger/verify.ts";
import type { ScriptedCloud } from "../sync/engine/scripted-cloud.ts";
import { type Change, changeSchema } from "../sync/protocol/wire.ts";
import { createSyncLedger } from "./loops/sync-ledger.ts";
import { openTestOffice, type TestOffice } from "./test-office.ts";
import { testPin, type TestTill } from "./test-till.ts";

let office: TestOffice;
let till: TestTill;
let cloud: ScriptedCloud;

beforeEach(async () => {
  office = await openTestOffice();
  ({ till, cloud } = office);
  await tell(beans(), bread);
});

afterEach(async () => {
  await till.close();
});

const asManager = () => office.asManager();
const inStep = () => office.inStep();
const tell = (...changes: Change[]) => office.tell(...changes);

function beans(changes: Partial<Product> = {}): Change {
  const product: Product = {
    ...{ sku: "beans", name: "Espresso beans", gtins: ["04006381333931"], priceMinor: 649 },
    ...{ unit: "each", taxCategory: "reduced", ...changes },
  };
  return changeSchema.parse({ kind: "product", product });
}

const bread = beans({ sku: "bread", name: "Sourdough loaf", gtins: [], priceMinor: 420 });

describe("editing a good", () => {
  it("[C3] counts at once, is a fact with what the person saw, and needs a manager", async () => {
    expect(
      await till.refused("product.edit", { sku: "beans", changes: { priceMinor: 700 } }),
    ).toEqual({ type: "NotSignedIn" });
    await till.do("session.sign-in", { personId: "dana", pin: testPin });
    expect(
      await till.refused("product.edit", { sku: "beans", changes: { priceMinor: 700 } }),
    ).toEqual({ type: "ManagerNeeded" });
    await till.do("session.sign-out", {});
    await asManager();
    const before = await till.do("product.view", { sku: "beans" });
    expect(before.versions).toMatchObject({ priceMinor: unedited(649) });
    const after = await till.do("product.edit", {
      ...{ sku: "beans", changes: { priceMinor: 700, brand: "Roaster" } },
      versions: before.versions,
    });
    expect(after).toMatchObject({
      ...{ priceMinor: 700, brand: "Roaster", name: "Espresso beans" },
      unsent: [
        { field: "brand", value: "Roaster" },
        { field: "priceMinor", value: 700 },
      ],
    });
    await till.do("shift.open", { floatMinor: 0 });
    const { cart } = await till.do("cart.add-product", { sku: "beans" });
    expect(cart?.totalMinor).toBe(700);
  });

  it("[C3] a second edit is based on the first, and no edit is written for what is as it was", async () => {
    await asManager();
    const first = await till.do("product.edit", { sku: "beans", changes: { priceMinor: 700 } });
    await till.do("product.edit", { sku: "beans", changes: { priceMinor: 720 } });
    await till.do("product.edit", { sku: "beans", changes: { priceMinor: 720 } });
    await inStep();
    const edits = cloud
      .chain(1)
      .map(({ body }) => JSON.parse(body) as { type: string; payload: { base: object } })
      .filter(({ type }) => type === "product.edited");
    expect(edits.map(({ payload }) => payload.base)).toEqual([
      { priceMinor: unedited(649) },
      { priceMinor: first.versions["priceMinor"] },
    ]);
  });

  it("[C3] a page that does not know of the edit undoes nothing; once the cloud has judged it the feed's word counts", async () => {
    await asManager();
    await inStep();
    cloud.failWith("unreachable");
    await till.do("product.edit", { sku: "beans", changes: { priceMinor: 700 } });
    await till.host.close();
    applyPage(beans({ name: "Beans, whole" }));
    await till.restart();
    expect(await till.do("product.view", { sku: "beans" })).toMatchObject({
      ...{ name: "Beans, whole", priceMinor: 700 },
      unsent: [{ field: "priceMinor", value: 700 }],
    });
    cloud.failWith(null);
    await inStep();
    expect((await till.do("product.view", { sku: "beans" })).unsent).toEqual([]);
    // Asked for before the cloud had the edit, answered after: what it was based on stands there.
    await tell(beans({ brand: "Roaster" }));
    expect(await till.do("product.view", { sku: "beans" })).toMatchObject({
      ...{ brand: "Roaster", priceMinor: 700 },
    });
    await tell(beans({ priceMinor: 710 }));
    expect((await till.do("product.view", { sku: "beans" })).priceMinor).toBe(710);
    await tell(beans());
    expect((await till.do("product.view", { sku: "beans" })).priceMinor).toBe(649);
  });

  it("[C3] a code that leads to another good is refused with that good's name", async () => {
    await asManager();
    expect(
      await till.refused("product.edit", { sku: "bread", changes: { gtins: ["04006381333931"] } }),
    ).toMatchObject({ type: "CodeTaken", sku: "beans", name: "Espresso beans" });
    expect(
      await till.refused("product.edit", { sku: "bread", changes: { taxCategory: "luxury" } }),
    ).toMatchObject({ type: "UnknownTaxCategory" });
    expect(await till.refused("product.edit", { sku: "none", changes: {} })).toMatchObject({
      type: "UnknownProduct",
    });
  });
});

describe("a price that begins later", () => {
  it("[C3] begins with the first shift of its business date, not before", async () => {
    await asManager();
    expect(
      await till.refused("price.schedule", {
        ...{ sku: "beans", priceMinor: 800, effectiveOn: "2026-11-23" },
      }),
    ).toEqual({ type: "DateNotInFuture" });
    const pendingPrice = { priceMinor: 800, effectiveOn: "2026-11-24" };
    const view = await till.do("price.schedule", { sku: "beans", ...pendingPrice });
    expect(view).toMatchObject({ priceMinor: 649, pendingPrice });
    expect(await till.do("price.scheduled", {})).toMatchObject([{ sku: "beans", pendingPrice }]);
    await till.do("shift.open", { floatMinor: 0 });
    expect((await till.do("cart.add-product", { sku: "beans" })).cart?.totalMinor).toBe(649);
    await till.do("cart.void", { reason: "test" });
    await till.do("shift.count", { countedMinor: 0, denominations: [] });
    await till.do("shift.close", {});
    till.world.clock.advance(24 * 3_600_000);
    await till.do("shift.open", { floatMinor: 0 });
    expect((await till.do("cart.add-product", { sku: "beans" })).cart?.totalMinor).toBe(800);
    const begun = await till.do("product.view", { sku: "beans" });
    expect(begun).toMatchObject({ priceMinor: 800, pendingPrice: null });
    expect(begun.versions["priceMinor"]).toBe(view.versions["pendingPrice"]);
  });

  it("[C3] can be cancelled", async () => {
    await asManager();
    expect(await till.refused("price.cancel", { sku: "beans" })).toEqual({
      type: "NothingScheduled",
    });
    await till.do("price.schedule", { sku: "beans", priceMinor: 1, effectiveOn: "2026-11-30" });
    expect((await till.do("price.cancel", { sku: "beans" })).pendingPrice).toBeNull();
    expect(await till.do("price.scheduled", {})).toEqual([]);
  });
});

const oversold = {
  ...{ exceptionId: "7", kind: "oversold", subject: "beans", times: 2 },
  ...{ firstAtMs: 1, lastAtMs: 2 },
  detail: JSON.stringify({ sku: "beans", deltaMilli: -1000, levelMilli: -2000 }),
};

describe("the inbox", () => {
  it("[C1] shows what the feed told, also of a kind that this till does not know", async () => {
    await tell(
      { kind: "exception", exception: oversold },
      { kind: "exception", exception: { ...oversold, exceptionId: "8", kind: "haunted" } },
    );
    const list = await till.do("exceptions.list", {});
    expect(list).toMatchObject([
      { exceptionId: "8", kind: "unknown", detail: { kind: "haunted" }, resolutions: ["seen"] },
      {
        ...{ exceptionId: "7", kind: "oversold", times: 2, resolved: null },
        ...{ detail: { levelMilli: -2000 }, names: { beans: "Espresso beans" } },
        resolutions: ["counted", "seen"],
      },
    ]);
  });

  it("an answer is a manager's fact, is shown before the cloud has heard of it, and given once", async () => {
    await tell({ kind: "exception", exception: oversold });
    const answer = { exceptionId: "7", resolution: "seen" };
    expect(await till.refused("exceptions.resolve", answer)).toEqual({ type: "NotSignedIn" });
    await asManager();
    expect(
      await till.refused("exceptions.resolve", { ...answer, resolution: "keep" }),
    ).toMatchObject({ type: "NotAResolution" });
    const resolved = await till.do("exceptions.resolve", answer);
    expect(resolved.resolved).toMatchObject({ resolution: "seen", by: "Noa", sent: false });
    expect(await till.do("exceptions.list", {})).toEqual([]);
    expect(await till.refused("exceptions.resolve", answer)).toEqual({ type: "AlreadyResolved" });
    expect(await till.refused("exceptions.resolve", { ...answer, exceptionId: "9" })).toEqual({
      type: "UnknownException",
    });
    const told = { by: "noa", atMs: 9, resolution: "seen" };
    await tell({ kind: "exception", exception: { ...oversold, resolved: told } });
    expect(await till.do("exceptions.list", { withResolved: true })).toMatchObject([
      { resolved: { sent: true, by: "Noa" } },
    ]);
  });

  it("an answer to an id that is about something else now is no answer", async () => {
    await tell({ kind: "exception", exception: oversold });
    await asManager();
    await till.do("exceptions.resolve", { exceptionId: "7", resolution: "seen" });
    await tell({ kind: "exception", exception: { ...oversold, subject: "bread" } });
    expect(await till.do("exceptions.list", {})).toMatchObject([{ subject: "bread" }]);
  });

  it("[U8] lists and exports what is parked, and forgets it when the cloud has applied it", async () => {
    cloud.parkThoseWith("drawer.no-sale");
    await asManager();
    await till.do("shift.open", { floatMinor: 0 });
    await till.do("drawer.open", { reason: "change" });
    await inStep();
    const [parked] = await till.do("parked.list", {});
    expect(parked).toMatchObject({ tillNumber: 2, type: "drawer.no-sale", exceptionId: null });
    const exported = await till.do("parked.export", {});
    expect(exported.facts).toBe(1);
    expect(exported.json).toContain("drawer.no-sale");
    const { terminalId = "", reason = "", epoch = 0, seq = 0 } = parked ?? {};
    const exception = {
      ...{ exceptionId: "3", kind: "parked", subject: `${terminalId}/${reason}`, times: 1 },
      ...{ firstAtMs: 1, lastAtMs: 1 },
      detail: JSON.stringify({ terminalId, reason, facts: [{ epoch, seq }] }),
    };
    await tell({ kind: "exception", exception });
    expect(await till.do("parked.list", {})).toMatchObject([{ exceptionId: "3" }]);
    // Seen or not: it can be judged again.
    await till.do("exceptions.resolve", { exceptionId: "3", resolution: "seen" });
    const seen = { by: "noa", atMs: 8, resolution: "seen" };
    await tell({ kind: "exception", exception: { ...exception, resolved: seen } });
    await till.do("parked.retry", {});
    await inStep();
    expect(cloud.chain(1).filter(({ body }) => body.includes('"retry"'))).toHaveLength(1);
    const resolved = { by: "noa", atMs: 9, resolution: "retry" };
    await tell({ kind: "exception", exception: { ...exception, resolved } });
    expect(await till.do("parked.list", {})).toEqual([]);
  });
});

const pinHash2222 = "scrypt$1024$8$1$dGVzdC1zYWx0$Jm1btFqAZpsV9IDpi_CydxcgLnvEvVsbDJe1P4E3nZI";

describe("people", () => {
  const dana = { personId: "dana", name: "Dana", role: "cashier", pinHash: pinHash2222 } as const;
  const revoked: Change = { kind: "person", person: { ...dana, active: false } };

  it("[C6] who is revoked cannot sign in from the download on", async () => {
    await tell(revoked);
    expect(await till.refused("session.sign-in", { personId: "dana", pin: testPin })).toEqual({
      type: "UnknownPerson",
    });
  });

  it("[C6] a session without a sale ends with the download, as a fact", async () => {
    await till.do("session.sign-in", { personId: "dana", pin: testPin });
    await tell(revoked);
    expect((await till.do("register.view", {})).person).toBeNull();
    await inStep();
    expect(cloud.chain(1).some(({ body }) => body.includes('"revoked":true'))).toBe(true);
  });

  it("[C6] a sale on the counter is finished first, and ends the session", async () => {
    await till.do("session.sign-in", { personId: "dana", pin: testPin });
    await till.do("shift.open", { floatMinor: 0 });
    await till.do("cart.add-product", { sku: "beans" });
    await tell(revoked);
    expect((await till.do("register.view", {})).person?.name).toBe("Dana");
    await till.do("cart.add-product", { sku: "bread" });
    await till.do("tender.cash", { amountMinor: 2_000 });
    const view = await till.do("register.view", {});
    expect(view).toMatchObject({ person: null, cart: null, lastSale: { totalMinor: 1_069 } });
    expect(view.shift).not.toBeNull();
  });

  it("[C6] a changed PIN forgets the wrong tries of the old one", async () => {
    for (let i = 0; i < 5; i++)
      await till.refused("session.sign-in", { personId: "dana", pin: "9999" });
    await tell({ kind: "person", person: { ...dana, active: true } });
    expect(await till.refused("session.sign-in", { personId: "dana", pin: testPin })).toMatchObject(
      { type: "WrongPin", triesLeft: 4 },
    );
  });
});

/** A page that was made before the edit reaches the ledger of the closed till. */
function applyPage(change: Change): void {
  const ledger = openLedger(till.ledgerPath);
  const terminal = ledger.settings.get("terminal");
  expect(terminal).not.toBeNull();
  if (terminal !== null)
    createSyncLedger(ledger, terminal).applyChanges([change], ledger.sync.mark().cursor);
  expect(verifyLedger(ledger).intact).toBe(true);
  ledger.close();
}
