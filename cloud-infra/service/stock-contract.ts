import assert from "node:assert/strict";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import { chainHash, genesisHash } from "../../domain/facts/chain.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { parseSubject } from "../../domain/stock/decision.ts";
import {
  type Chance,
  chanceOf,
  type SampleMovement,
  sampleStore,
  shuffled,
} from "../../domain/stock/sample-store.ts";
import { stockOf } from "../../domain/stock/stock-of.ts";
import type { StoreSettings } from "../../sync/protocol/wire.ts";
import { judgeFact } from "./judge-fact.ts";
import { sha256 } from "./sha256.ts";
import type { StorePort } from "./store-port.ts";

type Promises = Readonly<Record<string, (store: StorePort) => Promise<void>>>;

const atMs = Date.UTC(2026, 10, 30);

/** What every adapter must do for counts. */
export const stockPromises: Promises = {
  "[C2] stock is the reference's, in whatever order facts arrive, seeds 1 to 25": async (store) => {
    const [settings] = await store.stores();
    assert.ok(settings);
    for (let seed = 1; seed <= 25; seed++) await compareSeed(store, settings, seed);
  },
};

/** A store of its own for each seed; facts come in batches, in an order that keeps each terminal's. */
async function compareSeed(store: StorePort, settings: StoreSettings, seed: number): Promise<void> {
  const sample = sampleStore(seed);
  const chance = chanceOf(seed * 15_485_863);
  const storeId = `counting-${seed}`;
  await store.createStore({ ...settings, storeId }, []);
  const facts: AnyFact[] = [];
  const storeMovements: SampleMovement[] = [];
  const heads = new Map<string, string>();
  for (const terminalId of new Set(sample.journals.flat().map((fact) => fact.terminalId))) {
    await enrol(store, storeId, terminalId);
  }
  for (const batch of batches(shuffled(sample, chance), chance)) {
    const [first] = batch;
    if (first !== undefined && !("type" in first)) {
      storeMovements.push(first);
      await open(store, storeId, first);
      continue;
    }
    const taken = batch.filter((item) => "type" in item);
    facts.push(...taken);
    await commit(store, storeId, taken, heads);
  }
  const goods = stockOf({ facts, storeMovements });
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

/** Runs of one terminal's epoch, cut at random. */
function batches(
  items: readonly (AnyFact | SampleMovement)[],
  chance: Chance,
): (AnyFact | SampleMovement)[][] {
  const found: (AnyFact | SampleMovement)[][] = [];
  for (const item of items) {
    const last = found.at(-1)?.at(-1);
    const continues =
      last !== undefined &&
      "type" in last &&
      "type" in item &&
      last.terminalId === item.terminalId &&
      last.epoch === item.epoch &&
      chance(6) > 0;
    if (continues) found.at(-1)?.push(item);
    else found.push([item]);
  }
  return found;
}

async function commit(
  store: StorePort,
  storeId: string,
  facts: readonly AnyFact[],
  heads: Map<string, string>,
): Promise<void> {
  const [first] = facts;
  assert.ok(first);
  const { terminalId, epoch } = first;
  const chain = `${terminalId} ${epoch}`;
  let hash = heads.get(chain) ?? genesisHash;
  const expected = { epoch, seq: first.seq - 1, hash };
  const judged = facts.map((fact) => {
    const body = canonicalJson(fact as unknown as Json);
    hash = chainHash(sha256, hash, body);
    return judgeFact({ body, hash }, { terminalId, epoch, seq: fact.seq });
  });
  heads.set(chain, hash);
  assert.deepEqual(
    judged.filter(({ verdict }) => verdict === "parked"),
    [],
  );
  const batch = { storeId, terminalId, expected, facts: judged, receivedAtMs: atMs };
  assert.equal(await store.commitFacts(batch), "committed");
}

async function open(store: StorePort, storeId: string, movement: SampleMovement): Promise<void> {
  const { sku, deltaMilli: openingMilli, atMs: movedAtMs } = movement;
  const good = { sku, name: sku, gtins: [], priceMinor: 1, taxCategory: "zero" };
  const items = [{ product: { ...good, unit: "each" as const }, openingMilli }];
  await store.importCatalogue({ storeId, atMs: movedAtMs, items });
}

async function enrol(store: StorePort, storeId: string, terminalId: string): Promise<void> {
  const codeHash = sha256(terminalId);
  await store.addEnrolmentCode({ storeId, codeHash, expiresAtMs: atMs });
  const redemption = { codeHash, atMs, terminalId, name: "Till", secretHash: codeHash };
  assert.ok(await store.redeemEnrolmentCode({ ...redemption, publicKey: null }));
}
