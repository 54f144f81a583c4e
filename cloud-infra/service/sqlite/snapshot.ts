import type { Database } from "better-sqlite3";
import { z } from "zod";
import { present, unreachable } from "../../../domain/values/assert.ts";
import type { SnapshotPage, SnapshotSection } from "../../../sync/protocol/snapshot.ts";
import { RequestRefused } from "../request-refused.ts";
import type { SnapshotQuery } from "../snapshot-port.ts";
import { isGone, type Lineage, pastSchema } from "./lineage.ts";
import type { NewestChain } from "./newest-chain.ts";
import type { Numbers } from "./numbers.ts";
import type { StockBaseReader } from "./stock-bases.ts";

/** Where a snapshot is: what its first page was made of, and the last row that was handed out. */
const placeSchema = z.object({
  asOf: z.number(),
  stamp: z.string(),
  total: z.number(),
  done: z.number(),
  phase: z.enum(["products", "stock", "accounts"]),
  after: z.string().nullable(),
  /** [D5] Where the feed ended when the page before was read, and its stamp there. */
  seen: pastSchema.optional(),
});
type Place = z.infer<typeof placeSchema>;

export interface SnapshotTools {
  readonly numbers: Numbers;
  readonly lineage: Lineage;
  readonly bases: StockBaseReader;
  readonly newestChain: NewestChain;
}

/** [D2] Reads pages, each in one reading of the database. */
export function createSnapshotReader(
  db: Database,
  { numbers, lineage, bases, newestChain }: SnapshotTools,
): (query: SnapshotQuery) => SnapshotPage {
  const feed = db.prepare<[number], { upTo: number; floor: number }>(
    "SELECT feed_end AS upTo, feed_floor AS floor FROM store WHERE store_no = ?",
  );
  const readers = createSectionReaders(db, bases);

  function read(query: SnapshotQuery): SnapshotPage {
    const { storeId, after, limit, maxBytes } = query;
    const storeNo = numbers.store(storeId);
    const { upTo, floor } = present(feed.get(storeNo), "the store's feed");
    const given = after === null ? null : readPlace(after);
    const place = given ?? {
      asOf: upTo,
      stamp: lineage.stampAt(storeNo, upTo),
      total: readers.total(storeNo),
      ...{ done: 0, phase: "products" as const, after: null },
    };
    const { asOf, stamp, total } = place;
    const stampAtFloor = lineage.stampAt(storeNo, floor);
    const page = { stamp, asOf, floor, stampAtFloor, total };
    // Where the feed after the first page is not whole any more, its pages cannot be joined.
    // Nor where a page had what a backup, put back since, does not have.
    const pasts = [{ upTo: asOf, stamp }, place.seen ?? { upTo: asOf, stamp }];
    const stampAt = (position: number) => lineage.stampAt(storeNo, position);
    const isOver = floor > asOf || pasts.some((past) => isGone(past, { upTo, stampAt }));
    if (isOver) return { ...page, outcome: "restart", done: 0, next: null, sections: [] };
    const first = given === null ? readers.first(storeNo) : [];
    const rows = readers.rows(storeNo, place, { limit, maxBytes });
    const done = place.done + rows.count + first.reduce((sum, { count }) => sum + count, 0);
    const seen = { upTo, stamp: stampAt(upTo) };
    const next = nextPlace({ ...place, seen }, rows.section.upTo, done);
    return {
      ...page,
      outcome: "page",
      read: JSON.stringify(seen),
      chain: newestChain(query.terminalId),
      done,
      // What was added meanwhile comes too.
      total: Math.max(total, done),
      next: next === null ? null : JSON.stringify(next),
      sections: [...first.map(({ section }) => section), rows.section],
    };
  }
  return db.transaction(read);
}

/** It came from a till: what cannot be read was not made here. */
function readPlace(text: string): Place {
  try {
    return placeSchema.parse(JSON.parse(text));
  } catch {
    throw new RequestRefused("BadRequest", "snapshot: after: not a place of a snapshot");
  }
}

function nextPlace(place: Place, upTo: string | null, done: number): Place | null {
  if (upTo !== null) return { ...place, done, after: upTo };
  switch (place.phase) {
    case "products":
      return { ...place, done, phase: "stock", after: null };
    case "stock":
      return { ...place, done, phase: "accounts", after: null };
    case "accounts":
      return null;
    default:
      return unreachable(place.phase);
  }
}

/** Far more than a store ever has open. */
const mostExceptions = 2_000;

interface Rows {
  readonly section: SnapshotSection;
  readonly count: number;
}

interface KeyedRow {
  readonly key: string;
  readonly text: string;
  /** Of a level: the count that it goes by. */
  readonly countNo?: number | null;
  /** How much it adds to a page besides its text. */
  readonly besides?: number;
}

interface Reader {
  /** Rows after `key`, in order. */
  readonly rows: (storeNo: number, key: string, limit: number) => KeyedRow[];
  readonly text: (storeNo: number, rows: readonly KeyedRow[]) => string;
}

const listOf = (_storeNo: number, rows: readonly KeyedRow[]) =>
  `[${rows.map(({ text }) => text).join(",")}]`;

function createSectionReaders(db: Database, bases: StockBaseReader) {
  const products = db.prepare<[number, string, number], KeyedRow>(
    "SELECT sku AS key, text FROM product WHERE store_no = ? AND sku > ? ORDER BY sku LIMIT ?",
  );
  const readers: Readonly<Record<Place["phase"], Reader>> = {
    products: {
      rows: (storeNo, sku, limit) => products.all(storeNo, sku, limit),
      text: listOf,
    },
    stock: createStockReader(bases),
    accounts: createAccountReader(db),
  };
  const people = db
    .prepare<[number], string>("SELECT text FROM person WHERE store_no = ? ORDER BY person_id")
    .pluck();
  const settings = db
    .prepare<[number], string>("SELECT settings FROM store WHERE store_no = ?")
    .pluck();
  const exceptions = db
    .prepare<[number], string>(
      `SELECT json_object('exceptionId', CAST(exception_no AS TEXT), 'kind', kind,
         'subject', subject, 'detail', detail, 'times', times, 'firstAtMs', first_at_ms,
         'lastAtMs', last_at_ms)
       FROM exception WHERE store_no = ? AND resolved_at_ms IS NULL
       ORDER BY last_at_ms DESC LIMIT ${mostExceptions}`,
    )
    .pluck();
  const total = db
    .prepare<{ storeNo: number }, number>(
      `SELECT 1 + (SELECT count(*) FROM person WHERE store_no = @storeNo)
         + (SELECT min(count(*), ${mostExceptions}) FROM exception
            WHERE store_no = @storeNo AND resolved_at_ms IS NULL)
         + (SELECT count(*) FROM product WHERE store_no = @storeNo)
         + (SELECT count(*) FROM stock WHERE store_no = @storeNo)
         + (SELECT count(*) FROM account WHERE store_no = @storeNo)`,
    )
    .pluck();
  return {
    total: (storeNo: number) => present(total.get({ storeNo }), "the number of rows"),
    first: (storeNo: number) => [
      whole("settings", [present(settings.get(storeNo), "the store's settings")]),
      whole("people", people.all(storeNo)),
      whole("exceptions", exceptions.all(storeNo)),
    ],
    rows(storeNo: number, { phase, after }: Place, limits: Limits): Rows {
      const reader = readers[phase];
      const rows = reader.rows(storeNo, after ?? "", limits.limit + 1);
      const { fitting, upTo } = fit(rows, limits);
      const text = reader.text(storeNo, fitting);
      return { section: { kind: phase, text, after, upTo }, count: fitting.length };
    },
  };
}

type Limits = Pick<SnapshotQuery, "limit" | "maxBytes">;

function whole(kind: string, texts: readonly string[]): Rows {
  const section = { kind, text: `[${texts.join(",")}]`, after: null, upTo: null };
  return { section, count: texts.length };
}

/** As many rows as fit, at least one; `upTo` is null when they are the last. */
function fit(rows: readonly KeyedRow[], { limit, maxBytes }: Limits) {
  let bytes = 0;
  const overflow = rows.findIndex(({ text, besides = 0 }, i) => {
    bytes += text.length + besides;
    return i > 0 && (i === limit || bytes > maxBytes);
  });
  if (overflow === -1) return { fitting: rows, upTo: null };
  const fitting = rows.slice(0, overflow);
  return { fitting, upTo: present(fitting.at(-1), "the last row of a page").key };
}

/** [C2] Levels, and what they include. */
function createStockReader(bases: StockBaseReader): Reader {
  return {
    rows: (storeNo, sku, limit) => bases.rows(storeNo, sku, limit),
    text: (storeNo, fitting) => bases.text(storeNo, fitting),
  };
}

/** [C5] Gift cards and points. */
function createAccountReader(db: Database): Reader {
  const rows = db.prepare<[number, string, string, number], KeyedRow>(
    `SELECT account || '/' || account_id AS key, json_object('account', account,
       'accountId', account_id, 'balanceMinor', balance_minor) AS text
     FROM account WHERE store_no = ? AND (account, account_id) > (?, ?)
     ORDER BY account, account_id LIMIT ?`,
  );
  return {
    rows(storeNo, key, limit) {
      const slash = key.indexOf("/");
      return rows.all(storeNo, key.slice(0, Math.max(slash, 0)), key.slice(slash + 1), limit);
    },
    text: listOf,
  };
}
