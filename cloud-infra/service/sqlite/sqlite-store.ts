import type { Database } from "better-sqlite3";
import { canonicalJson } from "../../../domain/facts/canonical.ts";
import type { SettledCount } from "../../../domain/stock/settle.ts";
import type { CountedGood } from "../../../domain/stock/stock-of.ts";
import type { StoreSettings, WirePerson } from "../../../sync/protocol/wire.ts";
import type { SnapshotPort } from "../snapshot-port.ts";
import type { StockLevel, StorePort } from "../store-port.ts";
import { createMoveAccounts } from "./accounts.ts";
import { createApplyFacts } from "./apply-facts.ts";
import { createCatalogue } from "./catalogue.ts";
import { createChains } from "./chains.ts";
import { createCloseOversold } from "./close-oversold.ts";
import { createCountRows } from "./count-rows.ts";
import { createExceptionLists, createExceptions, type RaiseException } from "./exceptions.ts";
import { createApplyEffect, createEffectTools } from "./fact-effects.ts";
import { createFeedReader, createFeedWriter, type LatestNews, type OpenFeed } from "./feed.ts";
import type { Gather } from "./group-commit.ts";
import { createForgetFeed } from "./forget-feed.ts";
import { createLedgers } from "./ledgers.ts";
import { createLineage, type Lineage } from "./lineage.ts";
import { createNewestChain } from "./newest-chain.ts";
import { createNumbers, type Numbers } from "./numbers.ts";
import { createOffice } from "./office.ts";
import { openDatabase } from "./open-database.ts";
import { createOfficeEdits } from "./office-edits.ts";
import { createParkedList } from "./parked.ts";
import { createNoteRestored } from "./restored.ts";
import { createRetryParked } from "./retry-parked.ts";
import { createSnapshotReader, type SnapshotTools } from "./snapshot.ts";
import { createStockBaseReader } from "./stock-bases.ts";
import { createSettleStock } from "./settle-stock.ts";
import { createTerminals } from "./terminals.ts";

export interface SqliteStoreOptions {
  /** Lets pushes that arrive together share a transaction; each by itself when left out. */
  readonly gather?: Gather | undefined;
}

/**
 * The embedded store: one SQLite file, one connection, one process. Methods are async because the
 * port is; each does its work before it returns, but for pushes that are gathered.
 */
export function openSqliteStore(path: string, { gather }: SqliteStoreOptions = {}): StorePort {
  const db = openDatabase(path);
  const numbers = createNumbers(db);
  const lineage = createLineage(db);
  const news: LatestNews = new Map();
  const openFeed = createFeedWriter(db, news);
  const exceptions = createExceptions(db, { numbers, openFeed });
  const { raise } = exceptions;
  const effects = createEffectTools(db, exceptions);
  const countRows = createCountRows(db, numbers);
  const bases = createStockBaseReader(db, countRows);
  const settleStock = createSettleStock(db, { rows: countRows, exceptions });
  const applyEffect = createApplyEffect(db, effects);
  const applyFacts = createApplyFacts({
    settleStock,
    exceptions,
    applyEffect,
    moveAccounts: createMoveAccounts(db, exceptions),
    closeOversold: createCloseOversold(db, exceptions),
  });
  const { settle, ...chains } = createChains(db, {
    ...{ numbers, openFeed, applyFacts, exceptions, gather },
  });
  const pages = { numbers, lineage, bases, newestChain: createNewestChain(db, numbers) };
  const page = createFeedReader(db, pages);
  return {
    ...createStores(db, openFeed, lineage),
    ...createTerminals(db, numbers),
    ...chains,
    ...createCatalogue(db, { numbers, openFeed, effects, countRows }),
    ...createExceptionLists(db, numbers),
    ...createParkedList(db, numbers),
    ...createOfficeEdits(db, { numbers, openFeed, effects }),
    ...createRetryParked(db, { numbers, openFeed, exceptions, applyFacts }),
    ...createOffice(db, numbers),
    ...createLedgers(db, numbers),
    ...createSnapshots(db, { ...pages, raise }),
    latestNews: createLatestNews(db, numbers, news),
    changes: async (query) => page(query),
    raiseException: async (exception) => raise(exception),
    stock: createStockList(db, numbers),
    stockCounts: async (storeId, sku) =>
      countRows.stock(numbers.store(storeId), sku).counts.map(countedGood),
    close: async () => {
      settle();
      db.close();
    },
  };
}

/** [D1] Looked up once: what was written before this process began counts as well. */
function createLatestNews(db: Database, numbers: Numbers, news: LatestNews) {
  const last = db
    .prepare<[number], number>(
      `SELECT position FROM feed WHERE store_no = ? AND fact_no IS NULL
       ORDER BY position DESC LIMIT 1`,
    )
    .pluck();
  return async (storeId: string): Promise<number> => {
    const storeNo = numbers.store(storeId);
    const known = news.get(storeNo) ?? last.get(storeNo) ?? 0;
    news.set(storeNo, known);
    return known;
  };
}

function createSnapshots(
  db: Database,
  tools: SnapshotTools & { readonly raise: RaiseException },
): SnapshotPort {
  const { numbers } = tools;
  const read = createSnapshotReader(db, tools);
  const forget = createForgetFeed(db);
  const noteRestored = createNoteRestored(db, tools);
  return {
    snapshot: async (query) => read(query),
    forgetFeedBefore: async (storeId, beforeMs) => forget(numbers.store(storeId), beforeMs),
    noteRestored: async (noticed) => noteRestored(noticed),
  };
}

function createStores(
  db: Database,
  openFeed: OpenFeed,
  lineage: Lineage,
): Pick<StorePort, "createStore" | "stores"> {
  const isThere = db.prepare<[string], 1>("SELECT 1 FROM store WHERE store_id = ?").pluck();
  const insert = db.prepare("INSERT INTO store (store_id, settings, feed_end) VALUES (?, ?, 0)");
  const insertPerson = db.prepare(
    "INSERT INTO person (store_no, person_id, text, position) VALUES (?, ?, ?, ?)",
  );
  const settings = db.prepare<[], string>("SELECT settings FROM store ORDER BY store_no").pluck();

  const create = db.transaction((store: StoreSettings, people: readonly WirePerson[]): boolean => {
    if (isThere.get(store.storeId) === 1) return false;
    const storeNo = Number(insert.run(store.storeId, canonicalJson(store)).lastInsertRowid);
    lineage.begin(storeNo);
    const feed = openFeed(storeNo);
    feed.append({ kind: "settings", subject: store.storeId });
    for (const person of people) {
      const position = feed.append({ kind: "person", subject: person.personId });
      insertPerson.run(storeNo, person.personId, canonicalJson(person), position);
    }
    feed.finish();
    return true;
  });

  return {
    createStore: async (store, people) => create.immediate(store, people),
    stores: async () => settings.all().map((text) => JSON.parse(text) as StoreSettings),
  };
}

function countedGood({ mark, countedMilli, beforeMilli }: SettledCount): CountedGood {
  return { countId: mark.countId, countedMilli, beforeMilli };
}

function createStockList(db: Database, numbers: Numbers): StorePort["stock"] {
  const select = db.prepare<[number, string], StockLevel>(
    "SELECT sku, level_milli AS levelMilli FROM stock WHERE store_no = ? AND sku = ?",
  );
  return async (storeId, skus) => {
    const storeNo = numbers.store(storeId);
    return skus.flatMap((sku) => select.get(storeNo, sku) ?? []);
  };
}
