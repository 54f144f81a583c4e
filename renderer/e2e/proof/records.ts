import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { AnyFact } from "../../../domain/facts/fact.ts";
import type { CompletedSale } from "../../../domain/sale/completed-sale.ts";
import type { Cart } from "../../../domain/sale/cart.ts";
import type { DataFolder } from "../../../host/node/data-folder.ts";
import { openLedger } from "../../../ledger/ledger.ts";
import type { PrintJob } from "../../../ledger/tables/print-jobs.ts";
import { verifyLedger, type Verdict } from "../../../ledger/verify.ts";

/** What a dead till left on its disk, read from a copy so that nothing of it is changed. */
export interface LeftBehind {
  readonly verdict: Verdict;
  readonly sales: readonly CompletedSale[];
  readonly cart: Cart | null;
  readonly printJobs: readonly PrintJob[];
  readonly head: { readonly epoch: number; readonly seq: number; readonly hash: string };
  stockMilli(sku: string): number;
}

/** Reads the ledger of a till that does not run. */
export function readLedger(folder: DataFolder): LeftBehind {
  const place = mkdtempSync(join(tmpdir(), "evertill-copy-"));
  const copy = join(place, "ledger.sqlite");
  copyFileSync(folder.ledger, copy);
  if (existsSync(`${folder.ledger}-wal`)) copyFileSync(`${folder.ledger}-wal`, `${copy}-wal`);
  const ledger = openLedger(copy);
  try {
    const facts = [...ledger.journal.rows(1)].map(({ body }) => JSON.parse(body) as AnyFact);
    const sales = facts.flatMap((fact) =>
      fact.type === "sale.completed" || fact.type === "return.completed" ? [fact.payload] : [],
    );
    const { epoch, seq, hash } = ledger.journal.head();
    const levels = new Map(sales.flatMap(({ lines }) => lines).map(({ sku }) => [sku, 0]));
    for (const sku of levels.keys()) {
      if (sku !== null) levels.set(sku, ledger.stock.levelMilli(sku));
    }
    return {
      verdict: verifyLedger(ledger),
      sales,
      cart: ledger.carts.open(),
      printJobs: ledger.printJobs.list(100_000),
      head: { epoch, seq, hash },
      stockMilli: (sku) => levels.get(sku) ?? 0,
    };
  } finally {
    ledger.close();
    rmSync(place, { recursive: true, force: true });
  }
}

/** The store server's own word, from its database, which it may be using. */
export interface ServerBooks {
  /** Receipt numbers of all sales it has, in the order it took them. */
  readonly receiptNumbers: readonly string[];
  readonly parked: number;
  readonly oversold: readonly string[];
  /** Epochs that a person was told of. */
  readonly forked: readonly string[];
  stockMilli(sku: string): number;
}

export function readServer(folder: DataFolder): ServerBooks {
  const db = new DatabaseSync(join(folder.store, "store.db"), { readOnly: true });
  try {
    const all = <T>(sql: string) => db.prepare(sql).all() as T[];
    const bodies = all<{ body: string; verdict: string }>(
      "SELECT body, verdict FROM fact WHERE type = 'sale.completed' ORDER BY fact_no",
    );
    const stock = all<{ sku: string; level: number }>(
      "SELECT sku, level_milli AS level FROM stock",
    );
    const levels = new Map(stock.map(({ sku, level }) => [sku, level]));
    const exceptions = (kind: string) =>
      all<{ kind: string; subject: string }>(
        "SELECT kind, subject FROM exception WHERE resolved_at_ms IS NULL",
      )
        .filter((exception) => exception.kind === kind)
        .map(({ subject }) => subject);
    const [parked] = all<{ n: number }>("SELECT count(*) AS n FROM fact WHERE verdict = 'parked'");
    return {
      receiptNumbers: bodies.map(
        ({ body }) => (JSON.parse(body) as { payload: CompletedSale }).payload.receiptNumber,
      ),
      parked: parked?.n ?? 0,
      oversold: exceptions("oversold"),
      forked: exceptions("forked"),
      stockMilli: (sku) => levels.get(sku) ?? 0,
    };
  } finally {
    db.close();
  }
}

/** A receipt as the virtual printer's knife let it go. */
export interface Paper {
  readonly number: number;
  readonly text: readonly string[];
}

/** All paper of the virtual printer, the oldest first. */
export function readPaper(folder: DataFolder): readonly Paper[] {
  const place = join(folder.devices, "paper");
  return readdirSync(place)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(place, name), "utf8")) as Paper);
}

/** The papers that show `receiptNumber` and are not marked as a copy. */
export function originalsOf(papers: readonly Paper[], receiptNumber: string): readonly Paper[] {
  return papers.filter(
    ({ text }) => text.join("\n").includes(receiptNumber) && !/\bCOPY\b/.test(text.join("\n")),
  );
}

export interface CardRecord {
  readonly key: string;
  readonly kind: "payment" | "reversal";
  readonly state: "waiting" | "approved" | "refused" | "reversed";
  readonly amountMinor: number;
}

/** The last word of the card terminal on every payment. */
export function readCards(folder: DataFolder): readonly CardRecord[] {
  const file = join(folder.devices, "payments.jsonl");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  const records = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as CardRecord);
  return [...new Map(records.map((record) => [record.key, record])).values()];
}
