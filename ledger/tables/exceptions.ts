import type { Database } from "better-sqlite3";
import { assertInteger } from "../../domain/values/assert.ts";
import { storedJson } from "../stored-json.ts";

/** An exception as the cloud told of it, or as this till answered it meanwhile. */
export interface StoredException {
  readonly exceptionId: string;
  readonly kind: string;
  readonly subject: string;
  /** JSON, by kind. */
  readonly detail: string;
  readonly times: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly resolved?: StoredResolution | undefined;
}

export interface StoredResolution {
  readonly by: string;
  readonly atMs: number;
  readonly resolution: string;
}

export interface ExceptionRow extends StoredException {
  /** The cloud's word; else this till's own answer, which the cloud has not told back yet. */
  readonly isTold: boolean;
}

export interface ExceptionTable {
  /** Takes the cloud's word. */
  put(exception: StoredException): void;
  /** [D2] Open ones that are not among these are the cloud's no longer. */
  keepOpen(exceptionIds: readonly string[]): void;
  get(exceptionId: string): ExceptionRow | null;
  /** Open ones first, in each part the newest first. */
  list(filter: ExceptionFilter): ExceptionRow[];
  /** With `terminalId`: those that name this terminal. */
  openCount(terminalId?: string): number;
}

export interface ExceptionFilter {
  readonly withResolved: boolean;
  readonly kind?: string | undefined;
  /** Only those that name this terminal: in what they are about, or in their particulars. */
  readonly terminalId?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

interface RawException {
  exception_id: string;
  kind: string;
  subject: string;
  detail: string;
  times: number;
  first_at_ms: number;
  last_at_ms: number;
  resolved: string | null;
  resolution: string | null;
  answered_by: string | null;
  answered_at_ms: number | null;
}

interface Page {
  limit: number;
  offset: number;
}

/** An answer belongs to the exception of that id only while it is still about the same thing. */
const select = `SELECT e.*, a.resolution, a.answered_by, a.at_ms AS answered_at_ms
  FROM exception e LEFT JOIN exception_answer a
    ON a.exception_id = e.exception_id AND a.kind = e.kind AND a.subject = e.subject`;
const isOpen = "e.resolved IS NULL AND a.resolution IS NULL";
/** Ids are random: where the text of one stands, that one is meant. */
const names = "(@named IS NULL OR instr(e.detail, @named) > 0 OR instr(e.subject, @named) > 0)";

export function createExceptionTable(db: Database): ExceptionTable {
  const drop = db.prepare<[string]>(
    `DELETE FROM exception
     WHERE resolved IS NULL AND exception_id NOT IN (SELECT value FROM json_each(?))`,
  );
  const put = db.prepare<
    [string, string, string, string, number, number, number, string | null]
  >(`INSERT INTO exception VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (exception_id) DO UPDATE SET kind = excluded.kind, subject = excluded.subject,
       detail = excluded.detail, times = excluded.times, first_at_ms = excluded.first_at_ms,
       last_at_ms = excluded.last_at_ms, resolved = excluded.resolved`);
  const one = db.prepare<[string], RawException>(`${select} WHERE e.exception_id = ?`);
  const page = db.prepare<
    { withResolved: 0 | 1; kind: string | null; named: string | null } & Page,
    RawException
  >(`${select} WHERE (@withResolved = 1 OR (${isOpen})) AND (@kind IS NULL OR e.kind = @kind)
       AND ${names}
     ORDER BY (${isOpen}) DESC, e.last_at_ms DESC, e.exception_id DESC LIMIT @limit OFFSET @offset`);
  const open = db
    .prepare<{ named: string | null }, number>(
      `SELECT count(*) FROM (${select} WHERE ${isOpen} AND ${names})`,
    )
    .pluck();

  return {
    keepOpen: (exceptionIds) => void drop.run(JSON.stringify(exceptionIds)),
    put({ exceptionId, kind, subject, detail, times, firstAtMs, lastAtMs, resolved }) {
      put.run(
        exceptionId,
        kind,
        subject,
        detail,
        assertInteger(times, "times"),
        assertInteger(firstAtMs, "firstAtMs"),
        assertInteger(lastAtMs, "lastAtMs"),
        resolved === undefined ? null : JSON.stringify(resolved),
      );
    },
    get(exceptionId) {
      const row = one.get(exceptionId);
      return row === undefined ? null : rowOf(row);
    },
    list: ({ withResolved, kind, terminalId, ...range }) =>
      page
        .all({
          ...range,
          withResolved: withResolved ? 1 : 0,
          kind: kind ?? null,
          named: terminalId ?? null,
        })
        .map(rowOf),
    openCount: (terminalId) => open.get({ named: terminalId ?? null }) ?? 0,
  };
}

function rowOf(row: RawException): ExceptionRow {
  const resolved = resolutionOf(row);
  return {
    exceptionId: row.exception_id,
    kind: row.kind,
    subject: row.subject,
    detail: row.detail,
    times: row.times,
    firstAtMs: row.first_at_ms,
    lastAtMs: row.last_at_ms,
    ...(resolved === null ? {} : { resolved }),
    isTold: row.resolved !== null,
  };
}

function resolutionOf(row: RawException): StoredResolution | null {
  if (row.resolved !== null) return storedJson(row.resolved) as StoredResolution;
  const { resolution, answered_by: by, answered_at_ms: atMs } = row;
  return resolution === null || by === null || atMs === null ? null : { resolution, by, atMs };
}
