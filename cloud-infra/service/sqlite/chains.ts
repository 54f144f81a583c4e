import type { Database } from "better-sqlite3";
import { productText } from "../../../domain/catalogue/product-text.ts";
import { genesisHash } from "../../../domain/facts/chain.ts";
import type { Head } from "../../../sync/protocol/wire.ts";
import type {
  ChainRange,
  FactCommit,
  HeldFact,
  JudgedFact,
  RaisedException,
  StorePort,
} from "../store-port.ts";
import type { Exceptions } from "./exceptions.ts";
import type { OpenFeed } from "./feed.ts";
import type { Numbers } from "./numbers.ts";
import type { BatchMovement, MoveStock, Oversold } from "./stock.ts";

type Chains = Pick<StorePort, "head" | "heldFacts" | "knownFactIds" | "commitFacts">;

interface ChainTools {
  readonly numbers: Numbers;
  readonly openFeed: OpenFeed;
  readonly moveStock: MoveStock;
  readonly exceptions: Exceptions;
}

/** [U2] [U3] The chains of facts, and everything that a fact causes, in one transaction a batch. */
export function createChains(db: Database, tools: ChainTools): Chains {
  const { numbers } = tools;
  const head = createHead(db, numbers);
  const held = db.prepare<[number, number, number, number], HeldRow>(
    `SELECT seq, hash, verdict, reason FROM fact
     WHERE terminal_no = ? AND epoch = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
  );
  const isKnown = db.prepare<[string], 1>("SELECT 1 FROM fact WHERE fact_id = ?").pluck();
  const commit = createCommit(db, tools, head);

  return {
    head: async (terminalId, epoch) => head(terminalId, epoch),
    heldFacts: async ({ terminalId, epoch, fromSeq, toSeq }: ChainRange) =>
      held.all(numbers.terminal(terminalId), epoch, fromSeq, toSeq).map(heldFactOf),
    knownFactIds: async (ids) => new Set(ids.filter((id) => isKnown.get(id) === 1)),
    commitFacts: async (batch) => {
      try {
        return commit(batch);
      } catch (error) {
        // An id that another batch brought meanwhile: look again, it is a duplicate now.
        if (isUniqueViolation(error)) return "moved";
        throw error;
      }
    },
  };
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
  { numbers, openFeed, moveStock, exceptions }: ChainTools,
  head: (terminalId: string, epoch: number) => Head,
): (batch: FactCommit) => "committed" | "moved" {
  const insertFact = createInsertFact(db);
  const addProduct = createAddProduct(db);
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
    const movements: BatchMovement[] = [];
    for (const [factIndex, fact] of facts.entries()) {
      const factNo = insertFact({ terminalNo, epoch: expected.epoch, receivedAtMs }, fact);
      if (fact.inFeed) feed.append({ kind: "fact", subject: "", factNo });
      if (fact.product !== null) addProduct(storeNo, fact.product, feed);
      for (const { sku, deltaMilli } of fact.movements) {
        movements.push({ sku, deltaMilli, factIndex });
      }
    }
    for (const oversold of eachOnce(moveStock(storeNo, movements))) {
      exceptions.raiseInto(feed, exceptionOf(batch, oversold));
    }
    feed.finish();
    setHead.run(terminalNo, expected.epoch, last.seq, last.hash);
    return "committed";
  });
  return (batch) => commit.immediate(batch);
}

/** [C1] A good that a batch sold below zero often is one change of its exception. */
function eachOnce(oversold: readonly Oversold[]) {
  const bySku = new Map<string, Oversold & { readonly times: number }>();
  for (const one of oversold) {
    bySku.set(one.sku, { ...one, times: (bySku.get(one.sku)?.times ?? 0) + 1 });
  }
  return bySku.values();
}

/** [C1] */
function exceptionOf(
  batch: FactCommit,
  oversold: Oversold & { readonly times: number },
): RaisedException {
  const { sku, deltaMilli, levelMilli, factIndex, times } = oversold;
  const fact = batch.facts[factIndex];
  const place = { terminalId: batch.terminalId, epoch: batch.expected.epoch, seq: fact?.seq };
  return {
    storeId: batch.storeId,
    kind: "oversold",
    subject: sku,
    detail: JSON.stringify({ sku, deltaMilli, levelMilli, ...place, factId: fact?.identity?.id }),
    atMs: batch.receivedAtMs,
    times,
  };
}

interface FactPlace {
  readonly terminalNo: number;
  readonly epoch: number;
  readonly receivedAtMs: number;
}

function createInsertFact(db: Database): (place: FactPlace, fact: JudgedFact) => number {
  const insert = db.prepare(
    `INSERT INTO fact (terminal_no, epoch, seq, hash, verdict, reason, fact_id, type, at_ms,
       received_at_ms, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ terminalNo, epoch, receivedAtMs }, { seq, hash, verdict, reason, identity, body }) => {
    const { id = null, type = null, atMs = null } = identity ?? {};
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
      receivedAtMs,
      body,
    );
    return Number(lastInsertRowid);
  };
}

/** A good that a till made because its code was unknown. The first till to say so is believed. */
function createAddProduct(db: Database) {
  const isThere = db.prepare<[number, string], 1>(
    "SELECT 1 FROM product WHERE store_no = ? AND sku = ?",
  );
  const insert = db.prepare(
    "INSERT INTO product (store_no, sku, text, position) VALUES (?, ?, ?, ?)",
  );
  return (
    storeNo: number,
    product: NonNullable<JudgedFact["product"]>,
    feed: ReturnType<OpenFeed>,
  ): void => {
    if (isThere.get(storeNo, product.sku) !== undefined) return;
    const position = feed.append({ kind: "product", subject: product.sku });
    insert.run(storeNo, product.sku, productText(product), position);
  };
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "SQLITE_CONSTRAINT_UNIQUE";
}
