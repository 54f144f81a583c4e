import type { Database } from "better-sqlite3";
import { present } from "../../../domain/values/assert.ts";
import type { FeedEntry, FeedPage, FeedQuery } from "../store-port.ts";
import { isGone, readPast } from "./lineage.ts";
import type { SnapshotTools } from "./snapshot.ts";

export type FeedKind =
  | "settings"
  | "person"
  | "product"
  | "product-removed"
  | "fact"
  | "movement"
  | "exception"
  | "account"
  | "stock";

/** What a position of the feed speaks of; its text is where the subject lives, not in the feed. */
export interface FeedSubject {
  readonly kind: FeedKind;
  readonly subject: string;
  readonly factNo?: number | undefined;
}

/** [D1] Writes positions. Only inside the transaction that makes the change. */
export interface FeedWriter {
  /** Appends and returns the new position. */
  append(entry: FeedSubject): number;
  /** The position that an earlier version of the same thing stood at is given up. */
  forget(position: number): void;
  /** Stores the feed's new end. */
  finish(): void;
}

export type OpenFeed = (storeNo: number) => FeedWriter;

/** [D1] By store: where the last change stands that is no fact. After a rollback it may be too far. */
export type LatestNews = Map<number, number>;

export function createFeedWriter(db: Database, news: LatestNews): OpenFeed {
  const end = db.prepare<[number], number>("SELECT feed_end FROM store WHERE store_no = ?").pluck();
  const setEnd = db.prepare("UPDATE store SET feed_end = ? WHERE store_no = ?");
  const remove = db.prepare("DELETE FROM feed WHERE store_no = ? AND position = ?");
  const insert = db.prepare(
    "INSERT INTO feed (store_no, position, kind, subject, fact_no) VALUES (?, ?, ?, ?, ?)",
  );
  // A till that was alone for long sends facts by the thousand, and they have their rows in a row.
  const insertRun = db.prepare<[Run & { readonly storeNo: number }]>(
    `WITH RECURSIVE run (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM run WHERE n + 1 < $count)
     INSERT INTO feed (store_no, position, kind, subject, fact_no)
     SELECT $storeNo, $position + n, 'fact', '', $factNo + n FROM run`,
  );
  return (storeNo) => {
    let position = present(end.get(storeNo), "the store's feed end");
    let newest: number | null = null;
    let run: Run | null = null;

    function finishRun(): void {
      if (run?.count === 1) insert.run(storeNo, run.position, "fact", "", run.factNo);
      else if (run !== null) insertRun.run({ ...run, storeNo });
      run = null;
    }

    function appendFact(factNo: number): void {
      if (run !== null && run.factNo + run.count === factNo) {
        run.count += 1;
        return;
      }
      finishRun();
      run = { position, factNo, count: 1 };
    }

    return {
      append({ kind, subject, factNo = null }) {
        position += 1;
        if (factNo !== null) {
          appendFact(factNo);
          return position;
        }
        finishRun();
        insert.run(storeNo, position, kind, subject, null);
        newest = position;
        return position;
      },
      forget: (old) => void remove.run(storeNo, old),
      finish() {
        finishRun();
        setEnd.run(position, storeNo);
        if (newest !== null) news.set(storeNo, newest);
      },
    };
  };
}

/** Facts that follow one another, in the feed and in their table. */
interface Run {
  readonly position: number;
  readonly factNo: number;
  count: number;
}

interface Row {
  readonly position: number;
  readonly kind: FeedKind;
  readonly subject: string;
  readonly own: number;
  readonly text: string | null;
}

/**
 * Looking at more than this in one call would keep others waiting; the cursor moves on all the
 * same.
 */
const maxExamined = 10_000;

/** [C2] A good as it stands, and its share of what it refers to: a count of its own at most. */
const stockBytes = 3_500;

const pageSql = `
  SELECT feed.position, feed.kind, feed.subject,
    (feed.kind = 'fact' AND fact.terminal_no = $terminalNo AND fact.epoch = $epoch
      AND fact.seq <= $seq) AS own,
    CASE feed.kind
      WHEN 'fact' THEN iif(fact.terminal_no = $terminalNo AND fact.epoch = $epoch
        AND fact.seq <= $seq, NULL, fact.body)
      WHEN 'product' THEN product.text
      WHEN 'person' THEN person.text
      WHEN 'settings' THEN store.settings
      WHEN 'movement' THEN json_object('sku', movement.sku, 'deltaMilli', movement.delta_milli,
        'reason', movement.reason, 'atMs', movement.at_ms)
      WHEN 'exception' THEN json_object('exceptionId', feed.subject, 'kind', exception.kind,
        'subject', exception.subject, 'detail', exception.detail, 'times', exception.times,
        'firstAtMs', exception.first_at_ms, 'lastAtMs', exception.last_at_ms, 'resolved',
        iif(exception.resolved_at_ms IS NULL, NULL, json_object('by', exception.resolved_by,
          'atMs', exception.resolved_at_ms, 'resolution', exception.resolution)))
      WHEN 'account' THEN json_object('account', account.account, 'accountId', account.account_id,
        'balanceMinor', account.balance_minor)
    END AS text
  FROM feed
    JOIN store ON store.store_no = feed.store_no
    LEFT JOIN fact ON fact.fact_no = feed.fact_no
    LEFT JOIN product ON feed.kind = 'product' AND product.store_no = feed.store_no
      AND product.sku = feed.subject
    LEFT JOIN person ON feed.kind = 'person' AND person.store_no = feed.store_no
      AND person.person_id = feed.subject
    LEFT JOIN movement ON feed.kind = 'movement' AND movement.store_no = feed.store_no
      AND movement.movement_id = feed.subject
    LEFT JOIN exception ON feed.kind = 'exception'
      AND exception.exception_no = CAST(feed.subject AS INTEGER)
    LEFT JOIN account ON feed.kind = 'account' AND account.store_no = feed.store_no
      AND account.account = substr(feed.subject, 1, instr(feed.subject, '/') - 1)
      AND account.account_id = substr(feed.subject, instr(feed.subject, '/') + 1)
  WHERE feed.store_no = CAST($storeNo AS INTEGER) AND feed.position > $after
    AND (feed.position > $known OR feed.kind IN ('fact', 'exception'))
  ORDER BY feed.position
  LIMIT ${maxExamined}`;

/**
 * [D1] Reads pages: bounded by entries and bytes, at least one entry when there is any. [D2] Where the
 * feed cannot go on from the cursor it says so.
 */
export function createFeedReader(
  db: Database,
  { numbers, lineage, bases, newestChain }: SnapshotTools,
): (query: FeedQuery) => FeedPage {
  const feed = db.prepare<[number], { upTo: number; floor: number }>(
    "SELECT feed_end AS upTo, feed_floor AS floor FROM store WHERE store_no = ?",
  );
  const select = db.prepare<[Record<string, number>], Row>(pageSql);

  return (query) => {
    const storeNo = numbers.store(query.storeId);
    const { upTo, floor } = present(feed.get(storeNo), "the store's feed");
    const stampAt = (position: number) => lineage.stampAt(storeNo, position);
    const why = whyNot(query, { upTo, floor, stampAt });
    if (why !== null) {
      return { outcome: "snapshot", why, cursor: query.after, upTo, stamp: "", changes: [] };
    }
    const { changes: found, cursor } = readPage(storeNo, upTo, query);
    const changes = withBases(storeNo, found);
    const stamp = lineage.stampAt(storeNo, cursor);
    // Nothing is written between the rows and this.
    return { outcome: "page", cursor, changes, upTo, stamp, chain: newestChain(query.terminalId) };
  };

  /**
   * Read when the page is complete: while its rows are read nothing else can be asked. All its goods in
   * one change: what each refers to (every chain's head, counts, clocks) is many times its own size.
   */
  function withBases(storeNo: number, found: readonly FeedEntry[]): readonly FeedEntry[] {
    const goods = new Set(found.flatMap(({ kind, text }) => (kind === "stock" ? [text] : [])));
    if (goods.size === 0) return found;
    const text = `{"kind":"stock","stock":${bases.textOf(storeNo, [...goods])}}`;
    return [...found.filter(({ kind }) => kind !== "stock"), { kind: "stock", text }];
  }

  function readPage(storeNo: number, upTo: number, query: FeedQuery) {
    const { after, limit, maxBytes, without, known } = query;
    if (after >= upTo) return { cursor: after, changes: [] };
    const changes: FeedEntry[] = [];
    let cursor = after;
    let bytes = 0;
    let examined = 0;
    const rows = select.iterate({
      storeNo,
      after,
      known: known ?? 0,
      terminalNo: without === null ? 0 : numbers.terminal(without.terminalId),
      epoch: without?.epoch ?? 0,
      seq: without?.seq ?? 0,
    });
    for (const row of rows) {
      examined += 1;
      if (row.own === 0) {
        const entry = entryOf(row);
        bytes += row.kind === "stock" ? stockBytes : entry.text.length;
        if (changes.length > 0 && bytes > maxBytes) return { cursor, changes };
        changes.push(entry);
      }
      cursor = row.position;
      if (changes.length === limit || examined === maxExamined) return { cursor, changes };
    }
    return { cursor: upTo, changes };
  }
}

/** [D2] [D5] Why the feed cannot go on from where a till is; null when it can. */
function whyNot(
  { after, stamp, read }: FeedQuery,
  feed: {
    readonly upTo: number;
    readonly floor: number;
    readonly stampAt: (position: number) => string;
  },
): "too-old" | "cloud-restored" | null {
  // A till of before the stamps, and one that reads the feed from its beginning, hold none.
  if (after > feed.upTo) return "cloud-restored";
  const isStamped = stamp !== undefined && stamp !== null;
  if (isStamped && stamp !== feed.stampAt(after)) return "cloud-restored";
  if (typeof read === "string" && isGone(readPast(read), feed)) return "cloud-restored";
  return after < feed.floor ? "too-old" : null;
}

/** As SQLite says it: what is not there is null. */
interface Told {
  readonly resolved: object | null;
}

function entryOf({ kind, subject, text }: Row): FeedEntry {
  switch (kind) {
    case "fact":
      return { kind, text: present(text, "the fact of a feed entry") };
    case "settings":
    case "person":
    case "product":
    case "account":
      return { kind, text: `{"kind":"${kind}","${kind}":${present(text, `the ${kind}`)}}` };
    case "stock":
      // [C2] The good; `withBases` says how it stands.
      return { kind, text: subject };
    case "product-removed":
      return { kind, text: JSON.stringify({ kind, sku: subject }) };
    case "exception": {
      const { resolved, ...exception } = JSON.parse(present(text, "the exception")) as Told;
      const told = resolved === null ? exception : { ...exception, resolved };
      return { kind, text: JSON.stringify({ kind, exception: told }) };
    }
    case "movement": {
      const movement = JSON.parse(present(text, "the movement")) as object;
      return { kind, text: JSON.stringify({ kind, movementId: subject, ...movement }) };
    }
  }
}
