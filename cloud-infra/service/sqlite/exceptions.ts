import type { Database } from "better-sqlite3";
import { present } from "../../../domain/values/assert.ts";
import type { ExceptionAnswer, RaisedException, StoreException, StorePort } from "../store-port.ts";
import type { FeedWriter, OpenFeed } from "./feed.ts";
import type { Numbers } from "./numbers.ts";

/** Outside a batch: in a transaction of its own, or inside the one that is open. */
export type RaiseException = (exception: RaisedException) => void;

/**
 * What asks a person to look, and what people answered. Each change is a change of the feed, so that
 * every back office shows the same inbox.
 */
export interface Exceptions {
  /** Inside the transaction whose feed is open: that feed's end is this writer's. */
  raiseInto(feed: FeedWriter, exception: RaisedException): void;
  raise: RaiseException;
  /** The open exception that an answer is about; null when it is answered already, or is another's. */
  openFor(storeNo: number, answer: ExceptionAnswer): StoreException | null;
  /** One that was answered already. */
  closedFor(
    storeNo: number,
    answer: ExceptionAnswer,
  ): (StoreException & { readonly resolution: string }) | null;
  /** The open exception about something, if there is one. */
  openAbout(storeNo: number, kind: string, subject: string): StoreException | null;
  /** Open ones of a kind whose subject begins with `prefix` and a slash. */
  openUnder(storeNo: number, kind: string, prefix: string): readonly StoreException[];
  /** All open ones of a kind. */
  openOf(storeNo: number, kind: string): readonly StoreException[];
  /** Says it anew, where what it speaks of changed; not one time more. Inside the transaction. */
  rewordInto(feed: FeedWriter, exceptionId: string, detail: string): void;
  /** Closes it, inside the transaction whose feed is open. */
  closeInto(feed: FeedWriter, exceptionId: string, answer: GivenAnswer): void;
}

export interface GivenAnswer {
  /** A person's id; empty when nobody had to answer. */
  readonly by: string;
  readonly resolution: string;
  readonly atMs: number;
}

const columns = `CAST(exception_no AS TEXT) AS exceptionId, kind, subject, detail, times,
  first_at_ms AS firstAtMs, last_at_ms AS lastAtMs`;

export function createExceptions(
  db: Database,
  { numbers, openFeed }: { readonly numbers: Numbers; readonly openFeed: OpenFeed },
): Exceptions {
  const upsert = db.prepare<
    [number, string, string, string, number, number, number],
    { no: number; position: number | null }
  >(
    `INSERT INTO exception (store_no, kind, subject, detail, times, first_at_ms, last_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (store_no, kind, subject) WHERE resolved_at_ms IS NULL
     DO UPDATE SET detail = excluded.detail, times = times + excluded.times,
       last_at_ms = excluded.last_at_ms
     RETURNING exception_no AS no, position`,
  );
  const close = db.prepare<[string, string, number, string], { position: number | null }>(
    `UPDATE exception SET resolved_by = ?, resolution = ?, resolved_at_ms = ?
     WHERE exception_no = CAST(? AS INTEGER) AND resolved_at_ms IS NULL RETURNING position`,
  );
  const reword = db.prepare<[string, string], { position: number | null }>(
    `UPDATE exception SET detail = ?
     WHERE exception_no = CAST(? AS INTEGER) AND resolved_at_ms IS NULL RETURNING position`,
  );
  const place = db.prepare<[number, string]>(
    "UPDATE exception SET position = ? WHERE exception_no = CAST(? AS INTEGER)",
  );
  const answered = db.prepare<[number, string, string, string], StoreException>(
    `SELECT ${columns} FROM exception WHERE store_no = ? AND exception_no = CAST(? AS INTEGER)
       AND kind = ? AND subject = ? AND resolved_at_ms IS NULL`,
  );
  const closed = db.prepare<
    [number, string, string, string],
    StoreException & { readonly resolution: string }
  >(
    `SELECT ${columns}, resolution FROM exception
     WHERE store_no = ? AND exception_no = CAST(? AS INTEGER) AND kind = ? AND subject = ?
       AND resolved_at_ms IS NOT NULL`,
  );
  const about = db.prepare<[number, string, string], StoreException>(
    `SELECT ${columns} FROM exception
     WHERE store_no = ? AND kind = ? AND subject = ? AND resolved_at_ms IS NULL`,
  );

  const ever = db
    .prepare<[number, string, string], 1>(
      "SELECT 1 FROM exception WHERE store_no = ? AND kind = ? AND subject = ? LIMIT 1",
    )
    .pluck();
  const under = db.prepare<[number, string, string, string], StoreException>(
    `SELECT ${columns} FROM exception WHERE store_no = ? AND kind = ? AND resolved_at_ms IS NULL
       AND subject > ? AND subject < ? ORDER BY exception_no`,
  );
  const allOpen = db.prepare<[number, string], StoreException>(
    `SELECT ${columns} FROM exception WHERE store_no = ? AND kind = ? AND resolved_at_ms IS NULL
     ORDER BY exception_no`,
  );

  /** [D1] Its newest state takes the place of the older one. */
  function tell(feed: FeedWriter, exceptionId: string, position: number | null): void {
    if (position !== null) feed.forget(position);
    place.run(feed.append({ kind: "exception", subject: exceptionId }), exceptionId);
  }

  function raiseInto(feed: FeedWriter, exception: RaisedException): void {
    const { storeId, kind, subject, detail, atMs, times = 1 } = exception;
    const storeNo = numbers.store(storeId);
    const row = upsert.get(storeNo, kind, subject, detail, times, atMs, atMs);
    const { no, position } = present(row, "the exception that was raised");
    tell(feed, String(no), position);
  }

  const raise = db.transaction((exception: RaisedException): void => {
    const { storeId, kind, subject, once = false } = exception;
    const storeNo = numbers.store(storeId);
    if (once && ever.get(storeNo, kind, subject) === 1) return;
    const feed = openFeed(storeNo);
    raiseInto(feed, exception);
    feed.finish();
  });

  return {
    raiseInto,
    raise: (exception) => raise.immediate(exception),
    openFor: (storeNo, { exceptionId, kind, subject }) =>
      answered.get(storeNo, exceptionId, kind, subject) ?? null,
    closedFor: (storeNo, { exceptionId, kind, subject }) =>
      closed.get(storeNo, exceptionId, kind, subject) ?? null,
    openAbout: (storeNo, kind, subject) => about.get(storeNo, kind, subject) ?? null,
    // "0" is the character after the slash.
    openUnder: (storeNo, kind, prefix) => under.all(storeNo, kind, `${prefix}/`, `${prefix}0`),
    openOf: (storeNo, kind) => allOpen.all(storeNo, kind),
    rewordInto(feed, exceptionId, detail) {
      const row = reword.get(detail, exceptionId);
      if (row !== undefined) tell(feed, exceptionId, row.position);
    },
    closeInto(feed, exceptionId, { by, resolution, atMs }) {
      const row = close.get(by, resolution, atMs, exceptionId);
      if (row !== undefined) tell(feed, exceptionId, row.position);
    },
  };
}

/** What people look at. */
export function createExceptionLists(
  db: Database,
  numbers: Numbers,
): Pick<StorePort, "exceptions"> {
  const exceptions = db.prepare<[number, number], StoreException>(
    `SELECT ${columns} FROM exception WHERE store_no = ? AND resolved_at_ms IS NULL
     ORDER BY last_at_ms DESC, exception_no DESC LIMIT ?`,
  );
  return {
    exceptions: async (storeId, limit) => exceptions.all(numbers.store(storeId), limit),
  };
}
