import { present } from "../../../domain/values/assert.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { genesisHash } from "../../../domain/facts/chain.ts";
import { feedOf, unknownYet } from "../catalogue-rig.ts";
import { judgeFact } from "../judge-fact.ts";
import { retryParked } from "../retry-parked.ts";
import { openStoreRig, rigTillA, type StoreRig } from "../store-rig.ts";

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.end());

/** Sales of one good each, parked but for those of `known`. */
async function parkSales(skus: readonly string[], known: readonly string[] = []) {
  const till = rig.till(rigTillA);
  const sales = skus.map((sku, i) => {
    const place = { terminalId: rigTillA, epoch: 1, seq: i + 1 };
    const wire = till.sell([sku]);
    return { sku, wire, parked: unknownYet(wire, place), judged: judgeFact(wire, place) };
  });
  const { storeId, terminalId, atMs } = rig.tills;
  await rig.store.commitFacts({
    ...{ storeId, terminalId, receivedAtMs: atMs },
    expected: { epoch: 1, seq: 0, hash: genesisHash },
    facts: sales.map(({ sku, parked, judged }) => (known.includes(sku) ? judged : parked)),
  });
  return new Map(sales.map((sale) => [sale.sku, sale]));
}

/** Tries them again; bread is more than a level can hold, so that it fails. */
async function tryAgain(sales: Awaited<ReturnType<typeof parkSales>>, skus: readonly string[]) {
  const { storeId, atMs } = rig.tills;
  const tooMuch = [{ sku: "bread", deltaMilli: Number.MAX_SAFE_INTEGER + 2 }];
  const facts = skus.map((sku) => {
    const { judged } = present(sales.get(sku), sku);
    const movements = sku === "bread" ? tooMuch : judged.movements;
    return { ...judged, terminalId: rigTillA, epoch: 1, movements };
  });
  await rig.store.applyParked({ storeId, facts, by: "", atMs });
}

async function toldFacts(): Promise<string[]> {
  const told = await feedOf(rig.store, rig.tills);
  return told.flatMap((change) => (change.kind === "fact" ? [change.body] : []));
}

it("[U8] a parked fact that takes effect is told by the feed though the next one cannot be applied", async () => {
  // The tea was understood at once: what is parked around it does not stand in a row.
  const sales = await parkSales(["milk", "tea", "bread"], ["tea"]);
  await tryAgain(sales, ["milk", "bread"]);
  expect((await rig.store.parked(rig.tills.storeId, 9)).map(({ seq }) => seq)).toEqual([3]);
  expect(await toldFacts()).toEqual(["tea", "milk"].map((sku) => sales.get(sku)?.wire.body));
});

it("[U8] however many are parked, the newest are judged too, and what stays parked is told in full", async () => {
  const till = rig.till(rigTillA);
  const { storeId, terminalId, atMs } = rig.tills;
  // Four that no cloud understands stand before two that this one does.
  const strange = Array.from({ length: 4 }, () => till.write("drawer.no-sale", { reason: "x" }));
  const sales = [till.sell(["milk"]), till.sell(["tea"])];
  const facts = [...strange, ...sales].map((wire, i) => {
    const place = { terminalId: rigTillA, epoch: 1, seq: i + 1 };
    const body =
      i < strange.length ? wire.body.replace("drawer.no-sale", "drawer.unheard-of") : wire.body;
    return unknownYet({ ...wire, body }, place);
  });
  await rig.store.commitFacts({
    ...{ storeId, terminalId, receivedAtMs: atMs },
    ...{ expected: { epoch: 1, seq: 0, hash: genesisHash }, facts },
  });
  const asked = { storeId, by: "noa", atMs: atMs + 1 };
  expect(await retryParked(rig.store, asked, 3)).toEqual({ applied: 2, stillParked: 4 });
  expect(await toldFacts()).toEqual(sales.map(({ body }) => body));
  const open = await rig.store.exceptions(storeId, 9);
  expect(open.map(({ kind, times }) => ({ kind, times }))).toEqual([{ kind: "parked", times: 4 }]);
});

it("[U8] a fact that stays parked is not told by the feed, also right behind one that took effect", async () => {
  const sales = await parkSales(["milk", "bread"]);
  await tryAgain(sales, ["milk", "bread"]);
  expect(await toldFacts()).toEqual([sales.get("milk")?.wire.body]);
});
