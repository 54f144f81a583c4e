import type { Database } from "better-sqlite3";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import type { Fact, FactPosition } from "../../domain/facts/fact.ts";
import type { Decision } from "../../domain/stock/decision.ts";
import type { SettledStock } from "../../domain/stock/settle.ts";
import type { CountMark } from "../../domain/stock/stock-base.ts";
import type { CountedLine } from "../../domain/stock/stock-facts.ts";
import type { CorrectedTime } from "../../domain/values/clock-reading.ts";
import { assertInteger } from "../../domain/values/assert.ts";
import type { Moved } from "./stock-rows.ts";

/** A count of our own journal, whose place may change when a new epoch begins. */
export interface OwnMark {
  readonly countId: string;
  readonly localAtMs: number;
  readonly source: number;
}

/** [C2] Writes what is kept of a good's stock. */
export function createCountWriter(db: Database) {
  const addLevel = db.prepare<[string, number]>(
    `INSERT INTO stock_level VALUES (?, ?)
     ON CONFLICT (sku) DO UPDATE SET quantity_milli = quantity_milli + excluded.quantity_milli`,
  );
  const setLevel = db.prepare<[string, number]>(
    `INSERT INTO stock_level VALUES (?, ?)
     ON CONFLICT (sku) DO UPDATE SET quantity_milli = excluded.quantity_milli`,
  );
  const setBefore = db.prepare<[number, string, number, string]>(
    "UPDATE stock_count SET before_milli = ? WHERE sku = ? AND counted_at_ms = ? AND count_id = ?",
  );
  const addCount = db.prepare<
    [string, number, string, number, number | null, number | null, number]
  >("INSERT INTO stock_count VALUES (?, ?, ?, ?, ?, ?, ?)");
  const dropCounts = db.prepare<[string]>("DELETE FROM stock_count WHERE sku = ?");
  const expected = db.prepare<[string], { countId: string; expectedMilli: number | null }>(
    "SELECT count_id AS countId, expected_milli AS expectedMilli FROM stock_count WHERE sku = ?",
  );
  // While a snapshot stood for the count its line was not kept: the fact has it.
  const expectedInFact = db
    .prepare<[string, string], number | null>(
      `SELECT line.value ->> '$.expectedMilli' FROM count_mark AS mark, json_each(coalesce(
         (SELECT body FROM journal WHERE position = mark.source),
         (SELECT body FROM store_fact WHERE position = -mark.source)), '$.payload.lines') AS line
       WHERE mark.count_id = ? AND line.value ->> '$.sku' = ?`,
    )
    .pluck();
  const addUncertain = db.prepare<[string, number, number, number]>(
    `INSERT INTO stock_uncertain VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET delta_milli = delta_milli + excluded.delta_milli`,
  );
  const dropUncertain = db.prepare<[string]>("DELETE FROM stock_uncertain WHERE sku = ?");

  return {
    ...createMomentWriter(db),
    addLevel: (sku: string, deltaMilli: number) => void addLevel.run(sku, deltaMilli),
    setLevel: (sku: string, levelMilli: number) =>
      void setLevel.run(sku, assertInteger(levelMilli, "levelMilli")),
    /** The sums, after a movement or a count was settled. */
    save(sku: string, { levelMilli, counts }: SettledStock): void {
      setLevel.run(sku, assertInteger(levelMilli, "levelMilli"));
      for (const { mark, beforeMilli } of counts) {
        setBefore.run(beforeMilli, sku, mark.countedAtMs, mark.countId);
      }
    },
    addCount({ countId, countedAtMs }: CountMark, line: CountedLine): void {
      const { sku, countedMilli, expectedMilli, storeAtMs = null } = line;
      addCount.run(sku, countedAtMs, countId, countedMilli, expectedMilli, storeAtMs, 0);
    },
    /** All of a good's counts and its level; `inBase`: the count whose line only a snapshot knows. */
    replace(sku: string, { levelMilli, counts }: SettledStock, inBase: string | null): void {
      const known = new Map(expected.all(sku).map((row) => [row.countId, row.expectedMilli]));
      setLevel.run(sku, assertInteger(levelMilli, "levelMilli"));
      if (known.size > 0) dropCounts.run(sku);
      for (const { mark, countedMilli, storeAtMs, beforeMilli } of counts) {
        const { countId, countedAtMs } = mark;
        const wasExpected =
          countId === inBase
            ? null
            : (known.get(countId) ?? expectedInFact.get(countId, sku) ?? null);
        addCount.run(sku, countedAtMs, countId, countedMilli, wasExpected, storeAtMs, beforeMilli);
      }
    },
    /** Two store movements of one moment are one row. */
    addUncertain: (sku: string, { atMs, source, deltaMilli }: Moved) =>
      void addUncertain.run(sku, atMs, source, deltaMilli),
    forgetUncertain: (sku: string) => void dropUncertain.run(sku),
  };
}

/** Counts as moments, clock readings, decisions. */
function createMomentWriter(db: Database) {
  const addMark = db.prepare<
    [string, number, string, number, number, number, number | null, number, string, number]
  >("INSERT INTO count_mark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const moveMark = db.prepare<[number, number, number, number | null, string]>(
    "UPDATE count_mark SET epoch = ?, seq = ?, at_ms = ?, uncertainty_ms = ? WHERE count_id = ?",
  );
  const marks = db.prepare<[], OwnMark>(
    "SELECT count_id AS countId, local_at_ms AS localAtMs, source FROM count_mark",
  );
  const addClock = db.prepare<[string, number, number, number, number, number, number]>(
    "INSERT INTO chain_clock VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const clocks = db.prepare<[], { source: number; epoch: number; seq: number }>(
    "SELECT source, epoch, seq FROM chain_clock",
  );
  const moveClock = db.prepare<[number, number, number]>(
    "UPDATE chain_clock SET epoch = ?, seq = ? WHERE source = ?",
  );
  const addDecision = db.prepare<
    [string, string, string, string, string, number | null, number | null, number]
  >("INSERT INTO stock_decision VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const goods = db
    .prepare<[], string>(
      `SELECT sku FROM stock_count UNION
       SELECT sku FROM stock_base WHERE json_extract(base, '$.count') IS NOT NULL
         OR EXISTS (SELECT 1 FROM stock_movement WHERE stock_movement.sku = stock_base.sku)`,
    )
    .pluck();

  return {
    addMark(mark: CountMark, { localAtMs, source }: Omit<OwnMark, "countId">): void {
      const { countId, countedAtMs, terminalId, epoch, seq, at, applied } = mark;
      addMark.run(
        countId,
        countedAtMs,
        terminalId,
        epoch,
        seq,
        at.atMs,
        at.uncertaintyMs,
        localAtMs,
        canonicalJson(applied as unknown as Json),
        source,
      );
    },
    moveMark(countId: string, { epoch, seq }: FactPosition, at: CorrectedTime): void {
      moveMark.run(epoch, seq, at.atMs, at.uncertaintyMs, countId);
    },
    marks: (): OwnMark[] => marks.all(),
    addReading(place: FactPosition, { atMs, payload }: Fact<"clock.measured">, source: number) {
      const { terminalId, epoch, seq } = place;
      const { skewMs, uncertaintyMs } = payload;
      addClock.run(terminalId, epoch, seq, atMs, skewMs, uncertaintyMs, source);
    },
    /** Readings go where their facts stand now. */
    moveReadings(placeOf: (source: number) => FactPosition): void {
      const moved = clocks.all().flatMap(({ source, epoch, seq }) => {
        const place = placeOf(source);
        return place.epoch === epoch && place.seq === seq ? [] : { source, place };
      });
      // Out of one another's way first: one may go where another stood.
      for (const { source } of moved) moveClock.run(-1, source, source);
      for (const { source, place } of moved) moveClock.run(place.epoch, place.seq, source);
    },
    addDecision(decision: Decision): void {
      const { sku, countId, factId, terminalId, side, through, atMs } = decision;
      addDecision.run(
        sku,
        countId,
        factId,
        terminalId,
        side,
        through?.epoch ?? null,
        through?.seq ?? null,
        atMs,
      );
    },
    /** Goods whose stock is more than a sum. */
    settledGoods: (): string[] => goods.all(),
  };
}
