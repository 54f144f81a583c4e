import { currencyExponent } from "../../domain/values/currency.ts";
import type { ProductChanges } from "../../domain/catalogue/product-edit.ts";
import { uuidv7 } from "../../domain/values/id.ts";
import type { Clock, Random } from "../../domain/values/ports.ts";
import type { StoreSettings, WirePerson } from "../../sync/protocol/wire.ts";
import {
  type CatalogueCsvItem,
  type CatalogueCsvProgress,
  type CatalogueCsvRefusal,
  readCatalogueCsv,
} from "../service/catalogue-csv.ts";
import type { CatalogueCsvRules } from "../service/catalogue-csv-row.ts";
import { type Retried, retryParked } from "../service/retry-parked.ts";
import type {
  CatalogueItem,
  ImportedCatalogue,
  ParkedFact,
  StoreException,
  StorePort,
} from "../service/store-port.ts";
import type { TerminalAccess } from "../service/terminal-access.ts";
import { enrolmentCodeLifetimeMs } from "./admin-protocol.ts";

/** What the owner of the store server does to it; the launcher asks over `admin-http.ts`. */
export interface Admin {
  stores(): Promise<readonly StoreSettings[]>;
  /** False, and nothing changed, when the store is there already. */
  createStore(settings: StoreSettings, people: readonly WirePerson[]): Promise<boolean>;
  /** [A1] Good for one terminal, for a quarter of an hour. */
  createEnrolmentCode(storeId: string, request?: CodeRequest): Promise<string>;
  /** [D4] Good rows of the file join the catalogue together; each refused row is told. */
  importCatalogue(request: ImportRequest): Promise<ImportReport>;
  /** False when the store has no such good. */
  removeProduct(storeId: string, sku: string): Promise<boolean>;
  /** [C3] The head office changes fields of a good. False when the store has no such good. */
  editProduct(edit: AdminEdit): Promise<boolean>;
  /** [C6] Adds people or changes them; who may no longer sell is `active: false`. */
  putPeople(storeId: string, people: readonly WirePerson[]): Promise<void>;
  /** [U8] What could not be applied, with the facts' own text: to be kept as a file. */
  parked(storeId: string): Promise<readonly ParkedFact[]>;
  /** [U8] Judges all of it again. */
  retryParked(storeId: string): Promise<Retried>;
  /** What asks a person to look, newest first. */
  exceptions(storeId: string): Promise<readonly StoreException[]>;
}

export interface AdminEdit {
  readonly storeId: string;
  readonly sku: string;
  readonly changes: ProductChanges;
  /** Whose word it is, for people. */
  readonly who: string;
}

export interface CodeRequest {
  /** [R4] Number of the lost till whose place the new one takes. */
  readonly replaces?: number | undefined;
  /** [A4] Number of the till that enrols again, its ledger at hand. */
  readonly renews?: number | undefined;
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
  readonly random: Random;
  /** Tells a store's terminals that there is something new. */
  readonly announce: (storeId: string) => void;
}

/** Longer lists are no list for a person. */
const mostListed = 10_000;

export function createAdmin(world: AdminWorld): Admin {
  const { store, access, clock, announce } = world;
  return {
    ...createCatalogueAdmin(world),
    stores: () => store.stores(),
    createStore: (settings, people) => store.createStore(settings, people),
    async createEnrolmentCode(storeId, { replaces, renews } = {}) {
      if (replaces !== undefined && renews !== undefined) {
        throw new Error("a till is either lost and replaced, or enrols again: not both");
      }
      const tills = (replaces ?? renews) ? await store.tills(storeId) : [];
      const idOf = (number: number | undefined) => {
        const till = tills.find(({ tillNumber }) => tillNumber === number);
        if (till === undefined && number !== undefined) {
          throw new Error(`the store has no till ${number}`);
        }
        return till?.terminalId;
      };
      return access.createCode(storeId, enrolmentCodeLifetimeMs, idOf(replaces), idOf(renews));
    },

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

function createCatalogueAdmin({ store, clock, random, announce }: AdminWorld) {
  return {
    async editProduct({ storeId, sku, changes, who }: AdminEdit) {
      const editId = uuidv7(clock, random);
      const atMs = clock.now();
      const edited = await store.editProduct({ storeId, sku, changes, who, editId, atMs });
      if (edited) announce(storeId);
      return edited;
    },
    async putPeople(storeId: string, people: readonly WirePerson[]) {
      await store.putPeople(storeId, people);
      announce(storeId);
    },
    parked: (storeId: string) => store.parked(storeId, mostListed),
    exceptions: (storeId: string) => store.exceptions(storeId, mostListed),
    async retryParked(storeId: string) {
      const retried = await retryParked(store, { storeId, by: "", atMs: clock.now() });
      if (retried.applied > 0) announce(storeId);
      return retried;
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
