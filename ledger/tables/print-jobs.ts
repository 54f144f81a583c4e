import type { Database } from "better-sqlite3";
import type { Uuid } from "../../domain/values/id.ts";
import { storedJson } from "../stored-json.ts";

export type PrintJobState = "queued" | "sending" | "printed" | "unknown" | "failed";

/** What to print, by reference: the fact holds the text, the job holds which and how. */
export type PrintContent =
  | { readonly kind: "receipt"; readonly saleId: Uuid; readonly copy: number }
  | { readonly kind: "z-report"; readonly shiftId: Uuid; readonly copy: number }
  | { readonly kind: "drawer-kick" };

export interface PrintJob {
  readonly jobId: Uuid;
  readonly content: PrintContent;
  readonly title: string;
  readonly state: PrintJobState;
  readonly why: string | null;
  readonly createdAtMs: number;
}

/** Print jobs are rows before they are bytes: written with the sale, sent by a loop at its own pace. */
export interface PrintJobTable {
  add(job: Pick<PrintJob, "jobId" | "content" | "title" | "createdAtMs">): void;
  get(jobId: Uuid): PrintJob | null;
  /** The oldest queued drawer kick, or the oldest queued document. */
  nextQueued(lane: "drawer" | "paper"): PrintJob | null;
  /** Jobs that a stopped till left `sending`: nobody knows whether they printed. */
  sending(): PrintJob[];
  /** The document that was sent to the printer last, whatever became of it. */
  lastSentPaper(): PrintJob | null;
  setState(jobId: Uuid, state: PrintJobState, why: string | null): void;
  /** Not yet printed, oldest first, then the newest printed ones. */
  list(limit: number): PrintJob[];
  /** The highest copy of a shift's Z that was ever to be printed; 0 for the paper of the close alone. */
  copiesOfZ(shiftId: Uuid): number;
  counts(): { readonly waiting: number; readonly unknown: number; readonly failed: number };
}

interface JobRow {
  job_id: string;
  content: string;
  title: string;
  state: PrintJobState;
  why: string | null;
  created_at_ms: number;
}

export function createPrintJobTable(db: Database): PrintJobTable {
  const insert = db.prepare<[string, string, string, string, number]>(
    `INSERT INTO print_job (job_id, ordinal, kind, title, content, state, created_at_ms)
     VALUES (?, (SELECT coalesce(max(ordinal), 0) + 1 FROM print_job), ?, ?, ?, 'queued', ?)`,
  );
  const one = db.prepare<[string], JobRow>("SELECT * FROM print_job WHERE job_id = ?");
  const next = db.prepare<[number], JobRow>(
    `SELECT * FROM print_job WHERE state <> 'printed' AND state = 'queued'
       AND (kind = 'drawer-kick') = ? ORDER BY ordinal LIMIT 1`,
  );
  const lastSent = db.prepare<[], JobRow>(
    `SELECT * FROM print_job WHERE kind <> 'drawer-kick' AND state IN ('sending', 'printed', 'unknown')
     ORDER BY ordinal DESC LIMIT 1`,
  );
  const update = db.prepare<[string, string | null, string]>(
    "UPDATE print_job SET state = ?, why = ? WHERE job_id = ?",
  );
  const sending = db.prepare<[], JobRow>(
    "SELECT * FROM print_job WHERE state <> 'printed' AND state = 'sending' ORDER BY ordinal",
  );
  const open = db.prepare<[number], JobRow>(
    "SELECT * FROM print_job WHERE state <> 'printed' ORDER BY ordinal LIMIT ?",
  );
  const done = db.prepare<[number], JobRow>(
    "SELECT * FROM print_job WHERE state = 'printed' ORDER BY ordinal DESC LIMIT ?",
  );
  const copies = db
    .prepare<[string], number | null>(
      `SELECT max(json_extract(content, '$.copy')) FROM print_job
       WHERE kind = 'z-report' AND json_extract(content, '$.shiftId') = ?`,
    )
    .pluck();
  const counts = db.prepare<[], { waiting: number; unknown: number; failed: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('queued', 'sending')) AS waiting,
       count(*) FILTER (WHERE state = 'unknown') AS unknown,
       count(*) FILTER (WHERE state = 'failed') AS failed
     FROM print_job WHERE state <> 'printed'`,
  );

  return {
    add: ({ jobId, content, title, createdAtMs }) =>
      void insert.run(jobId, content.kind, title, textOf(content), createdAtMs),
    get(jobId) {
      const row = one.get(jobId);
      return row === undefined ? null : jobOf(row);
    },
    nextQueued(lane) {
      const row = next.get(lane === "drawer" ? 1 : 0);
      return row === undefined ? null : jobOf(row);
    },
    setState: (jobId, state, why) => void update.run(state, why, jobId),
    lastSentPaper() {
      const row = lastSent.get();
      return row === undefined ? null : jobOf(row);
    },
    sending: () => sending.all().map(jobOf),
    list(limit) {
      const waiting = open.all(limit);
      return [...waiting, ...done.all(Math.max(0, limit - waiting.length))].map(jobOf);
    },
    copiesOfZ: (shiftId) => copies.get(shiftId) ?? 0,
    counts: () => counts.get() ?? { waiting: 0, unknown: 0, failed: 0 },
  };
}

/** Every sale for cash kicks the drawer: that text is always the same. */
const drawerKick = JSON.stringify({ kind: "drawer-kick" });

function textOf(content: PrintContent): string {
  return content.kind === "drawer-kick" ? drawerKick : JSON.stringify(content);
}

function jobOf(row: JobRow): PrintJob {
  return {
    jobId: row.job_id,
    content: storedJson(row.content) as PrintContent,
    title: row.title,
    state: row.state,
    why: row.why,
    createdAtMs: row.created_at_ms,
  };
}
