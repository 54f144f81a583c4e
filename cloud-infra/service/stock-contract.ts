import assert from "node:assert/strict";
import { parseSubject } from "../../domain/stock/decision.ts";
import { chanceOf, sampleStore } from "../../domain/stock/sample-store.ts";
import { stockOf } from "../../domain/stock/stock-of.ts";
import type { StoreSettings } from "../../sync/protocol/wire.ts";
import { openStockRig } from "./stock-rig.ts";
import type { StorePort } from "./store-port.ts";

type Promises = Readonly<Record<string, (store: StorePort) => Promise<void>>>;

/** What every adapter must do for counts. */
export const stockPromises: Promises = {
  "[C2] stock is the reference's, in whatever order facts arrive, seeds 1 to 25": async (store) => {
    const [settings] = await store.stores();
    assert.ok(settings);
    for (let seed = 1; seed <= 25; seed++) await compareSeed(store, settings, seed);
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
