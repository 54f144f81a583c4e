import type { Database } from "better-sqlite3";
import { chainHash } from "../domain/facts/chain.ts";
import { sha256 } from "./bytes.ts";
import type { Ledger } from "./ledger.ts";
import { openEmpty } from "./open-database.ts";
import {
  createProjections,
  type Projections,
  projectionTables,
} from "./projections/projections.ts";
import { baseTables } from "./projections/stock-bases.ts";
import { type JournalRow, parseBody } from "./tables/journal.ts";
import { createSyncTable, type SyncTable } from "./tables/sync.ts";

/** What `verify` found. `intact` only when every fact and every projected row is as it must be. */
export type Verdict =
  | { readonly intact: true; readonly facts: number; readonly headHash: string }
  | { readonly intact: false; readonly facts: number; readonly problem: LedgerFault };

export type LedgerFault =
  /** The chain breaks here: this fact, or the one before it, is not what was written. */
  | { readonly kind: "chain"; readonly epoch: number; readonly seq: number; readonly why: string }
  /** The facts are whole; a table derived from them is not. `rebuild` mends it. */
  | { readonly kind: "projection"; readonly table: string; readonly why: string };

/**
 * Walks the whole hash chain, then folds the journal into an empty ledger and compares every table.
 * Reads only. `onProgress` hears the number of facts walked.
 */
export function verifyLedger(ledger: Ledger, onProgress?: (facts: number) => void): Verdict {
  const fresh = openEmpty();
  try {
    // Places of facts are looked up where the facts are.
    const projections = createProjections(fresh, ledger.places);
    fresh.exec("BEGIN");
    copyStockBases(ledger.database, fresh);
    foldStoreMovements(ledger, projections, createSyncTable(fresh));
    let previous: JournalRow | null = null;
    let facts = 0;
    for (const row of ledger.journal.rows(1)) {
      const why = faultOf(row, previous);
      if (why !== null) {
        return {
          intact: false,
          facts,
          problem: { kind: "chain", epoch: row.epoch, seq: row.seq, why },
        };
      }
      if (row.carries === null) projections.apply(parseBody(row.body), row.position);
      previous = row;
      facts++;
      if (facts % 10_000 === 0) onProgress?.(facts);
    }
    foldStoreFacts(ledger, projections);
    fresh.exec("COMMIT");
    const problem = compare(ledger.database, fresh);
    if (problem !== null) return { intact: false, facts, problem };
    return { intact: true, facts, headHash: ledger.journal.head().hash };
  } finally {
    fresh.close();
  }
}

/** Empties the projections and folds them again from the journal, in one transaction. */
export function rebuildLedger(ledger: Ledger, onProgress?: (facts: number) => void): number {
  return ledger.write(() => {
    const db = ledger.database;
    for (const table of projectionTables) db.exec(`DELETE FROM ${table}`);
    db.exec("INSERT INTO perpetual VALUES (1, 0, 0, 0, 0)");
    foldStoreMovements(ledger, ledger.projections);
    let facts = 0;
    for (const row of [...positions(ledger)]) {
      const fact = ledger.journal.at(row);
      if (fact !== null) ledger.projections.apply(fact, row);
      facts++;
      if (facts % 10_000 === 0) onProgress?.(facts);
    }
    foldStoreFacts(ledger, ledger.projections);
    return facts;
  });
}

function* positions(ledger: Ledger): IterableIterator<number> {
  for (const row of ledger.journal.rows(1)) if (row.carries === null) yield row.position;
}

function foldStoreFacts(ledger: Ledger, projections: Projections): void {
  for (const { position, body } of [...ledger.sync.storeFacts()]) {
    projections.apply(parseBody(body), -position);
  }
  // [C2] Order of arrival must not matter: what was settled fact by fact is worked out in one go.
  projections.settleStockAnew();
}

/** First of all, because a count looks for them: `into` where they are not there yet. */
function foldStoreMovements(ledger: Ledger, projections: Projections, into?: SyncTable): void {
  projections.beginWithStockBases();
  for (const movement of [...ledger.sync.storeMovements()]) {
    into?.addStoreMovement(movement);
    projections.applyStoreMovement(movement);
  }
}

/** [D2] What snapshots said stands for facts that are not here. */
function copyStockBases(from: Database, to: Database): void {
  for (const table of baseTables) {
    for (const row of from.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw().iterate()) {
      const marks = Array.from(row, () => "?").join(", ");
      to.prepare(`INSERT INTO ${table} VALUES (${marks})`).run(row);
    }
  }
}

function faultOf(row: JournalRow, previous: JournalRow | null): string | null {
  if (row.position !== (previous?.position ?? 0) + 1) return "facts are missing before this one";
  const sameEpoch = previous !== null && previous.epoch === row.epoch;
  if (row.seq !== (sameEpoch ? previous.seq + 1 : 1))
    return "its number does not follow the one before";
  const expected = sameEpoch ? previous.hash : "0".repeat(64);
  if (row.prevHash !== expected) return "it does not follow the fact before it";
  if (chainHash(sha256, row.prevHash, row.body) !== row.hash) return "its content was changed";
  let fact: unknown;
  try {
    fact = JSON.parse(row.body);
  } catch {
    return "its content cannot be read";
  }
  const { epoch, seq } = fact as { epoch?: unknown; seq?: unknown };
  return epoch === row.epoch && seq === row.seq
    ? null
    : "its content names another place in the journal";
}

function compare(stored: Database, folded: Database): LedgerFault | null {
  for (const table of projectionTables) {
    const order = stored
      .prepare<[], { name: string }>(
        `SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`,
      )
      .all()
      .map(({ name }) => name)
      .join(", ");
    const query = `SELECT * FROM ${table} ORDER BY ${order}`;
    const left = stored.prepare(query).raw().iterate();
    const right = folded.prepare(query).raw().iterate();
    for (;;) {
      const a = left.next();
      const b = right.next();
      if (a.done === true && b.done === true) break;
      const here = a.done === true ? "nothing" : JSON.stringify(a.value);
      const there = b.done === true ? "nothing" : JSON.stringify(b.value);
      if (here !== there) {
        left.return?.();
        right.return?.();
        return {
          kind: "projection",
          table,
          why: `it holds ${here} where the journal says ${there}`,
        };
      }
    }
  }
  return null;
}
