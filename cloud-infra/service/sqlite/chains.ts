import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../../domain/facts/fact.ts";
import { genesisHash } from "../../../domain/facts/chain.ts";
import type { Head } from "../../../sync/protocol/wire.ts";
import type {
  ChainRange,
  Committed,
  FactCommit,
  HeldFact,
  JudgedFact,
  StorePort,
} from "../store-port.ts";
import type { ApplyFacts } from "./apply-facts.ts";
import type { Exceptions } from "./exceptions.ts";
import type { OpenFeed } from "./feed.ts";
import { createGroupCommit, type Gather } from "./group-commit.ts";
import type { Numbers } from "./numbers.ts";
import { createReusedNumbers } from "./reused-numbers.ts";
import { createParkFacts } from "./park-facts.ts";

type Chains = Pick<StorePort, "head" | "heldFacts" | "placesOfIds" | "commitFacts">;

interface SettledChains extends Chains {
  /** Does at once what waits to be done together. */
  readonly settle: () => void;
}

interface ChainTools {
  readonly gather?: Gather | undefined;
  readonly numbers: Numbers;
  readonly openFeed: OpenFeed;
  readonly applyFacts: ApplyFacts;
  readonly exceptions: Exceptions;
}

/** [U2] [U3] The chains of facts, and everything that a fact causes, in one transaction a batch. */
export function createChains(db: Database, tools: ChainTools): SettledChains {
  const { numbers } = tools;
  const head = createHead(db, numbers);
  // Of a plain `?` SQLite looks at the value, and makes a plan anew for each.
  const held = db.prepare<[number, number, number, number], HeldRow>(
    `SELECT seq, hash, verdict, reason FROM fact
     WHERE terminal_no = CAST(? AS INTEGER) AND epoch = CAST(? AS INTEGER) AND seq BETWEEN ? AND ? ORDER BY seq`,
  );
  const placeOfId = db.prepare<[string], FactPosition>(
    `SELECT terminal_id AS terminalId, epoch, seq FROM fact JOIN terminal USING (terminal_no)
     WHERE fact_id = ?`,
  );
  const heldAt = createHeldAt(db);
  const commit = createCommit(db, tools, head);
  const commitOrMoved = (batch: FactCommit): Committed => {
    try {
      return commit(batch);
    } catch (error) {
      // An id that another batch brought meanwhile: look again, it is a duplicate now.
      if (isUniqueViolation(error)) return "moved";
      if (isOfTheFacts(error)) return { unfit: error.message };
      throw error;
    }
  };
  const group = tools.gather && createGroupCommit(db, commitOrMoved, tools.gather);

  return {
    settle: () => group?.settleAll(),
    async head(terminalId, epoch) {
      group?.settle(terminalId);
      return head(terminalId, epoch);
    },
    async heldFacts({ terminalId, epoch, fromSeq, toSeq }: ChainRange) {
      group?.settle(terminalId);
      const terminalNo = numbers.terminal(terminalId);
      return held.all(terminalNo, epoch, fromSeq, toSeq).map((row) => {
        const elsewhere = row.verdict === "duplicate" ? heldAt(terminalNo, epoch, row.seq) : null;
        return { ...heldFactOf(row), ...(elsewhere && { heldAt: elsewhere }) };
      });
    },
    async placesOfIds(ids) {
      const places = ids.map((id) => [id, placeOfId.get(id)] as const);
      return new Map(places.flatMap(([id, place]) => (place ? [[id, place]] : [])));
    },
    commitFacts: async (batch) =>
      group ? group.add(batch.terminalId, batch) : commitOrMoved(batch),
  };
}

/** [U3] Where else a terminal's chains hold the fact whose `duplicate` stands at a place. */
function createHeldAt(db: Database) {
  const select = db.prepare<[number, number, number], { epoch: number; seq: number }>(
    `SELECT first.epoch, first.seq FROM fact AS again
     JOIN fact AS first ON first.fact_id = json_extract(again.body, '$.id')
       AND first.terminal_no = again.terminal_no
     WHERE again.terminal_no = ? AND again.epoch = ? AND again.seq = ?`,
  );
  return (terminalNo: number, epoch: number, seq: number) =>
    select.get(terminalNo, epoch, seq) ?? null;
}

interface HeldRow {
  readonly seq: number;
  readonly hash: string;
  readonly verdict: HeldFact["verdict"];
  readonly reason: string | null;
}

function heldFactOf({ seq, hash, verdict, reason }: HeldRow): HeldFact {
  return reason === null ? { seq, hash, verdict } : { seq, hash, verdict, reason };
}

function createHead(db: Database, numbers: Numbers) {
  const select = db.prepare<[number, number], { seq: number; hash: string }>(
    "SELECT seq, hash FROM chain WHERE terminal_no = ? AND epoch = ?",
  );
  return (terminalId: string, epoch: number): Head => {
    const row = select.get(numbers.terminal(terminalId), epoch);
    return { epoch, seq: row?.seq ?? 0, hash: row?.hash ?? genesisHash };
  };
}

function createCommit(
  db: Database,
  { numbers, openFeed, applyFacts, exceptions }: ChainTools,
  head: (terminalId: string, epoch: number) => Head,
): (batch: FactCommit) => "committed" | "moved" {
  const insertFact = createInsertFact(db);
  const parkFacts = createParkFacts(exceptions);
  const reused = createReusedNumbers(db, exceptions);
  const setHead = db.prepare(
    `INSERT INTO chain (terminal_no, epoch, seq, hash) VALUES (?, ?, ?, ?)
     ON CONFLICT (terminal_no, epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
  );

  const commit = db.transaction((batch: FactCommit): "committed" | "moved" => {
    const { storeId, terminalId, expected, facts, receivedAtMs } = batch;
    const now = head(terminalId, expected.epoch);
    const last = facts.at(-1);
    if (now.seq !== expected.seq || now.hash !== expected.hash || last === undefined)
      return "moved";
    const storeNo = numbers.store(storeId);
    const terminalNo = numbers.terminal(terminalId);
    const feed = openFeed(storeNo);
    const { epoch } = expected;
    const place = { storeId, storeNo, terminalId, epoch, feed, atMs: receivedAtMs };
    if (epoch > 1 && expected.seq === 0) reused.remember(terminalNo, epoch);
    const stored = facts.map((fact) => ({
      fact,
      factNo: insertFact({ terminalNo, epoch, receivedAtMs }, fact),
    }));
    // [C2] A count or an answer looks at chains up to their heads: also at this one.
    setHead.run(terminalNo, expected.epoch, last.seq, last.hash);
    applyFacts(place, stored);
    reused.check({ ...place, terminalNo }, stored);
    if (facts.some(({ verdict }) => verdict === "parked")) parkFacts(place, stored);
    feed.finish();
    return "committed";
  });
  return (batch) => commit.immediate(batch);
}

interface FactPlace {
  readonly terminalNo: number;
  readonly epoch: number;
  readonly receivedAtMs: number;
}

function createInsertFact(db: Database): (place: FactPlace, fact: JudgedFact) => number {
  const insert = db.prepare(
    `INSERT INTO fact (terminal_no, epoch, seq, hash, verdict, reason, fact_id, type, at_ms,
       business_date, received_at_ms, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ terminalNo, epoch, receivedAtMs }, { seq, hash, verdict, reason, identity, body }) => {
    const { id = null, type = null, atMs = null, businessDate = null } = identity ?? {};
    const { lastInsertRowid } = insert.run(
      terminalNo,
      epoch,
      seq,
      hash,
      verdict,
      reason,
      id,
      type,
      atMs,
      businessDate,
      receivedAtMs,
      body,
    );
    return Number(lastInsertRowid);
  };
}

/** [U4] Not the disk, not the machine: the same facts would meet the same end again. */
export function isOfTheFacts(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error.name === "AssertionError" || error instanceof RangeError) return true;
  const code = "code" in error ? String(error.code) : "";
  return /^SQLITE_(ERROR|MISMATCH|TOOBIG|CONSTRAINT)/.test(code);
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "SQLITE_CONSTRAINT_UNIQUE";
}
