import type { Database } from "better-sqlite3";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { type CloudLook, isSale, type SaleBody } from "./cloud-watch.ts";
import { prepared } from "./prepared.ts";
import { must } from "./violation.ts";

interface Mark {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
}

/** What must hold at every instant, however bad the day. */
export function checkStep(shop: Shop): void {
  const look = shop.watch.look(shop.cloud.path());
  for (const till of shop.tills) {
    noDefects(till.name, till.defects());
    nothingPrintedTwice(till);
    if (!till.isOn() || shop.hasBeenPutBack) continue;
    markIsTrue(till, look);
    nothingMissing(till, look);
  }
  noDefects("the cloud", shop.cloud.defects());
}

function noDefects(name: string, defects: readonly string[]): void {
  must(defects.length === 0, "no-defects", () => `${name}: ${defects.join("\n")}`);
}

/** Nothing acknowledged is ever missing: the mark names a fact that the cloud has. */
function markIsTrue(till: SimTill, look: CloudLook): void {
  const { epoch, seq, hash } = markOf(till.ledger().database);
  if (seq === 0) return;
  const held = look.hashAt(till.identity.terminalId, epoch, seq);
  must(held === hash, "acknowledged-is-there", () => {
    return `${till.name}'s mark is ${epoch}/${seq} ${hash}, the cloud has ${held ?? "nothing"}`;
  });
}

/** Every completed sale is in the cloud, or in the journal past the mark. */
function nothingMissing(till: SimTill, look: CloudLook): void {
  const missing = till.memory().saleIds.filter((saleId) => !look.saleIds.has(saleId));
  if (missing.length === 0) return;
  const unsent = unsentSales(till.ledger().database);
  const lost = missing.filter((saleId) => !unsent.has(saleId));
  must(lost.length === 0, "nothing-lost", () => {
    return `${till.name} sold ${lost.join(", ")}: neither in the cloud nor waiting to go there`;
  });
}

function unsentSales(db: Database): Set<string> {
  const mark = markOf(db);
  const open = prepared<[], { epoch: number }>(db, "SELECT max(epoch) AS epoch FROM journal");
  const epoch = open.get()?.epoch ?? 1;
  const after = mark.epoch === epoch ? mark.seq : 0;
  const unsent = "SELECT body FROM journal WHERE epoch = ? AND seq > ?";
  const rows = prepared<[number, number], { body: string }>(db, unsent).all(epoch, after);
  const facts = rows.map(({ body }) => JSON.parse(body) as SaleBody).filter(isSale);
  return new Set(facts.map(({ payload }) => payload.saleId));
}

function markOf(db: Database): Mark {
  const sql = "SELECT epoch, seq, lower(hex(hash)) AS hash FROM sync_mark";
  const mark = prepared<[], Mark>(db, sql).get();
  must(mark !== undefined, "no-defects", () => "a ledger has no mark");
  return mark;
}

function nothingPrintedTwice({ name, parts }: SimTill): void {
  for (const [jobId, times] of parts.printer.paper()) {
    must(times === 1, "printed-once", () => `${name} printed job ${jobId} ${times} times`);
  }
}
