import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../../domain/facts/fact.ts";
import type { Decision } from "../../../domain/stock/decision.ts";
import type { SettledCount, SettledStock } from "../../../domain/stock/settle.ts";
import type { CountMark } from "../../../domain/stock/stock-base.ts";
import { assertInteger, present } from "../../../domain/values/assert.ts";
import type { ClockReading, CorrectedTime } from "../../../domain/values/clock-reading.ts";
import type { Numbers } from "./numbers.ts";

/** A count as the cloud keeps it. */
export interface KeptMark extends CountMark {
  readonly countNo: number;
  readonly actorId: string | null;
}

interface MarkRow extends Omit<KeptMark, "at" | "applied"> {
  readonly atMs: number;
  readonly uncertaintyMs: number | null;
  readonly applied: string;
}

interface CountRow {
  readonly countNo: number;
  readonly countedMilli: number;
  readonly storeAtMs: number | null;
  readonly beforeMilli: number;
}

interface DecisionRow extends Omit<Decision, "through"> {
  readonly throughEpoch: number | null;
  readonly throughSeq: number | null;
}

const mostMarks = 2_000;

/** [C2] What is kept of the stock of counted goods, in the form that `domain/stock/settle.ts` works on. */
export function createCountRows(db: Database, numbers: Numbers) {
  const marks = createMarks(db, numbers);
  const decisions = createDecisions(db);
  const level = db
    .prepare<[number, string], number>(
      "SELECT level_milli FROM stock WHERE store_no = ? AND sku = ?",
    )
    .pluck();
  const counts = db.prepare<[number, string], CountRow>(
    `SELECT count_no AS countNo, counted_milli AS countedMilli, store_at_ms AS storeAtMs,
       before_milli AS beforeMilli
     FROM stock_count WHERE store_no = ? AND sku = ? ORDER BY counted_at_ms, count_id`,
  );
  const newest = db.prepare<[number, string, string], CountRow>(
    `SELECT count_no AS countNo, counted_milli AS countedMilli, store_at_ms AS storeAtMs,
       before_milli AS beforeMilli
     FROM stock_count JOIN count_mark USING (count_no)
     WHERE store_no = ? AND sku = ? AND stock_count.count_id = ?`,
  );
  const putStock = db.prepare<[number, string, number, number | null]>(
    `INSERT INTO stock (store_no, sku, level_milli, stated, count_no) VALUES (?, ?, ?, 1, ?)
     ON CONFLICT (store_no, sku) DO UPDATE
       SET level_milli = excluded.level_milli, stated = 1, count_no = excluded.count_no`,
  );
  const putCount = db.prepare<
    [number, string, number, string, number, number, number | null, number]
  >(
    `INSERT INTO stock_count VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET before_milli = excluded.before_milli`,
  );

  function countOf(storeNo: number, sku: string, { countNo, ...row }: CountRow): SettledCount {
    const mark = marks.of(countNo);
    return {
      ...row,
      mark,
      // Read only where time does not decide.
      get decisions() {
        return decisions.about(storeNo, sku, mark.countId);
      },
    };
  }

  return {
    mark: (countNo: number) => marks.of(countNo),
    markOf: (countId: string) => marks.byId(countId),
    addMark: (mark: CountMark, actorId: string | undefined) => marks.add(mark, actorId),
    renewMark: (countId: string, at: CorrectedTime) => marks.renew(countId, at),
    decisions,
    ...createReadings(db, numbers),
    stock: (storeNo: number, sku: string): SettledStock => ({
      levelMilli: level.get(storeNo, sku) ?? 0,
      counts: counts.all(storeNo, sku).map((row) => countOf(storeNo, sku, row)),
    }),
    /** The line of one count. */
    count(storeNo: number, sku: string, countNo: number): SettledCount {
      const row = newest.get(storeNo, sku, marks.of(countNo).countId);
      return countOf(storeNo, sku, present(row, `count ${countNo} of ${sku}`));
    },
    save(storeNo: number, sku: string, stock: SettledStock): void {
      for (const { mark, countedMilli, storeAtMs, beforeMilli } of stock.counts) {
        const { countId, countedAtMs } = mark;
        const { countNo } = marks.byId(countId);
        const line = [countNo, countedMilli, storeAtMs, beforeMilli] as const;
        putCount.run(storeNo, sku, countedAtMs, countId, ...line);
      }
      const last = stock.counts.at(-1);
      const countNo = last === undefined ? null : marks.byId(last.mark.countId).countNo;
      putStock.run(storeNo, sku, assertInteger(stock.levelMilli, "levelMilli"), countNo);
    },
  };
}

export type CountRows = ReturnType<typeof createCountRows>;

function createMarks(db: Database, numbers: Numbers) {
  const columns = `SELECT count_no AS countNo, count_id AS countId, counted_at_ms AS countedAtMs,
    terminal_id AS terminalId, epoch, seq, at_ms AS atMs, uncertainty_ms AS uncertaintyMs,
    actor_id AS actorId, applied FROM count_mark JOIN terminal USING (terminal_no)`;
  const byNo = db.prepare<[number], MarkRow>(`${columns} WHERE count_no = ?`);
  const noOf = db
    .prepare<[string], number>("SELECT count_no FROM count_mark WHERE count_id = ?")
    .pluck();
  const insert = db.prepare(
    `INSERT INTO count_mark (count_id, counted_at_ms, terminal_no, epoch, seq, at_ms,
       uncertainty_ms, actor_id, applied) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const renew = db
    .prepare<[number, number | null, string], number>(
      "UPDATE count_mark SET at_ms = ?, uncertainty_ms = ? WHERE count_id = ? RETURNING count_no",
    )
    .pluck();
  // A number that was taken back with its transaction may be given again: what is read is checked.
  const read = new Map<number, KeptMark>();

  function of(countNo: number): KeptMark {
    const known = read.get(countNo);
    if (known !== undefined) return known;
    const row = present(byNo.get(countNo), `count ${countNo}`);
    const { atMs, uncertaintyMs, applied, ...mark } = row;
    const kept = {
      ...mark,
      at: { atMs, uncertaintyMs },
      applied: JSON.parse(applied) as FactPosition[],
    };
    if (read.size > mostMarks) read.clear();
    read.set(countNo, kept);
    return kept;
  }

  return {
    of,
    /** A reading that its author's clock is read by came late. */
    renew(countId: string, { atMs, uncertaintyMs }: CorrectedTime): void {
      read.delete(present(renew.get(atMs, uncertaintyMs, countId), `count ${countId}`));
    },
    byId: (countId: string): KeptMark => of(present(noOf.get(countId), `count ${countId}`)),
    add(mark: CountMark, actorId: string | undefined): void {
      const { countId, countedAtMs, terminalId, epoch, seq, at, applied } = mark;
      const { lastInsertRowid } = insert.run(
        countId,
        countedAtMs,
        numbers.terminal(terminalId),
        epoch,
        seq,
        at.atMs,
        at.uncertaintyMs,
        actorId ?? null,
        JSON.stringify(applied),
      );
      read.delete(Number(lastInsertRowid));
    },
  };
}

function createDecisions(db: Database) {
  const about = db.prepare<[number, string, string], DecisionRow>(
    `SELECT sku, count_id AS countId, fact_id AS factId, terminal_id AS terminalId, side,
       through_epoch AS throughEpoch, through_seq AS throughSeq, at_ms AS atMs
     FROM stock_decision WHERE store_no = ? AND sku = ? AND count_id = ? ORDER BY fact_id`,
  );
  const insert = db.prepare("INSERT INTO stock_decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  return {
    about: (storeNo: number, sku: string, countId: string): Decision[] =>
      about.all(storeNo, sku, countId).map(({ throughEpoch: epoch, throughSeq: seq, ...rest }) => ({
        ...rest,
        through: epoch === null || seq === null ? null : { epoch, seq },
      })),
    add(storeNo: number, decision: Decision): void {
      const { sku, countId, factId, terminalId, side, through, atMs } = decision;
      const { epoch = null, seq = null } = through ?? {};
      insert.run(storeNo, sku, countId, factId, terminalId, side, epoch, seq, atMs);
    },
  };
}

/** [L1] */
function createReadings(db: Database, numbers: Numbers) {
  const before = db.prepare<[number, number, number], ClockReading>(
    `SELECT at_ms AS atMs, skew_ms AS skewMs, uncertainty_ms AS uncertaintyMs FROM chain_clock
     WHERE terminal_no = ? AND (epoch, seq) < (?, ?) ORDER BY epoch DESC, seq DESC LIMIT 1`,
  );
  const insert = db.prepare(
    "INSERT INTO chain_clock VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  return {
    /** The last clock reading before a place in its chain. */
    readingAt: ({ terminalId, epoch, seq }: FactPosition): ClockReading | null =>
      before.get(numbers.terminal(terminalId), epoch, seq) ?? null,
    addReading({ terminalId, epoch, seq }: FactPosition, reading: ClockReading): void {
      const { atMs, skewMs, uncertaintyMs } = reading;
      insert.run(numbers.terminal(terminalId), epoch, seq, atMs, skewMs, uncertaintyMs);
    },
  };
}
