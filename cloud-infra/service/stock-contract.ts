import assert from "node:assert/strict";
import { genesisHash } from "../../domain/facts/chain.ts";
import type { FactPosition, FactType } from "../../domain/facts/fact.ts";
import type { FactPayloads } from "../../domain/facts/payloads.ts";
import { parseSubject, subjectOf } from "../../domain/stock/decision.ts";
import { chanceOf, sampleStore } from "../../domain/stock/sample-store.ts";
import { stockOf } from "../../domain/stock/stock-of.ts";
import { exceptionDetailOf } from "../../sync/protocol/exceptions.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import type { StoreSettings } from "../../sync/protocol/wire.ts";
import { judgeFact } from "./judge-fact.ts";
import { sha256 } from "./sha256.ts";
import { enrolTill, openStockRig } from "./stock-rig.ts";
import type { StorePort } from "./store-port.ts";

type Promises = Readonly<Record<string, (store: StorePort) => Promise<void>>>;

/** What every adapter must do for counts. */
export const stockPromises: Promises = {
  "[C2] what is assumed is told; an answer decides, a later count settles it": async (store) => {
    const counter = await stockTill(store, "0195d000-0000-7000-8000-00000000c001");
    const seller = await stockTill(store, "0195d000-0000-7000-8000-00000000c002");
    const counted = await counter.write("stock.counted", countOf(8_000, 1));
    await seller.sell();
    await seller.sell();
    const level = async () => (await store.stock(counter.storeId, ["milk"]))[0]?.levelMilli;
    assert.equal(await level(), 6_000);
    const [told] = await uncertainOf(store, counter.storeId);
    const subject = subjectOf({ countId: counted, terminalId: seller.terminalId, sku: "milk" });
    assert.deepEqual([told?.subject, told?.times], [subject, 2]);
    const detail = exceptionDetailOf("count-uncertain", told?.detail ?? "")?.detail;
    const movement = { terminalId: seller.terminalId, epoch: 1, seq: 2, deltaMilli: -1_000 };
    assert.partialDeepStrictEqual(detail, { countedMilli: 8_000, uncertaintyMs: null, movement });

    const answer = { exceptionId: told?.exceptionId ?? "", kind: "count-uncertain", subject };
    const through = { epoch: 1, seq: 1 };
    await counter.write("exception.resolved", { ...answer, resolution: "before", through });
    // It spoke of the first sale only: of the second one it is asked anew.
    assert.equal(await level(), 7_000);
    const [left, ...others] = await uncertainOf(store, counter.storeId);
    assert.deepEqual([left?.subject, left?.times, others], [subject, 1, []]);
    await seller.sell();
    assert.equal(await level(), 6_000);
    await counter.write("stock.counted", countOf(5_000, 2, [seller.head()]));
    assert.equal(await level(), 5_000);
    assert.deepEqual(await uncertainOf(store, counter.storeId), []);
  },

  "[C2] a count that finds the shelf answers an open oversold, with who counted and when": async (
    store,
  ) => {
    const counter = await stockTill(store, "0195d000-0000-7000-8000-00000000c001");
    const seller = await stockTill(store, "0195d000-0000-7000-8000-00000000c002");
    const open = async () => {
      const raised = await store.exceptions(counter.storeId, 10);
      return raised.filter(({ kind }) => kind === "oversold").map(({ subject }) => subject);
    };
    await counter.write("stock.counted", countOf(1_000, 1));
    await seller.sell();
    await seller.sell();
    assert.deepEqual(await open(), ["milk"]);
    // Of the counts below the first one is not the newest, and says nothing of the shelf now.
    await seller.write("stock.counted", countOf(7_000, 0));
    assert.deepEqual(await open(), ["milk"]);
    await counter.write("stock.counted", countOf(2_000, 2, [seller.head()]));
    assert.deepEqual(await open(), []);
    const page = { storeId: counter.storeId, after: 0, limit: 1_000, maxBytes: 9_000_000 };
    const { changes } = await store.changes({ ...page, without: null });
    const told = changes.filter(({ text }) => text.includes("oversold"));
    const [closed, ...others] = told.map(({ text }) => JSON.parse(text) as object);
    const resolved = { by: "", resolution: "counted" };
    assert.partialDeepStrictEqual(closed, { exception: { kind: "oversold", resolved } });
    assert.deepEqual(others, []);
    // What is sold below it from then on asks anew.
    for (let n = 0; n < 3; n++) await seller.sell();
    assert.deepEqual(await open(), ["milk"]);
  },

  "[C2] stock is the reference's, in whatever order facts arrive, seeds 1 to 12": async (store) => {
    const [settings] = await store.stores();
    assert.ok(settings);
    for (let seed = 1; seed <= 12; seed++) await compareSeed(store, settings, seed);
  },
};

async function compareSeed(store: StorePort, settings: StoreSettings, seed: number): Promise<void> {
  const sample = sampleStore(seed);
  const chance = chanceOf(seed * 15_485_863);
  const storeId = `counting-${seed}`;
  const rig = await openStockRig(store, { storeId, settings, sample, chance });
  while (await rig.step());
  const goods = stockOf(rig);
  for (const sku of sample.skus) {
    const { levelMilli = 0, counts = [], uncertain = [] } = goods.get(sku) ?? {};
    const [level] = await store.stock(storeId, [sku]);
    assert.equal(level?.levelMilli ?? 0, levelMilli, `seed ${seed}: the level of ${sku}`);
    const kept = await store.stockCounts(storeId, sku);
    assert.deepEqual(kept, counts, `seed ${seed}: the counts of ${sku}`);
    const newest = counts.at(-1)?.countId;
    const told = await terminalsTold(store, storeId, { sku, newest });
    for (const { place } of uncertain) {
      assert.ok(told.has(place.terminalId), `seed ${seed}: nobody was told of ${sku}`);
    }
  }
}

/** Terminals of whose movements an open exception says that their place was assumed. */
async function terminalsTold(
  store: StorePort,
  storeId: string,
  { sku, newest }: { readonly sku: string; readonly newest: string | undefined },
): Promise<ReadonlySet<string>> {
  const raised = await store.exceptions(storeId, 10_000);
  const subjects = raised.flatMap(({ kind, subject }) =>
    kind === "count-uncertain" ? [parseSubject(subject)] : [],
  );
  return new Set(
    subjects.flatMap((about) =>
      about?.sku === sku && about.countId === newest ? [about.terminalId] : [],
    ),
  );
}

/** A till of the contract's store that sends each fact as it writes it. */
async function stockTill(store: StorePort, terminalId: string) {
  const storeId = (await store.stores())[0]?.storeId ?? "";
  await enrolTill(store, storeId, terminalId);
  const till = createSampleTill({ terminalId, sha256 });
  async function send(): Promise<string> {
    const seq = till.facts.length;
    const hash = till.facts[seq - 2]?.hash ?? genesisHash;
    const fact = till.facts[seq - 1];
    assert.ok(fact);
    const judged = judgeFact(fact, { terminalId, epoch: 1, seq });
    const expected = { epoch: 1, seq: seq - 1, hash };
    const batch = { storeId, terminalId, expected, facts: [judged], receivedAtMs: 1 };
    assert.equal(await store.commitFacts(batch), "committed");
    return judged.identity?.id ?? "";
  }
  return {
    storeId,
    terminalId,
    head: () => ({ terminalId, epoch: 1, seq: till.facts.length }),
    async sell(): Promise<string> {
      till.sell(["milk"]);
      return send();
    },
    async write<T extends FactType>(type: T, payload: FactPayloads[T]): Promise<string> {
      till.write(type, payload);
      return send();
    },
  };
}

function countOf(countedMilli: number, countedAtMs: number, applied: FactPosition[] = []) {
  return { lines: [{ sku: "milk", countedMilli, expectedMilli: 0 }], countedAtMs, applied };
}

async function uncertainOf(store: StorePort, storeId: string) {
  const open = await store.exceptions(storeId, 100);
  return open.filter(({ kind }) => kind === "count-uncertain");
}
