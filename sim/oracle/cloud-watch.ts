import Database from "better-sqlite3";
import { prepared } from "./prepared.ts";
import { must } from "./violation.ts";

/**
 * Looks into the cloud's database from outside, with a connection of its own and the fewest words:
 * the checks must not lean on the code they check.
 */
export interface CloudWatch {
  /** Looks at the file at `path`; again after each crash, when it is another. */
  look(path: string): CloudLook;
  /** A backup was put back: what came after it is not there any more. */
  forget(): void;
  close(): void;
}

export interface CloudLook {
  /** Sales in the cloud that count, by their id. */
  readonly saleIds: ReadonlySet<string>;
  /** The hash of the fact at a place, or undefined. */
  hashAt(terminalId: string, epoch: number, seq: number): string | undefined;
  facts(): IterableIterator<CloudFact>;
  levels(): Map<string, number>;
  /** Everything that a person was ever told, "kind subject". */
  exceptions(): Set<string>;
  feedEnd(): number;
  /** Ids and notes of counts and movements that count. */
  stockFacts(): { readonly countIds: ReadonlySet<string>; readonly notes: ReadonlySet<string> };
  /** Goods of which a person was told that a count's place had to be assumed. */
  uncertainCounts(): readonly string[];
  /** Prices that exceptions of conflicting edits speak of, open ones and resolved. */
  conflicts(): ReadonlySet<number>;
  /** Prices that facts of tills set. */
  editedPrices(): ReadonlySet<number>;
  /** Who may sign in. */
  activePeople(): ReadonlySet<string>;
  goods(): Map<string, CloudGood>;
  /** A check's own question. */
  rows<T>(sql: string): T[];
}

export interface CloudGood {
  readonly name: string;
  readonly priceMinor: number | null;
  /** [C3] A price that begins later. */
  readonly pendingPrice?: { readonly effectiveOn: string; readonly priceMinor: number };
  readonly gtins: readonly string[];
}

export interface CloudFact {
  readonly terminalId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly verdict: "applied" | "duplicate" | "parked";
  readonly reason: string | null;
  readonly body: string;
  readonly hash: string;
}

export interface SaleBody {
  readonly id: string;
  readonly type: string;
  readonly payload: {
    readonly saleId: string;
    readonly receiptNumber: string;
    readonly totalMinor: number;
    readonly lines: readonly { readonly sku: string | null; readonly quantityMilli: number }[];
  };
}

export function isSale({ type }: { readonly type: string }): boolean {
  return type === "sale.completed" || type === "return.completed";
}

/** A connection and the questions of every step, prepared once. */
function connect(path: string) {
  const db = new Database(path, { readonly: true });
  const fresh = db.prepare<[number], { body: string }>(
    `SELECT body FROM fact WHERE fact_no > ? AND verdict = 'applied'
     AND type IN ('sale.completed', 'return.completed') ORDER BY fact_no`,
  );
  const last = db.prepare<[], number>("SELECT ifnull(max(fact_no), 0) FROM fact").pluck();
  const count = db.prepare<[number], number>("SELECT count(*) FROM fact WHERE fact_no <= ?");
  return { path, db, fresh, last, count: count.pluck() };
}

export function createCloudWatch(): CloudWatch {
  let open: ReturnType<typeof connect> | null = null;
  let saleIds = new Set<string>();
  let lastNo = 0;

  function connected(path: string): ReturnType<typeof connect> {
    if (open?.path === path) return open;
    open?.db.close();
    open = connect(path);
    const isWhole = open.count.get(lastNo) === lastNo;
    must(isWhole, "durable", () => "the cloud lost committed facts");
    return open;
  }

  return {
    look(path) {
      const { db, fresh, last } = connected(path);
      for (const { body } of fresh.all(lastNo)) {
        const { saleId } = (JSON.parse(body) as SaleBody).payload;
        must(!saleIds.has(saleId), "once", () => `the cloud counts the sale ${saleId} twice`);
        saleIds.add(saleId);
      }
      lastNo = last.get() ?? 0;
      return lookAt(db, saleIds);
    },
    forget() {
      saleIds = new Set();
      lastNo = 0;
    },
    close: () => void open?.db.close(),
  };
}

/** The one question of every step. Of a plain `?` SQLite makes a plan anew for each value. */
const hashSql = `
  SELECT hash FROM fact JOIN terminal USING (terminal_no)
  WHERE terminal_id = CAST(? AS TEXT) AND epoch = CAST(? AS INTEGER) AND seq = CAST(? AS INTEGER)`;
type Place = [terminalId: string, epoch: number, seq: number];

function lookAt(db: Database.Database, saleIds: ReadonlySet<string>): CloudLook {
  return {
    saleIds,
    hashAt: (...place) => prepared<Place, { hash: string }>(db, hashSql).get(...place)?.hash,
    facts: () =>
      db
        .prepare<[], CloudFact>(
          `SELECT terminal_id AS terminalId, epoch, seq, verdict, reason, body, hash
           FROM fact JOIN terminal USING (terminal_no) ORDER BY terminal_no, epoch, seq`,
        )
        .iterate(),
    levels: () =>
      new Map(
        db
          .prepare<[], { sku: string; level_milli: number }>("SELECT sku, level_milli FROM stock")
          .all()
          .map(({ sku, level_milli }) => [sku, level_milli]),
      ),
    exceptions: () =>
      new Set(db.prepare<[], string>("SELECT kind || ' ' || subject FROM exception").pluck().all()),
    stockFacts: () => ({
      countIds: textsOf(db, "SELECT fact_id FROM fact WHERE type = 'stock.counted'"),
      notes: textsOf(
        db,
        `SELECT body ->> '$.payload.note' FROM fact
         WHERE type = 'stock.moved' AND verdict = 'applied'`,
      ),
    }),
    uncertainCounts: () => [
      ...textsOf(db, "SELECT subject FROM exception WHERE kind = 'count-uncertain'"),
    ],
    conflicts: () => numbersIn(db, "SELECT detail FROM exception WHERE kind = 'edit-conflict'"),
    editedPrices: () =>
      numbersIn(
        db,
        `SELECT ifnull(body -> '$.payload.changes.priceMinor', '') || ' '
           || ifnull(body -> '$.payload.changes.pendingPrice.priceMinor', '')
         FROM fact WHERE type = 'product.edited'`,
      ),
    activePeople: () =>
      new Set(
        db
          .prepare<[], string>("SELECT person_id FROM person WHERE text ->> '$.active' = 1")
          .pluck()
          .all(),
      ),
    feedEnd: () => db.prepare<[], number>("SELECT feed_end FROM store").pluck().get() ?? 0,
    goods: () =>
      new Map(
        db
          .prepare<[], string>("SELECT text FROM product")
          .pluck()
          .all()
          .map((text) => JSON.parse(text) as CloudGood & { readonly sku: string })
          .map(({ sku, ...good }) => [sku, good]),
      ),
    rows: <T>(sql: string) => db.prepare<[], T>(sql).all(),
  };
}

/** Every whole number in the texts that a query brings. */
function numbersIn(db: Database.Database, sql: string): Set<number> {
  const texts = db.prepare<[], string | null>(sql).pluck().all();
  return new Set(texts.flatMap((text) => text?.match(/\d+/g) ?? []).map(Number));
}

function textsOf(db: Database.Database, sql: string): Set<string> {
  const texts = db.prepare<[], string | null>(sql).pluck().all();
  return new Set(texts.filter((text) => text !== null));
}
