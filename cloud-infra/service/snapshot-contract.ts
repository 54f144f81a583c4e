import assert from "node:assert/strict";
import type { Product } from "../../domain/catalogue/product.ts";
import type { StockBases } from "../../domain/stock/stock-base.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import type { SnapshotPage } from "../../sync/protocol/snapshot.ts";
import { judgeFact } from "./judge-fact.ts";
import type { ContractTills } from "./office-contract.ts";
import { sha256 } from "./sha256.ts";
import type { StorePort } from "./store-port.ts";

type Promises = Readonly<Record<string, (store: StorePort) => Promise<void>>>;

/** What every adapter must do for snapshots and the feed's past. */
export function snapshotPromises(tills: ContractTills): Promises {
  const { storeId, terminalId, atMs } = tills;
  const query = { storeId, after: 0, limit: 1_000, maxBytes: 1e9, without: null };

  return {
    "[D2] a snapshot is all that the store has, in order, whatever the size of its pages": async (
      store,
    ) => {
      await importGoods(store, tills, ["b", "a", "ß", "é", "c"]);
      const whole = await readSnapshot(store, storeId, 1_000);
      assert.deepEqual(skusOf(whole), ["a", "b", "c", "ß", "é"]);
      assert.deepEqual(levelsOf(whole)[0], ["a", 5_000]);
      for (const limit of [1, 2, 3]) {
        const pages = await readSnapshot(store, storeId, limit);
        assert.deepEqual(skusOf(pages), skusOf(whole));
        assert.deepEqual(levelsOf(pages), levelsOf(whole));
        assert.equal(pages.at(-1)?.done, pages[0]?.total);
        assert.deepEqual(rangesOf(pages).at(0)?.[0], null);
        assert.deepEqual(rangesOf(pages).at(-1)?.[1], null);
      }
    },

    "[D2] of what a snapshot brought the feed tells facts only": async (store) => {
      await importGoods(store, tills, ["a"]);
      await sell(store, tills, 1);
      const [page] = await readSnapshot(store, storeId, 1_000);
      const known = page?.asOf ?? 0;
      await importGoods(store, tills, ["b"]);
      const { changes, cursor, upTo } = await store.changes({ ...query, known });
      assert.deepEqual(
        changes.map(({ kind }) => kind),
        ["fact", "product", "movement"],
      );
      assert.equal(cursor, upTo);
    },

    "[D6] forgets what the feed says of old facts, and who is behind needs a snapshot": async (
      store,
    ) => {
      await sell(store, tills, 3);
      const { upTo } = await store.changes(query);
      assert.equal(await store.forgetFeedBefore(storeId, atMs), 0);
      const floor = await store.forgetFeedBefore(storeId, atMs + 1);
      assert.equal(floor, upTo);
      assert.equal(await store.forgetFeedBefore(storeId, atMs + 1), floor);
      const behind = await store.changes({ ...query, after: floor - 1 });
      assert.deepEqual([behind.outcome, behind.why], ["snapshot", "too-old"]);
      const page = await store.changes({ ...query, after: floor });
      assert.deepEqual([page.outcome, page.changes], ["page", []]);
      assert.equal((await store.head(terminalId, 1)).seq, 3);
      assert.equal((await store.parked(storeId, 9)).length, 0);
    },

    "[D2] a snapshot whose beginning the feed no longer reaches begins again": async (store) => {
      await importGoods(store, tills, ["a", "b"]);
      const first = await store.snapshot({ storeId, after: null, limit: 1, maxBytes: 1e9 });
      await sell(store, tills, 2);
      await store.forgetFeedBefore(storeId, atMs + 1);
      const next = { storeId, after: first.next, limit: 1, maxBytes: 1e9 };
      const second = await store.snapshot(next);
      assert.deepEqual([second.outcome, second.next, second.sections], ["restart", null, []]);
    },

    "[D5] a stamp that this database never gave needs a snapshot; its own goes on": async (
      store,
    ) => {
      const { cursor, stamp } = await store.changes(query);
      const same = await store.changes({ ...query, after: cursor, stamp });
      assert.equal(same.outcome, "page");
      const other = await store.changes({ ...query, after: cursor, stamp: "another life" });
      assert.deepEqual([other.outcome, other.why], ["snapshot", "cloud-restored"]);
      const past = await store.changes({ ...query, after: cursor + 1, stamp });
      assert.deepEqual([past.outcome, past.why], ["snapshot", "cloud-restored"]);
    },

    "[R3] a backup put back is told once": async (store) => {
      for (const missing of [0, 7])
        await store.noteRestored({ storeId, terminalId, atMs, missing });
      const open = await store.exceptions(storeId, 10);
      assert.deepEqual(
        open.map(({ kind, times }) => [kind, times]),
        [["cloud-restored", 1]],
      );
    },
  };
}

async function readSnapshot(
  store: StorePort,
  storeId: string,
  limit: number,
): Promise<SnapshotPage[]> {
  const pages: SnapshotPage[] = [];
  let after: string | null = null;
  do {
    const page: SnapshotPage = await store.snapshot({ storeId, after, limit, maxBytes: 1e9 });
    pages.push(page);
    after = page.next;
  } while (after !== null);
  return pages;
}

function sectionsOf(pages: readonly SnapshotPage[], kind: string) {
  return pages.flatMap(({ sections }) => sections.filter((section) => section.kind === kind));
}

function skusOf(pages: readonly SnapshotPage[]): string[] {
  return sectionsOf(pages, "products")
    .flatMap(({ text }) => JSON.parse(text) as Product[])
    .map(({ sku }) => sku);
}

function levelsOf(pages: readonly SnapshotPage[]): [string, number][] {
  return sectionsOf(pages, "stock")
    .flatMap(({ text }) => (JSON.parse(text) as StockBases).bases)
    .map(({ sku, levelMilli }) => [sku, levelMilli]);
}

function rangesOf(pages: readonly SnapshotPage[]): [string | null, string | null][] {
  const ranges = sectionsOf(pages, "products").map(
    ({ after, upTo }): [string | null, string | null] => [after, upTo],
  );
  for (const [i, [after]] of ranges.entries()) {
    if (i > 0) assert.equal(after, ranges[i - 1]?.[1], "each page begins where the last one ended");
  }
  return ranges;
}

async function importGoods(
  store: StorePort,
  { storeId, atMs }: ContractTills,
  skus: readonly string[],
): Promise<void> {
  const items = skus.map((sku) => ({
    product: {
      sku,
      name: sku,
      gtins: [],
      priceMinor: 1,
      unit: "each",
      taxCategory: "zero",
    } as const,
    openingMilli: 5_000,
  }));
  await store.importCatalogue({ storeId, atMs, items });
}

async function sell(
  store: StorePort,
  { storeId, terminalId, atMs }: ContractTills,
  count: number,
): Promise<void> {
  const till = createSampleTill({ terminalId, sha256 });
  for (let i = 0; i < count; i++) till.sell(["milk"]);
  const committed = await store.commitFacts({
    storeId,
    terminalId,
    expected: { epoch: 1, seq: 0, hash: "0".repeat(64) },
    facts: till.facts.map((fact, i) => judgeFact(fact, { terminalId, epoch: 1, seq: i + 1 })),
    receivedAtMs: atMs,
  });
  assert.equal(committed, "committed");
}
