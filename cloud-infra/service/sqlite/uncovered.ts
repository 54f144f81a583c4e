import type { Database } from "better-sqlite3";
import type { AnyFact, FactPosition } from "../../../domain/facts/fact.ts";
import { movementsOf } from "../../../domain/stock/movement.ts";
import { storePlace } from "../../../domain/stock/place.ts";
import type { PlacedMovement } from "../../../domain/stock/relation.ts";
import type { CountMark } from "../../../domain/stock/stock-base.ts";
import { cloudTime, correctedTime } from "../../../domain/values/clock-reading.ts";
import type { CountRows } from "./count-rows.ts";

/** Facts of these types move stock. */
const movingTypes = "'sale.completed', 'return.completed', 'stock.moved'";

/** By good, the movements that took effect and that a count's author had not heard of. */
export type Uncovered = (sku: string) => readonly PlacedMovement[];

/** The facts that have a row, and no effect yet. */
export type Pending = ReadonlySet<number>;

interface Chain {
  readonly terminalNo: number;
  readonly terminalId: string;
  readonly epoch: number;
  readonly seq: number;
}

interface FactRow {
  readonly factNo: number;
  readonly seq: number;
  readonly body: string;
}

/**
 * [C2] Only a count that comes late has many: what its author's ledger held is covered, and every
 * other movement of a chain stands behind its last covered fact.
 */
export function createUncovered(db: Database, rows: CountRows) {
  const chains = db.prepare<[number], Chain>(
    `SELECT terminal_no AS terminalNo, terminal_id AS terminalId, epoch, seq
     FROM chain JOIN terminal USING (terminal_no) WHERE store_no = ?`,
  );
  const after = db.prepare<[number, number, number], FactRow>(
    `SELECT fact_no AS factNo, seq, body FROM fact
     WHERE terminal_no = ? AND epoch = ? AND seq > ? AND verdict = 'applied'
       AND type IN (${movingTypes}) ORDER BY seq`,
  );
  const opening = db.prepare<[number, string], { deltaMilli: number; atMs: number }>(
    `SELECT delta_milli AS deltaMilli, at_ms AS atMs FROM movement
     WHERE store_no = ? AND movement_id = 'opening:' || ?`,
  );

  function placed(chain: Chain, { seq, body }: FactRow): [string, PlacedMovement][] {
    const fact = JSON.parse(body) as AnyFact;
    const place: FactPosition = { terminalId: chain.terminalId, epoch: chain.epoch, seq };
    const at = () => correctedTime(fact.atMs, rows.readingAt(place));
    return movementsOf(fact).map(({ sku, deltaMilli }) => [
      sku,
      { deltaMilli, place, atMs: fact.atMs, at },
    ]);
  }

  return (storeNo: number, mark: CountMark, pending: Pending): Uncovered => {
    const bySku = new Map<string, PlacedMovement[]>();
    for (const chain of chains.all(storeNo)) {
      const from = coveredSeq(mark, chain);
      if (from === null || from >= chain.seq) continue;
      for (const row of after.all(chain.terminalNo, chain.epoch, from)) {
        if (pending.has(row.factNo)) continue;
        for (const [sku, movement] of placed(chain, row)) {
          const list = bySku.get(sku);
          if (list === undefined) bySku.set(sku, [movement]);
          else list.push(movement);
        }
      }
    }
    return (sku) => {
      const opened = opening.get(storeNo, sku);
      const found = bySku.get(sku) ?? [];
      if (opened === undefined) return found;
      const { deltaMilli, atMs } = opened;
      return [...found, { deltaMilli, place: storePlace, atMs, at: () => cloudTime(atMs) }];
    };
  };
}

/** Up to here the chain's movements came before the count; null: all of them. */
function coveredSeq({ terminalId, epoch, seq, applied }: CountMark, chain: Chain): number | null {
  if (chain.terminalId === terminalId) {
    if (chain.epoch < epoch) return null;
    return chain.epoch === epoch ? seq : 0;
  }
  const head = applied.find((h) => h.terminalId === chain.terminalId && h.epoch === chain.epoch);
  return head?.seq ?? 0;
}
