import type { Database } from "better-sqlite3";
import type { CountRows } from "./count-rows.ts";

/** A good's row of a snapshot: the JSON of its `StockBase`, and the count that it names. */
export interface BaseRow {
  readonly key: string;
  readonly text: string;
  readonly countNo?: number | null;
  /** Characters of the count, at the first of the rows that name it. */
  readonly besides?: number;
}

export interface StockBaseReader {
  /** Goods after `sku`, in order. */
  rows(storeNo: number, sku: string, limit: number): BaseRow[];
  /** The JSON of `StockBases`: these rows and what they refer to, as the store stands. */
  text(storeNo: number, rows: readonly BaseRow[]): string;
  /** Of these goods. */
  textOf(storeNo: number, skus: readonly string[]): string;
}

const select = `SELECT sku AS key, count_no AS countNo, json_object('sku', sku,
    'levelMilli', level_milli, 'stated', json(iif(stated = 1, 'true', 'false')),
    'storeAtMs', (SELECT at_ms FROM movement
      WHERE movement.store_no = stock.store_no AND movement_id = 'opening:' || stock.sku),
    'count', json(ifnull((SELECT json_object('countId', c.count_id,
        'countedMilli', c.counted_milli, 'beforeMilli', c.before_milli, 'storeAtMs', c.store_at_ms)
      FROM stock_count AS c WHERE stock.count_no IS NOT NULL AND c.store_no = stock.store_no
        AND c.sku = stock.sku ORDER BY c.counted_at_ms DESC, c.count_id DESC LIMIT 1), 'null'))
  ) AS text FROM stock WHERE store_no = CAST(? AS INTEGER)`;

/** [D2] [C2] What a snapshot, or a change of kind `stock`, says of stock: `domain/stock/stock-base.ts`. */
export function createStockBaseReader(db: Database, counts: CountRows): StockBaseReader {
  const after = db.prepare<[number, string, number], BaseRow>(
    `${select} AND sku > ? ORDER BY sku LIMIT CAST(? AS INTEGER)`,
  );
  const one = db.prepare<[number, string], BaseRow>(`${select} AND sku = ?`);
  const heads = db.prepare<[number], object>(
    `SELECT terminal_id AS terminalId, epoch, seq FROM chain JOIN terminal USING (terminal_no)
     WHERE store_no = CAST(? AS INTEGER) ORDER BY terminal_no, epoch`,
  );
  const holes = db.prepare<[number], object>(
    `SELECT terminal_id AS terminalId, epoch, seq
     FROM fact INDEXED BY fact_parked JOIN terminal USING (terminal_no)
     WHERE verdict = 'parked' AND store_no = CAST(? AS INTEGER) ORDER BY fact_no`,
  );
  const clocks = db
    .prepare<[number], string>(
      `SELECT json_object('terminalId', terminal_id, 'epoch', epoch, 'seq', seq, 'reading',
         json_object('atMs', at_ms, 'skewMs', skew_ms, 'uncertaintyMs', uncertainty_ms))
       FROM chain_clock AS c JOIN terminal USING (terminal_no)
       WHERE store_no = CAST(? AS INTEGER) AND NOT EXISTS (SELECT 1 FROM chain_clock AS later
         WHERE later.terminal_no = c.terminal_no AND (later.epoch, later.seq) > (c.epoch, c.seq))
       ORDER BY terminal_no`,
    )
    .pluck();

  function text(storeNo: number, rows: readonly BaseRow[]): string {
    const named = new Set(rows.flatMap(({ countNo }) => countNo ?? []));
    const marks = [...named].map((countNo) => {
      const { countNo: _no, actorId: _actor, ...mark } = counts.mark(countNo);
      return mark;
    });
    const bases = `[${rows.map((row) => row.text).join(",")}]`;
    const readings = `[${clocks.all(storeNo).join(",")}]`;
    return (
      `{"bases":${bases},"counts":${JSON.stringify(marks)},` +
      `"heads":${JSON.stringify(heads.all(storeNo))},` +
      `"holes":${JSON.stringify(holes.all(storeNo))},"clocks":${readings}}`
    );
  }

  function weighed(rows: readonly BaseRow[]): BaseRow[] {
    const named = new Set<number>();
    return rows.map((row) => {
      const { countNo = null } = row;
      if (countNo === null || named.has(countNo)) return row;
      named.add(countNo);
      return { ...row, besides: JSON.stringify(counts.mark(countNo)).length };
    });
  }

  return {
    rows: (storeNo, sku, limit) => weighed(after.all(storeNo, sku, limit)),
    text,
    textOf: (storeNo, skus) =>
      text(
        storeNo,
        skus.flatMap((sku) => one.all(storeNo, sku)),
      ),
  };
}
