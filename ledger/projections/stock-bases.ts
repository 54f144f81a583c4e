import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../domain/facts/fact.ts";
import { covers, storePlace } from "../../domain/stock/place.ts";
import type { StockBase, StockBases } from "../../domain/stock/stock-base.ts";
import { present } from "../../domain/values/assert.ts";
import { storedJson } from "../stored-json.ts";

/** [D2] What snapshots said of stock: truth, like the facts that they stand for. */
export function createStockBases(db: Database) {
  const addPage = db.prepare<[string]>("INSERT INTO stock_base_page (heads) VALUES (?)");
  const put = db.prepare<[string, number, string]>(
    `INSERT INTO stock_base VALUES (?, ?, ?)
     ON CONFLICT (sku) DO UPDATE SET page_no = excluded.page_no, base = excluded.base`,
  );
  const removeOthers = db
    .prepare<[number, string, string | null], string>(
      `DELETE FROM stock_base WHERE page_no <> ? AND sku > ? AND sku <= ifnull(?, sku)
       RETURNING sku`,
    )
    .pluck();
  const addMark = db.prepare<[string, string]>(
    "INSERT INTO base_mark VALUES (?, ?) ON CONFLICT DO UPDATE SET mark = excluded.mark",
  );
  const addClock = db.prepare<[string, number, number, number, number, number]>(
    "INSERT INTO base_clock VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const get = db.prepare<[string], { page_no: number; base: string }>(
    "SELECT page_no, base FROM stock_base WHERE sku = ?",
  );
  const pageOf = db.prepare<[string], number>("SELECT page_no FROM stock_base WHERE sku = ?");
  pageOf.pluck();
  const headsOf = db.prepare<[number], string>(
    "SELECT heads FROM stock_base_page WHERE page_no = ?",
  );
  headsOf.pluck();
  const putLevels = db.prepare(
    "INSERT INTO stock_level SELECT sku, json_extract(base, '$.levelMilli') FROM stock_base",
  );
  const known = new Map<number, Included>();

  function included(pageNo: number): Included {
    const text = () => present(headsOf.get(pageNo), `page ${pageNo} of a snapshot`);
    const found = known.get(pageNo) ?? (storedJson(text()) as Included);
    if (known.size > mostPages) known.clear();
    known.set(pageNo, found);
    return found;
  }

  function base(sku: string): StockBase | null {
    const row = get.get(sku);
    return row === undefined ? null : (storedJson(row.base) as StockBase);
  }

  return {
    base,
    /** Whether the good's base has the fact in it already. */
    includes(
      sku: string,
      { place, atMs }: { readonly place: FactPosition; readonly atMs: number },
    ) {
      const pageNo = pageOf.get(sku);
      if (pageNo === undefined) return false;
      if (place.terminalId !== storePlace.terminalId) {
        return isIncluded(included(pageNo), place);
      }
      const storeAtMs = base(sku)?.storeAtMs ?? null;
      return storeAtMs !== null && atMs <= storeAtMs;
    },
    isBased: (sku: string) => pageOf.get(sku) !== undefined,
    putLevels: () => void putLevels.run(),
    /** The goods of `range` that the page says nothing of have no base any more: they are the answer. */
    keep(page: StockBases, range?: SkuRange): string[] {
      // A page number is never used twice, also when its transaction was taken back.
      known.clear();
      const { heads, holes = [] } = page;
      const pageNo = Number(addPage.run(JSON.stringify({ heads, holes })).lastInsertRowid);
      for (const mark of page.counts) addMark.run(mark.countId, JSON.stringify(mark));
      for (const { terminalId, epoch, seq, reading } of page.clocks) {
        const { atMs, skewMs, uncertaintyMs } = reading;
        addClock.run(terminalId, epoch, seq, atMs, skewMs, uncertaintyMs);
      }
      for (const each of page.bases) put.run(each.sku, pageNo, JSON.stringify(each));
      return range === undefined ? [] : removeOthers.all(pageNo, range.after ?? "", range.upTo);
    },
  };
}

/** Goods after the one SKU, up to the other; null: from the beginning, to the end. */
export interface SkuRange {
  readonly after: string | null;
  readonly upTo: string | null;
}

const mostPages = 2_000;

/** Which facts a page's levels have in them. */
interface Included {
  readonly heads: readonly FactPosition[];
  /** [U8] Parked ones, up to the heads: they may take effect yet. */
  readonly holes: readonly FactPosition[];
}

function isIncluded({ heads, holes }: Included, place: FactPosition): boolean {
  const isHole = ({ terminalId, epoch, seq }: FactPosition) =>
    terminalId === place.terminalId && epoch === place.epoch && seq === place.seq;
  return covers(heads, place) && !holes.some(isHole);
}

/** The tables above, for whoever folds a ledger anew: they are not made from facts. */
export const baseTables = ["stock_base_page", "stock_base", "base_mark", "base_clock"] as const;
