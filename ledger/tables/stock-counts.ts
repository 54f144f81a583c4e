import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../domain/facts/fact.ts";
import { storePlace } from "../../domain/stock/place.ts";
import type { CountMark } from "../../domain/stock/stock-base.ts";
import type { ClockReading, CorrectedTime } from "../../domain/values/clock-reading.ts";
import { createStockRows, type Moved } from "../projections/stock-rows.ts";
import { storedJson } from "../stored-json.ts";
import type { Places } from "./places.ts";

/** [C2] One count of one good. */
export interface StockCountRow {
  readonly sku: string;
  readonly mark: CountMark;
  readonly countedMilli: number;
  /** What the counter's ledger knew; null where only a snapshot told of the count. */
  readonly expectedMilli: number | null;
  readonly beforeMilli: number;
  /** Journal position, or minus a store fact's; 0 where only a snapshot told of it. */
  readonly source: number;
  readonly isLatest: boolean;
  /** Movements near it had to be assumed after it. */
  readonly isUncertain: boolean;
}

/** A movement whose place after the newest count is assumed. */
export interface UncertainRow extends Moved {
  readonly sku: string;
  readonly place: FactPosition;
  readonly at: CorrectedTime;
}

export interface StockCountTable {
  /** The newest count of a good. */
  latest(sku: string): StockCountRow | null;
  /** Newest first, of one good or of all. */
  list(sku: string | null, limit: number, offset: number): StockCountRow[];
  uncertain(sku: string | null): UncertainRow[];
  /** What this ledger has taken in of every chain but `terminalId`'s: what a count says of itself. */
  applied(terminalId: string): FactPosition[];
  /** The greatest `countedAtMs` of these goods' counts; 0: none. */
  newestAtMs(skus: readonly string[]): number;
  /** Time of the newest store movement of a good; null: none. */
  storeAtMs(sku: string): number | null;
  /** [L1] The clock reading by which a fact at `place` is read. */
  readingAt(place: FactPosition): ClockReading | null;
}

interface Row extends Omit<StockCountRow, "mark" | "isLatest" | "isUncertain"> {
  readonly countId: string;
  readonly isLatest: number;
  readonly isUncertain: number;
}

const columns = `SELECT c.sku, c.count_id AS countId, c.counted_milli AS countedMilli,
    c.expected_milli AS expectedMilli, c.before_milli AS beforeMilli,
    ifnull((SELECT source FROM count_mark m WHERE m.count_id = c.count_id), 0) AS source,
    NOT EXISTS (SELECT 1 FROM stock_count l WHERE l.sku = c.sku
      AND (l.counted_at_ms, l.count_id) > (c.counted_at_ms, c.count_id)) AS isLatest,
    EXISTS (SELECT 1 FROM stock_uncertain u WHERE u.sku = c.sku) AS isUncertain
  FROM stock_count c`;

export function createStockCountTable(db: Database, places: Places): StockCountTable {
  const rows = createStockRows(db, places);
  const ofGood = db.prepare<[string, number, number], Row>(
    `${columns} WHERE c.sku = ? ORDER BY c.counted_at_ms DESC, c.count_id DESC LIMIT ? OFFSET ?`,
  );
  const ofAll = db.prepare<[number, number], Row>(
    `${columns} ORDER BY c.counted_at_ms DESC, c.count_id DESC, c.sku DESC LIMIT ? OFFSET ?`,
  );
  const uncertain = db.prepare<[string | null], Moved & { readonly sku: string }>(
    `SELECT sku, at_ms AS atMs, source, delta_milli AS deltaMilli FROM stock_uncertain
     WHERE sku = ifnull(?, sku) ORDER BY sku, at_ms, source`,
  );

  function countRow(row: Row): StockCountRow {
    const { countId, isLatest, isUncertain, ...rest } = row;
    // A mark may have moved to another place since it was read.
    rows.forgetMarks();
    return {
      ...rest,
      mark: rows.mark(countId),
      isLatest: isLatest === 1,
      isUncertain: isLatest === 1 && isUncertain === 1,
    };
  }

  function latest(sku: string): StockCountRow | null {
    const row = ofGood.get(sku, 1, 0);
    return row === undefined ? null : countRow(row);
  }

  return {
    latest,
    list: (sku, limit, offset) =>
      (sku === null ? ofAll.all(limit, offset) : ofGood.all(sku, limit, offset)).map(countRow),
    uncertain(sku) {
      rows.forgetMarks();
      return uncertain.all(sku).map((row) => {
        const { place, at } = rows.entry(row);
        return { ...row, place, at: at() };
      });
    },
    ...createKnowledge(db, places),
    readingAt: (place) => rows.readingAt(place),
  };
}

/** What a count has to say of what its till knew. */
function createKnowledge(
  db: Database,
  places: Places,
): Pick<StockCountTable, "applied" | "newestAtMs" | "storeAtMs"> {
  const newest = db
    .prepare<[string], number>(
      `SELECT coalesce(max(counted_at_ms), 0) FROM stock_count
       WHERE sku IN (SELECT value FROM json_each(?))`,
    )
    .pluck();
  const storeAt = db
    .prepare<{ sku: string }, number | null>(
      `SELECT max(at_ms) FROM (
         SELECT max(at_ms) AS at_ms FROM store_movement WHERE sku = @sku UNION ALL
         SELECT json_extract(base, '$.storeAtMs') FROM stock_base WHERE sku = @sku)`,
    )
    .pluck();
  const heads = db
    .prepare<[], string>(
      `SELECT heads -> '$.heads' FROM stock_base_page
       WHERE page_no IN (SELECT DISTINCT page_no FROM stock_base)
       ORDER BY page_no DESC LIMIT 1`,
    )
    .pluck();

  return {
    applied(terminalId) {
      const last = heads.get();
      const based = last === undefined ? [] : (storedJson(last) as FactPosition[]);
      const furthest = new Map<string, FactPosition>();
      for (const head of [...based, ...places.chains()]) {
        const chain = `${head.terminalId}/${head.epoch}`;
        const known = furthest.get(chain);
        if (head.terminalId === terminalId || head.terminalId === storePlace.terminalId) continue;
        if (known === undefined || known.seq < head.seq) furthest.set(chain, head);
      }
      return [...furthest.values()].map(({ epoch, seq, terminalId: id }) => ({
        ...{ epoch, seq },
        terminalId: id,
      }));
    },
    newestAtMs: (skus) => newest.get(JSON.stringify(skus)) ?? 0,
    storeAtMs: (sku) => storeAt.get({ sku }) ?? null,
  };
}
