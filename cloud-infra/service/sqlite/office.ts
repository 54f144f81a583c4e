import type { Database } from "better-sqlite3";
import { genesisHash } from "../../../domain/facts/chain.ts";
import { type TillReport, tillReportSchema } from "../../../sync/protocol/office.ts";
import type { ChainFact, Heard, OfficePort } from "../office-port.ts";
import type { Numbers } from "./numbers.ts";

/** A report is no fact: of those of one minute the first is written, the later ones are remembered. */
const writeAgainAfterMs = 60_000;

export function createOffice(db: Database, numbers: Numbers): OfficePort {
  const receipts = db
    .prepare<[number, string], string>(
      // The words of the index `fact_receipt_day`, so that it is used.
      `SELECT body FROM fact WHERE terminal_no = ? AND business_date = ?
         AND type IN ('sale.completed', 'return.completed')`,
    )
    .pluck();
  const facts = db.prepare<[number, number, number, number], ChainFact>(
    `SELECT seq, hash, verdict, reason, received_at_ms AS receivedAtMs, body
     FROM fact WHERE terminal_no = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  return {
    ...createTillWords(db, numbers),
    receiptBodies: async (terminalId, businessDate) =>
      receipts.all(numbers.terminal(terminalId), businessDate),
    chainFacts: async ({ terminalId, epoch, afterSeq, limit }) =>
      facts.all(numbers.terminal(terminalId), epoch, afterSeq, limit),
  };
}

interface TillRow {
  readonly terminal_id: string;
  readonly till_number: number;
  readonly name: string;
  readonly epoch: number | null;
  readonly seq: number | null;
  readonly hash: string | null;
  readonly parked: number;
  readonly received_at_ms: number | null;
  readonly heard_at_ms: number | null;
  readonly report: string | null;
}

function createTillWords(db: Database, numbers: Numbers): Pick<OfficePort, "noteHeard" | "tills"> {
  const latest = new Map<string, Heard & { readonly writtenAtMs: number }>();
  const write = db.prepare(
    `INSERT INTO till_report (terminal_no, heard_at_ms, report) VALUES (?, ?, ?)
     ON CONFLICT (terminal_no) DO UPDATE SET heard_at_ms = excluded.heard_at_ms,
       report = excluded.report`,
  );
  const select = db.prepare<[number], TillRow>(
    `SELECT terminal_id, till_number, name, chain.epoch, chain.seq, chain.hash, heard_at_ms, report,
       (SELECT count(*) FROM fact AS parked INDEXED BY fact_parked
        WHERE parked.verdict = 'parked' AND parked.terminal_no = terminal.terminal_no) AS parked,
       (SELECT received_at_ms FROM fact AS last WHERE last.terminal_no = chain.terminal_no
          AND last.epoch = chain.epoch AND last.seq = chain.seq) AS received_at_ms
     FROM terminal LEFT JOIN till_report USING (terminal_no)
     LEFT JOIN chain ON chain.terminal_no = terminal.terminal_no AND chain.epoch =
       (SELECT max(epoch) FROM chain AS newest WHERE newest.terminal_no = terminal.terminal_no)
     WHERE store_no = ? ORDER BY till_number`,
  );

  return {
    async noteHeard(heard) {
      const { terminalId, atMs, report } = heard;
      const before = latest.get(terminalId);
      const isDue = before === undefined || atMs - before.writtenAtMs >= writeAgainAfterMs;
      if (isDue) write.run(numbers.terminal(terminalId), atMs, JSON.stringify(report));
      latest.set(terminalId, { ...heard, writtenAtMs: isDue ? atMs : before.writtenAtMs });
    },
    async tills(storeId) {
      return select.all(numbers.store(storeId)).map((row) => {
        const heard = latest.get(row.terminal_id);
        const times = [row.received_at_ms, row.heard_at_ms, heard?.atMs ?? null];
        const known = times.filter((atMs) => atMs !== null);
        return {
          terminalId: row.terminal_id,
          tillNumber: row.till_number,
          name: row.name,
          epoch: row.epoch ?? 1,
          seq: row.seq ?? 0,
          hash: row.hash ?? genesisHash,
          parked: row.parked,
          lastHeardAtMs: known.length === 0 ? null : Math.max(...known),
          report: heard?.report ?? reportOf(row.report),
        };
      });
    },
  };
}

/** What another version wrote and this one does not know counts as never said. */
function reportOf(text: string | null): TillReport | null {
  if (text === null) return null;
  const parsed = tillReportSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}
