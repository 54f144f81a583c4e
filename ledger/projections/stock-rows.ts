import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../domain/facts/fact.ts";
import type { Decision } from "../../domain/stock/decision.ts";
import { storePlace } from "../../domain/stock/place.ts";
import type { PlacedMovement } from "../../domain/stock/relation.ts";
import type { SettledCount, SettledStock } from "../../domain/stock/settle.ts";
import type { CountMark } from "../../domain/stock/stock-base.ts";
import { present } from "../../domain/values/assert.ts";
import {
  type ClockReading,
  type CorrectedTime,
  cloudTime,
  correctedTime,
} from "../../domain/values/clock-reading.ts";
import { storedJson } from "../stored-json.ts";
import type { Places } from "../tables/places.ts";

/** A movement of one good as it is kept. */
export interface Moved {
  readonly atMs: number;
  /** As `receipt.source`; 0: a store movement. */
  readonly source: number;
  readonly deltaMilli: number;
}

export interface MovementEntry extends PlacedMovement, Moved {}

/** Where to begin to look for movements that may stand after a count. */
export interface LookFrom {
  /** Own facts after this journal position. */
  readonly journal: number;
  /** Store facts after this position. */
  readonly storeFacts: number;
  /** Store movements after this time. */
  readonly storeAtMs: number;
}

/** Everything that is here of a good. */
export const fromTheBeginning: LookFrom = {
  journal: 0,
  storeFacts: 0,
  storeAtMs: Number.MIN_SAFE_INTEGER,
};

/** [C2] Reads what is kept of a good's stock into the form that `domain/stock/settle.ts` works on. */
export function createStockRows(db: Database, places: Places) {
  // Of a plain parameter SQLite looks at the value, and makes a plan anew for each.
  const countColumns = `SELECT count_id AS countId, counted_milli AS countedMilli,
    store_at_ms AS storeAtMs, before_milli AS beforeMilli FROM stock_count
    WHERE sku = CAST(? AS TEXT)`;
  const all = db.prepare<[string], CountRow>(`${countColumns} ORDER BY counted_at_ms, count_id`);
  const newest = db.prepare<[string], CountRow>(
    `${countColumns} ORDER BY counted_at_ms DESC, count_id DESC LIMIT 1`,
  );
  const moved = db.prepare<[string, number, number], Moved>(
    `SELECT at_ms AS atMs, source, delta_milli AS deltaMilli FROM stock_movement
     WHERE sku = ? AND (source > ? OR source < ?)`,
  );
  const storeMoved = db.prepare<[string, number], Omit<Moved, "source">>(
    `SELECT at_ms AS atMs, delta_milli AS deltaMilli FROM store_movement
     WHERE sku = ? AND at_ms > ?`,
  );
  const marks = createMarks(db);
  const decisions = createDecisions(db);
  const readingAt = createReadings(db);
  const moments = createMoments(places, readingAt);

  function countOf(sku: string, { countId, ...row }: CountRow): SettledCount {
    return {
      ...row,
      mark: marks.of(countId),
      // Read only where time does not decide.
      get decisions() {
        return decisions(sku, countId);
      },
    };
  }

  const counts = (sku: string): SettledCount[] => all.all(sku).map((row) => countOf(sku, row));
  const level = db
    .prepare<[string], number>("SELECT quantity_milli FROM stock_level WHERE sku = ?")
    .pluck();

  return {
    readingAt,
    decisions,
    counts,
    stock: (sku: string): SettledStock => ({
      levelMilli: level.get(sku) ?? 0,
      counts: counts(sku),
    }),
    mark: (countId: string) => marks.of(countId),
    /** Whether the count's own fact is here, and not only a snapshot's word on it. */
    isFact: (countId: string) => marks.isFact(countId),
    forgetMarks() {
      marks.forget();
      moments.forget();
    },
    newest(sku: string): SettledCount | null {
      const row = newest.get(sku);
      return row === undefined ? null : countOf(sku, row);
    },
    entry(row: Moved): MovementEntry {
      const { atMs, source } = row;
      if (source === 0) return { ...row, place: storePlace, at: () => cloudTime(atMs) };
      const moment = moments.of(source, atMs);
      return {
        ...row,
        // Looked up for goods that were counted only.
        get place() {
          return moment.place();
        },
        at: () => moment.at(),
      };
    },
    moved: (sku: string, after: LookFrom): Moved[] => [
      ...moved.all(sku, after.journal, -after.storeFacts),
      ...storeMoved.all(sku, after.storeAtMs).map((row) => ({ ...row, source: 0 })),
    ],
  };
}

/** Where and when a fact was: looked up once for all of its goods. */
function createMoments(places: Places, readingAt: (place: FactPosition) => ClockReading | null) {
  let last: { readonly source: number; readonly moment: Moment } | null = null;

  function momentOf(source: number, atMs: number): Moment {
    let found: FactPosition | null = null;
    let read: CorrectedTime | null = null;
    const place = () => (found ??= places.of(source));
    return { place, at: () => (read ??= correctedTime(atMs, readingAt(place()))) };
  }

  return {
    of(source: number, atMs: number): Moment {
      if (last?.source !== source) last = { source, moment: momentOf(source, atMs) };
      return last.moment;
    },
    forget() {
      last = null;
    },
  };
}

interface Moment {
  readonly place: () => FactPosition;
  readonly at: () => CorrectedTime;
}

interface CountRow {
  readonly countId: string;
  readonly countedMilli: number;
  readonly storeAtMs: number | null;
  readonly beforeMilli: number;
}

function createMarks(db: Database) {
  const byFact = db.prepare<[string], MarkRow>(
    `SELECT count_id AS countId, counted_at_ms AS countedAtMs, terminal_id AS terminalId, epoch, seq,
       at_ms AS atMs, uncertainty_ms AS uncertaintyMs, applied FROM count_mark WHERE count_id = ?`,
  );
  const byBase = db
    .prepare<[string], string>("SELECT mark FROM base_mark WHERE count_id = ?")
    .pluck();
  const read = new Map<string, CountMark>();

  function find(countId: string): CountMark {
    const row = byFact.get(countId);
    if (row === undefined) {
      return storedJson(present(byBase.get(countId), `count ${countId}`)) as CountMark;
    }
    const { atMs, uncertaintyMs, applied, ...mark } = row;
    return {
      ...mark,
      at: { atMs, uncertaintyMs },
      applied: storedJson(applied) as FactPosition[],
    };
  }

  return {
    of(countId: string): CountMark {
      const mark = read.get(countId) ?? find(countId);
      if (read.size > mostMarks) read.clear();
      read.set(countId, mark);
      return mark;
    },
    isFact: (countId: string) => byFact.get(countId) !== undefined,
    forget: () => read.clear(),
  };
}

const mostMarks = 1_000;

interface MarkRow extends Pick<CountMark, "countId" | "countedAtMs" | keyof FactPosition> {
  readonly atMs: number;
  readonly uncertaintyMs: number | null;
  readonly applied: string;
}

function createDecisions(db: Database): (sku: string, countId: string) => Decision[] {
  const select = db.prepare<[string, string], DecisionRow>(
    `SELECT sku, count_id AS countId, fact_id AS factId, terminal_id AS terminalId, side,
       through_epoch AS throughEpoch, through_seq AS throughSeq, at_ms AS atMs
     FROM stock_decision WHERE sku = ? AND count_id = ? ORDER BY fact_id`,
  );
  return (sku, countId) =>
    select.all(sku, countId).map(({ throughEpoch, throughSeq, ...decision }) => ({
      ...decision,
      through:
        throughEpoch === null || throughSeq === null
          ? null
          : { epoch: throughEpoch, seq: throughSeq },
    }));
}

interface DecisionRow extends Omit<Decision, "through"> {
  readonly throughEpoch: number | null;
  readonly throughSeq: number | null;
}

/** [L1] The last clock reading before a place in its chain. */
function createReadings(db: Database): (place: FactPosition) => ClockReading | null {
  const select = db.prepare<[Record<string, string | number>], ClockReading>(
    `SELECT at_ms AS atMs, skew_ms AS skewMs, uncertainty_ms AS uncertaintyMs FROM (
       SELECT * FROM (SELECT epoch, seq, at_ms, skew_ms, uncertainty_ms FROM chain_clock
         WHERE terminal_id = CAST($terminalId AS TEXT) AND (epoch, seq) < ($epoch, $seq)
         ORDER BY epoch DESC, seq DESC LIMIT 1)
       UNION ALL
       SELECT * FROM (SELECT epoch, seq, at_ms, skew_ms, uncertainty_ms FROM base_clock
         WHERE terminal_id = CAST($terminalId AS TEXT) AND (epoch, seq) < ($epoch, $seq)
         ORDER BY epoch DESC, seq DESC LIMIT 1)
     ) ORDER BY epoch DESC, seq DESC LIMIT 1`,
  );
  return ({ terminalId, epoch, seq }) => select.get({ terminalId, epoch, seq }) ?? null;
}
