import type { Database, Statement } from "better-sqlite3";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { type CloudLook, isSale, type SaleBody } from "./cloud-watch.ts";
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
  const epoch = db.prepare<[], number>("SELECT ifnull(max(epoch), 1) FROM journal").pluck().get();
  const after = mark.epoch === epoch ? mark.seq : 0;
  const bodies = db
    .prepare<[number, number], string>("SELECT body FROM journal WHERE epoch = ? AND seq > ?")
    .pluck()
    .all(epoch ?? 1, after);
  const facts = bodies.map((body) => JSON.parse(body) as SaleBody).filter(isSale);
  return new Set(facts.map(({ payload }) => payload.saleId));
}

/** Asked after every step of every till: prepared once for each life of one. */
const markStatements = new WeakMap<Database, Statement<[], Mark>>();

function markOf(db: Database): Mark {
  const sql = "SELECT epoch, seq, lower(hex(hash)) AS hash FROM sync_mark";
  const statement = markStatements.get(db) ?? db.prepare<[], Mark>(sql);
  markStatements.set(db, statement);
  const mark = statement.get();
  must(mark !== undefined, "no-defects", () => "a ledger has no mark");
  return mark;
}

function nothingPrintedTwice({ name, parts }: SimTill): void {
  for (const [jobId, times] of parts.printer.paper()) {
    must(times === 1, "printed-once", () => `${name} printed job ${jobId} ${times} times`);
  }
}
