import type { Database } from "better-sqlite3";
import type { AnyFact } from "../domain/facts/fact.ts";
import { assert } from "../domain/values/assert.ts";
import { explainedByDisk } from "./ask-disk.ts";
import { createHighWaterFile, type HighWaterFile } from "./high-water.ts";
import { compilingLate } from "./late-statements.ts";
import { assertDurable, openDatabase } from "./open-database.ts";
import { createProjections, type Projections } from "./projections/projections.ts";
import { createCatalogueSearch, type SearchCatalogue } from "./search/search-catalogue.ts";
import { type AccountTable, createAccountTable } from "./tables/accounts.ts";
import { type CardPaymentTable, createCardPaymentTable } from "./tables/card-payments.ts";
import { type CartTable, createCartTable } from "./tables/carts.ts";
import { type CatalogueRange, createCatalogueRange } from "./tables/catalogue-range.ts";
import { type CatalogueTable, createCatalogueTable } from "./tables/catalogue.ts";
import { type CommandTable, createCommandTable } from "./tables/commands.ts";
import { createExceptionTable, type ExceptionTable } from "./tables/exceptions.ts";
import { createHearsayTable, type HearsayTable } from "./tables/hearsay.ts";
import { createHubMarkTable, type HubMarkTable } from "./tables/hub-mark.ts";
import { createJournalTable, type JournalTable, type NewFact } from "./tables/journal.ts";
import { createLedgerIdTable, type LedgerIdTable } from "./tables/ledger-id.ts";
import { createOwnEditTable, type OwnEditTable } from "./tables/own-edits.ts";
import { createPendingPriceTable, type PendingPriceTable } from "./tables/pending-prices.ts";
import { createPeopleTable, type PeopleTable } from "./tables/people.ts";
import { createPlaces, type Places } from "./tables/places.ts";
import { createPrintJobTable, type PrintJobTable } from "./tables/print-jobs.ts";
import { createReceiptTable, type ReceiptTable } from "./tables/receipts.ts";
import { createRelayTable, type RelayTable } from "./tables/relay.ts";
import { createSettingsTable, type SettingsTable } from "./tables/settings.ts";
import { createShiftTable, type ShiftTable } from "./tables/shifts.ts";
import { createSnapshotTable, type SnapshotTable } from "./tables/snapshot.ts";
import { createStockCountTable, type StockCountTable } from "./tables/stock-counts.ts";
import { createStockTable, type StockTable } from "./tables/stock.ts";
import { createSuspendedSaleTable, type SuspendedSaleTable } from "./tables/suspended-sales.ts";
import { createSyncTable, type SyncTable } from "./tables/sync.ts";
import { createTerminalTable, type TerminalTable } from "./tables/terminals.ts";

/** A terminal's ledger: one SQLite file, one process, every commit on disk before it returns. */
export interface Ledger {
  /**
   * Runs `work` in one transaction: all of it happened or none of it. `work` must not wait for anything.
   * A thrown error rolls back and is thrown on.
   */
  write<T>(work: () => T extends Promise<unknown> ? never : T): T;
  /** Appends a fact and folds it, inside `write`. */
  append(terminalId: string, fact: NewFact): { readonly fact: AnyFact; readonly position: number };
  readonly journal: JournalTable;
  readonly projections: Projections;
  readonly carts: CartTable;
  readonly cardPayments: CardPaymentTable;
  readonly catalogue: CatalogueTable;
  readonly catalogueRange: CatalogueRange;
  readonly commands: CommandTable;
  readonly exceptions: ExceptionTable;
  readonly ownEdits: OwnEditTable;
  readonly accounts: AccountTable;
  readonly pendingPrices: PendingPriceTable;
  readonly highWater: HighWaterFile;
  readonly ledgerId: LedgerIdTable;
  readonly people: PeopleTable;
  readonly places: Places;
  readonly printJobs: PrintJobTable;
  readonly hearsay: HearsayTable;
  readonly hubMark: HubMarkTable;
  readonly receipts: ReceiptTable;
  readonly relay: RelayTable;
  readonly search: SearchCatalogue;
  readonly settings: SettingsTable;
  readonly shifts: ShiftTable;
  readonly snapshot: SnapshotTable;
  readonly stock: StockTable;
  readonly stockCounts: StockCountTable;
  readonly suspendedSales: SuspendedSaleTable;
  readonly sync: SyncTable;
  readonly terminals: TerminalTable;
  /** Commits a note that means nothing, to learn whether the disk takes again. Throws where it does not. */
  tryDisk(): void;
  /** Moves the log into the database file; for quiet moments. */
  checkpoint(): void;
  close(): void;
  /** For `verify`, `rebuild` and benchmarks only. */
  readonly database: Database;
}

/** Opens the ledger at `path`, making it when there is none. Errors: see `openDatabase`. */
export function openLedger(path: string): Ledger {
  const db = openDatabase(path);
  try {
    return ledgerOn(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The ledger over an open, migrated database. `db`: the same, as the tables are to ask it. */
export function ledgerOn(database: Database, db = compilingLate(database)): Ledger {
  const journal = createJournalTable(db);
  const places = createPlaces(db);
  const projections = createProjections(db, places);
  const catalogue = createCatalogueTable(db);
  const people = createPeopleTable(db);
  const sync = createSyncTable(db);
  const snapshot = createSnapshotTable(db);
  const hubMark = createHubMarkTable(db);
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const rollback = db.prepare("ROLLBACK");
  const tried = db.prepare(
    "INSERT INTO setting VALUES ('tried', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1",
  );
  let isDurable = false;

  return {
    write(work) {
      assert(!db.inTransaction, "transactions do not nest");
      begin.run();
      try {
        const value = work();
        if (!isDurable) assertDurable(db);
        isDurable = true;
        commit.run();
        return value;
      } catch (error) {
        // SQLite has rolled back by itself where the disk is full or broken.
        if (db.inTransaction) rollback.run();
        journal.reload();
        people.reload();
        projections.reload();
        sync.reload();
        snapshot.reload();
        hubMark.reload();
        throw explainedByDisk(error, db.name);
      }
    },
    append(terminalId, newFact) {
      assert(db.inTransaction, "a fact is appended inside a transaction");
      const { fact, position } = journal.append(terminalId, newFact);
      projections.apply(fact, position);
      return { fact, position };
    },
    journal,
    projections,
    carts: createCartTable(db),
    cardPayments: createCardPaymentTable(db),
    catalogue,
    pendingPrices: createPendingPriceTable(db, catalogue),
    catalogueRange: createCatalogueRange(db, catalogue),
    commands: createCommandTable(db),
    exceptions: createExceptionTable(db),
    ownEdits: createOwnEditTable(db),
    accounts: createAccountTable(db),
    highWater: createHighWaterFile(db.name),
    ledgerId: createLedgerIdTable(db),
    people,
    places,
    printJobs: createPrintJobTable(db),
    receipts: createReceiptTable(db, journal),
    hearsay: createHearsayTable(db),
    hubMark,
    relay: createRelayTable(db),
    search: createCatalogueSearch(db, catalogue),
    settings: createSettingsTable(db),
    shifts: createShiftTable(db),
    snapshot,
    stock: createStockTable(db),
    stockCounts: createStockCountTable(db, places),
    suspendedSales: createSuspendedSaleTable(db),
    sync,
    terminals: createTerminalTable(db),
    tryDisk: () => void tried.run(),
    checkpoint: () => void db.pragma("wal_checkpoint(PASSIVE)"),
    close: () => db.close(),
    database,
  };
}
