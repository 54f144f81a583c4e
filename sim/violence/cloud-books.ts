import { DatabaseSync } from "node:sqlite";
import { createHash } from "node:crypto";
import { chainHash, genesisHash } from "../../domain/facts/chain.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import type { CompletedSale } from "../../domain/sale/completed-sale.ts";

/** What the store server's database holds. */
export interface CloudBooks {
  /** By terminal id. */
  readonly chains: ReadonlyMap<string, CloudChain>;
  readonly levelMilli: ReadonlyMap<string, number>;
  /** Facts set aside or stored twice: none, whatever happens. */
  readonly odd: readonly string[];
}

export interface CloudChain {
  readonly seq: number;
  /** The hashes continue each other and match their facts. */
  readonly isWhole: boolean;
  readonly hashAt: (seq: number) => string | undefined;
  readonly sales: readonly CompletedSale[];
}

interface FactRow {
  readonly terminal: string;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly verdict: string;
  readonly body: string;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Reads the database, which the server may be using. */
export function readCloudBooks(database: string): CloudBooks {
  const db = new DatabaseSync(database, { readOnly: true });
  try {
    const all = <T>(sql: string) => db.prepare(sql).all() as T[];
    const facts = all<FactRow>(
      `SELECT t.terminal_id AS terminal, f.epoch, f.seq, f.hash, f.verdict, f.body
       FROM fact f JOIN terminal t USING (terminal_no) ORDER BY f.terminal_no, f.epoch, f.seq`,
    );
    const forked = all<{ subject: string }>(
      "SELECT subject FROM exception WHERE kind = 'forked'",
    ).map(({ subject }) => `forked: ${subject}`);
    const strange = facts
      .filter(({ verdict, epoch }) => verdict !== "applied" || epoch !== 1)
      .map(({ terminal, epoch, seq, verdict }) => `${terminal} ${epoch}/${seq} is ${verdict}`);
    const levels = all<{ sku: string; level: number }>(
      "SELECT sku, level_milli AS level FROM stock",
    );
    const chains = Map.groupBy(facts, ({ terminal }) => terminal);
    return {
      chains: new Map([...chains].map(([terminal, rows]) => [terminal, chainOf(rows)])),
      levelMilli: new Map(levels.map(({ sku, level }) => [sku, level])),
      odd: [...forked, ...strange],
    };
  } finally {
    db.close();
  }
}

/**
 * [D1] The number of the last change that is a fact of another terminal than this one; 0 when
 * there is none.
 */
export function lastFactOfOthers(database: string, terminalId: string): number {
  const db = new DatabaseSync(database, { readOnly: true });
  try {
    const row = db
      .prepare(
        `SELECT max(f.position) AS last FROM feed f
         JOIN fact USING (fact_no) JOIN terminal t USING (terminal_no) WHERE t.terminal_id <> ?`,
      )
      .get(terminalId);
    return Number(row?.["last"] ?? 0);
  } finally {
    db.close();
  }
}

function chainOf(rows: readonly FactRow[]): CloudChain {
  const sales: CompletedSale[] = [];
  let isWhole = true;
  let previous = genesisHash;
  for (const [index, { seq, hash, body }] of rows.entries()) {
    isWhole &&= seq === index + 1 && hash === chainHash(sha256, previous, body);
    previous = hash;
    const fact = JSON.parse(body) as AnyFact;
    if (fact.type === "sale.completed" || fact.type === "return.completed") {
      sales.push(fact.payload);
    }
  }
  return { seq: rows.length, isWhole, hashAt: (seq) => rows[seq - 1]?.hash, sales };
}
