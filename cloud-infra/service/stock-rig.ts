import assert from "node:assert/strict";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import { chainHash, genesisHash } from "../../domain/facts/chain.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import type { Chance, SampleMovement, SampleStore } from "../../domain/stock/sample-store.ts";
import { epochsApart, shuffled } from "../../domain/stock/sample-store.ts";
import type { StoreSettings } from "../../sync/protocol/wire.ts";
import { judgeFact } from "./judge-fact.ts";
import { sha256, sha256Bytes } from "./sha256.ts";
import type { StorePort } from "./store-port.ts";

/** A made-up store (`domain/stock/sample-store.ts`) told to the cloud, batch by batch. */
export interface StockRig {
  readonly storeId: string;
  /** What the cloud was told so far. */
  readonly facts: readonly AnyFact[];
  readonly storeMovements: readonly SampleMovement[];
  /** Tells the next batch; false when all was told. */
  step(): Promise<boolean>;
}

const atMs = Date.UTC(2026, 10, 30);

/** A store of its own for each seed; facts come in an order that keeps that of each terminal's epochs. */
export async function openStockRig(
  store: StorePort,
  {
    sample,
    chance,
    ...made
  }: {
    readonly storeId: string;
    readonly settings: StoreSettings;
    readonly sample: SampleStore;
    readonly chance: Chance;
  },
): Promise<StockRig> {
  const { storeId } = made;
  await store.createStore({ ...made.settings, storeId }, []);
  for (const terminalId of new Set(sample.journals.flat().map((fact) => fact.terminalId))) {
    await enrolTill(store, storeId, terminalId);
  }
  const facts: AnyFact[] = [];
  const storeMovements: SampleMovement[] = [];
  const hashes = new Map<string, string>();
  const waiting = batches(shuffled(epochsApart(sample), chance), chance);
  return {
    storeId,
    facts,
    storeMovements,
    async step() {
      const batch = waiting.shift();
      if (batch === undefined) return false;
      const movements = batch.flatMap((item) => ("type" in item ? [] : [item]));
      for (const movement of movements) await open(store, storeId, movement);
      storeMovements.push(...movements);
      const taken = batch.filter((item) => "type" in item);
      if (taken.length > 0) await commit(store, storeId, taken, hashes);
      facts.push(...taken);
      return true;
    },
  };
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

export async function enrolTill(
  store: StorePort,
  storeId: string,
  terminalId: string,
): Promise<void> {
  const codeHash = sha256Bytes(terminalId);
  await store.addEnrolmentCode({ storeId, codeHash, expiresAtMs: atMs });
  const redemption = { codeHash, atMs, terminalId, name: "Till", secretHash: codeHash };
  assert.ok(await store.redeemEnrolmentCode({ ...redemption, publicKey: null }));
}
