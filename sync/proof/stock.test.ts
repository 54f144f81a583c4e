import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../cloud-infra/service/sqlite/sqlite-store.ts";
import { openStockRig, type StockRig } from "../../cloud-infra/service/stock-rig.ts";
import type { StorePort } from "../../cloud-infra/service/store-port.ts";
import { chanceOf, sampleStore } from "../../domain/stock/sample-store.ts";
import { stockOf } from "../../domain/stock/stock-of.ts";
import { createSyncLedger } from "../../host/loops/sync-ledger.ts";
import { type Ledger, ledgerOn } from "../../ledger/ledger.ts";
import { openDatabase } from "../../ledger/open-database.ts";
import { rebuildLedger, verifyLedger } from "../../ledger/verify.ts";
import { changeSchema, type StoreSettings } from "../protocol/wire.ts";

const settings: StoreSettings = {
  storeId: "store",
  storeName: "Counting Store",
  addressLines: [],
  receiptFooter: [],
  timeZone: "Europe/Berlin",
  pricing: {
    currency: "EUR",
    pricesIncludeTax: true,
    taxRatesPpm: { zero: 0 },
    taxRounding: "line",
    rounding: "half-away",
  },
  weighedTemplates: [],
};

let store: StorePort;

beforeAll(() => {
  store = openSqliteStore(":memory:");
});
afterAll(() => store.close());

/** A till that only listens: its ledger is the real one. */
function createListener({ storeId }: StockRig) {
  const ledger = ledgerOn(openDatabase(":memory:"));
  const terminalId = "01900000-0000-7000-8000-0000000000ee";
  const sync = createSyncLedger(ledger, { terminalId, storeId, tillNumber: 9 });
  return {
    ledger,
    async bootstrap(limit: number): Promise<void> {
      sync.beginSnapshot("new-till");
      for (let after: string | null = null; ; ) {
        const page = await store.snapshot({ storeId, after, limit, maxBytes: 1e6 });
        sync.takeSnapshotPage(page);
        after = page.next;
        if (after === null) return;
      }
    },
    async read(limit: number): Promise<void> {
      for (;;) {
        const { known } = sync.seen();
        const query = { storeId, after: sync.cursor(), limit, maxBytes: 1e6, without: null };
        const page = await store.changes({ ...query, known });
        expect(page.outcome).toBe("page");
        const changes = page.changes.map(({ kind, text }) =>
          changeSchema.parse(kind === "fact" ? { kind, body: text } : JSON.parse(text)),
        );
        sync.applyChanges(changes, page.cursor);
        if (page.cursor >= page.upTo) return;
      }
    },
  };
}

function levelsOf(ledger: Ledger, skus: readonly string[]) {
  return Object.fromEntries(skus.map((sku) => [sku, ledger.stock.levelMilli(sku)]));
}

describe("[C2] [D2] tills agree with their cloud and the reference, whenever they joined", () => {
  it.each(Array.from({ length: 20 }, (_, i) => i + 1))("seed %i", async (seed) => {
    const sample = sampleStore(seed + 1_000, 80);
    const chance = chanceOf(seed * 32_452_843);
    const rig = await openStockRig(store, { storeId: `s${seed}`, settings, sample, chance });
    const early = createListener(rig);
    const late = createListener(rig);
    const joinsAt = 5 + chance(40);
    for (let step = 0; await rig.step(); step++) {
      if (chance(4) === 0) await early.read(1 + chance(9));
      if (step === joinsAt) await late.bootstrap(1 + chance(5));
      if (step > joinsAt && chance(5) === 0) await late.read(1 + chance(9));
      // Too long away: the whole store anew, over what is there.
      if (step === joinsAt + 25) await late.bootstrap(1 + chance(5));
    }
    await early.read(100);
    await late.read(100);
    const reference = stockOf(rig);
    const expected = Object.fromEntries(
      sample.skus.map((sku) => [sku, reference.get(sku)?.levelMilli ?? 0]),
    );
    for (const { ledger } of [early, late]) {
      expect(levelsOf(ledger, sample.skus)).toEqual(expected);
      expect(verifyLedger(ledger)).toEqual(expect.objectContaining({ intact: true }));
      rebuildLedger(ledger);
      expect(levelsOf(ledger, sample.skus)).toEqual(expected);
      ledger.close();
    }
  });
});
