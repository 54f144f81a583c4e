import { currencyExponent } from "../../domain/values/currency.ts";
import type { Clock } from "../../domain/values/ports.ts";
import type { StoreSettings, WirePerson } from "../../sync/protocol/wire.ts";
import {
  type CatalogueCsvItem,
  type CatalogueCsvProgress,
  type CatalogueCsvRefusal,
  readCatalogueCsv,
} from "../service/catalogue-csv.ts";
import type { CatalogueCsvRules } from "../service/catalogue-csv-row.ts";
import type { CatalogueItem, ImportedCatalogue, StorePort } from "../service/store-port.ts";
import type { TerminalAccess } from "../service/terminal-access.ts";

/** What the owner of the store server does to it; the launcher asks over `admin-http.ts`. */
export interface Admin {
  stores(): Promise<readonly StoreSettings[]>;
  /** False, and nothing changed, when the store is there already. */
  createStore(settings: StoreSettings, people: readonly WirePerson[]): Promise<boolean>;
  /** [A1] Good for one terminal, for a quarter of an hour. */
  createEnrolmentCode(storeId: string): Promise<string>;
  /** [D4] Good rows of the file join the catalogue together; each refused row is told. */
  importCatalogue(request: ImportRequest): Promise<ImportReport>;
  /** False when the store has no such good. */
  removeProduct(storeId: string, sku: string): Promise<boolean>;
}

export interface ImportRequest {
  readonly storeId: string;
  /** A CSV file on this machine, plain or gzip-packed. */
  readonly file: string;
  readonly onProgress?: ((progress: CatalogueCsvProgress) => void) | undefined;
  readonly onRefused?: ((refusal: CatalogueCsvRefusal) => void) | undefined;
}

/** `unreadable`: the file as a whole, why; then nothing of it was imported. */
export interface ImportReport {
  readonly imported: ImportedCatalogue | null;
  readonly refused: number;
  readonly unreadable: string | null;
}

export interface AdminWorld {
  readonly store: StorePort;
  readonly access: TerminalAccess;
  readonly clock: Pick<Clock, "now">;
  /** Tells a store's terminals that there is something new. */
  readonly announce: (storeId: string) => void;
}

const codeLifetimeMs = 15 * 60_000;

export function createAdmin({ store, access, clock, announce }: AdminWorld): Admin {
  return {
    stores: () => store.stores(),
    createStore: (settings, people) => store.createStore(settings, people),
    createEnrolmentCode: (storeId) => access.createCode(storeId, codeLifetimeMs),

    async importCatalogue({ storeId, file, onProgress, onRefused }) {
      const settings = (await store.stores()).find((known) => known.storeId === storeId);
      if (settings === undefined) throw new Error(`there is no store ${storeId}`);
      let refused = 0;
      const rows = readCatalogueCsv(file, { ...rulesOf(settings), onProgress });
      const items = goodsOf(rows, (refusal) => {
        refused += 1;
        onRefused?.(refusal);
      });
      try {
        const imported = await store.importCatalogue({ storeId, atMs: clock.now(), items });
        announce(storeId);
        return { imported, refused, unreadable: null };
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        return { imported: null, refused, unreadable: error.message };
      }
    },

    async removeProduct(storeId, sku) {
      const removed = await store.removeProduct(storeId, sku);
      if (removed) announce(storeId);
      return removed;
    },
  };
}

/** Breaks an import off, so that nothing of it is kept. */
class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

async function* goodsOf(
  rows: AsyncIterable<CatalogueCsvItem>,
  refuse: (refusal: CatalogueCsvRefusal) => void,
): AsyncGenerator<CatalogueItem> {
  for await (const item of rows) {
    switch (item.kind) {
      case "good": {
        const { stockMilli, ...product } = item.product;
        // No stock told and none there look alike in a file: neither states a level.
        yield { product, openingMilli: stockMilli === 0 ? undefined : stockMilli };
        break;
      }
      case "refused": {
        const { row, column, value, why } = item;
        refuse({ row, column, value, why });
        break;
      }
      case "unreadable":
        throw new UnreadableFile(`row ${item.row}: ${item.why}`);
    }
  }
}

/**
 * The first category is what goods get of which the file says nothing: the usual one is the
 * dearest.
 */
function rulesOf({ pricing }: StoreSettings): CatalogueCsvRules {
  const [first, ...others] = Object.entries(pricing.taxRatesPpm)
    .map(([category, ratePpm]) => ({ category, ratePpm }))
    .toSorted((a, b) => b.ratePpm - a.ratePpm);
  if (first === undefined) throw new Error("the store has no tax category");
  return {
    currencyExponent: currencyExponent(pricing.currency),
    taxCategories: [first, ...others],
  };
}
