import { hash } from "node:crypto";
import { verifyLedger } from "../../ledger/verify.ts";
import { heldSales, type Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import {
  type CloudFact,
  type CloudGood,
  type CloudLook,
  isSale,
  type SaleBody,
} from "./cloud-watch.ts";
import { overReturnsAreTold } from "./check-returns.ts";
import { dateInShop } from "./shop-date.ts";
import { must } from "./violation.ts";

/** What must hold once every fault has ended and everybody has said everything. */
export function checkRest(shop: Shop): void {
  const look = shop.watch.look(shop.cloud.path());
  const facts = [...look.facts()];
  salesAreThere(shop, facts);
  chainsAreSound(facts);
  stockAgrees(shop, look);
  goodsAgree(shop, look);
  peopleAgree(shop, look);
  numbersAreGapFree(shop, facts);
  conflictsAreRecorded(shop, look, facts);
  shop.cards.check(shop, look);
  shop.codes.check(shop, look);
  const looked = shop.chance.pick(shop.tills);
  for (const till of shop.tills) {
    journalIsInCloud(till, facts);
    totalsAreTheSum(shop, till);
    cardsAreSettled(till);
    // Folding everything again is what costs most: each till that was copied, of the others one.
    if (till.memory().isCopy || till === looked) ledgerIsSound(till);
  }
}

/** Every sale exactly once, as its customer saw it; and none that nobody saw. */
function salesAreThere(shop: Shop, facts: readonly CloudFact[]): void {
  const found = new Set<string>();
  for (const { verdict, body } of facts) {
    if (verdict !== "applied") continue;
    const fact = JSON.parse(body) as SaleBody;
    if (!isSale(fact)) continue;
    const { saleId, receiptNumber, totalMinor, lines } = fact.payload;
    must(!found.has(saleId), "once", () => `the cloud counts the sale ${saleId} twice`);
    found.add(saleId);
    const seen = shop.book.get(saleId);
    const same =
      seen.receiptNumber === receiptNumber &&
      seen.totalMinor === totalMinor &&
      linesOf(seen.lines) === linesOf(lines);
    must(same, "as-seen", () => `${body} in the cloud, seen: ${JSON.stringify(seen)}`);
  }
  const missing = [...heldSales(shop)].filter((saleId) => !found.has(saleId));
  must(missing.length === 0, "nothing-lost", () => {
    const told = missing.map((saleId) => `${shop.book.get(saleId).receiptNumber} (${saleId})`);
    return `not in the cloud: ${told.join(", ")}`;
  });
}

function linesOf(
  lines: readonly { readonly sku: string | null; readonly quantityMilli: number }[],
): string {
  return lines.map(({ sku, quantityMilli }) => `${sku ?? "-"}:${quantityMilli}`).join(" ");
}

/** Computed anew, fact by fact. */
function chainsAreSound(facts: readonly CloudFact[]): void {
  let previous: CloudFact | null = null;
  for (const fact of facts) {
    const { terminalId, epoch, seq, body } = fact;
    const follows: boolean = previous?.terminalId === terminalId && previous.epoch === epoch;
    const before: string = follows ? (previous?.hash ?? "") : "0".repeat(64);
    const place = `${terminalId} ${epoch}/${seq}`;
    must(seq === (follows ? (previous?.seq ?? 0) + 1 : 1), "chain", () => `a gap before ${place}`);
    must(hash("sha256", before + body) === fact.hash, "chain", () => `the hash at ${place}`);
    previous = fact;
  }
}

/** The level of every good: in the book, in the cloud, at every till. */
function stockAgrees({ book, tills, faults }: Shop, look: CloudLook): void {
  const levels = book.levels({ saleIds: look.saleIds, ...look.stockFacts() });
  const inCloud = look.levels();
  const skus = new Set([...levels.keys(), ...inCloud.keys()]);
  const asksAPerson = look.uncertainCounts();
  // A clock that is set while nobody can compare it takes the moments of its sales with it.
  const clocksLie = faults.counts()["clock set"] !== undefined;
  // Two machines with one name: whose sale came before whose count is in no chain.
  const isMoot = clocksLie || tills.some((till) => till.memory().isCopy);
  for (const sku of skus) {
    const cloud = inCloud.get(sku) ?? 0;
    const isCounted = book.countedGoods().has(sku);
    const isAsked = asksAPerson.some((subject) => subject.endsWith(`/${sku}`));
    if (book.unsure().has(sku) || (isCounted && (isAsked || isMoot))) levels.set(sku, cloud);
    const expected = levels.get(sku) ?? 0;
    must(cloud === expected, "stock", () => `${sku}: cloud ${cloud}, by the book ${expected}`);
  }
  for (const till of tills) {
    const rows = till
      .ledger()
      .database.prepare<[], { sku: string; quantity_milli: number }>(
        "SELECT sku, quantity_milli FROM stock_level",
      )
      .all();
    const atTill = new Map(rows.map(({ sku, quantity_milli }) => [sku, quantity_milli]));
    for (const sku of new Set([...skus, ...atTill.keys()])) {
      const expected = levels.get(sku) ?? 0;
      const there = atTill.get(sku) ?? 0;
      must(there === expected, "stock", () => {
        return `${sku}: ${till.name} ${there}, by the book ${expected}`;
      });
    }
  }
}

/** What the cloud sells is what every till sells; nothing that somebody wrote got lost unsaid. */
function goodsAgree({ goods, tills, edits, cloud }: Shop, look: CloudLook): void {
  const inCloud = [...look.goods()].map(([sku, good]) => ({ sku, ...good }));
  const skus = inCloud.map(({ sku }) => sku).toSorted();
  must(skus.join(" ") === [...goods.keys()].toSorted().join(" "), "catalogue", () => {
    return `the cloud has ${skus.join(" ")}, the owner ${[...goods.keys()].join(" ")}`;
  });
  edits.check(look, dateInShop(cloud.nowMs()));
  for (const till of tills) {
    const expected = textOf(inCloud.map((good) => asSoldAt(till, good)));
    const rows = till
      .ledger()
      .database.prepare<[], { sku: string; name: string; priceMinor: number | null }>(
        "SELECT sku, name, price_minor AS priceMinor FROM product",
      )
      .all();
    must(textOf(rows) === expected, "catalogue", () => {
      return `${till.name} has ${textOf(rows)}, the cloud ${expected}`;
    });
  }
}

/** [C3] A planned price is the price where a shift of its date was opened. */
function asSoldAt(till: SimTill, good: CloudGood & { readonly sku: string }): Good {
  const date = till
    .ledger()
    .database.prepare<[], string>("SELECT value FROM setting WHERE key = 'prices-of'")
    .pluck()
    .get();
  const { pendingPrice } = good;
  const hasBegun = pendingPrice !== undefined && `"${pendingPrice.effectiveOn}"` <= (date ?? "");
  return hasBegun ? { ...good, priceMinor: pendingPrice.priceMinor } : good;
}

/** [C6] Who may sign in is the same everywhere. */
function peopleAgree({ people, tills }: Shop, look: CloudLook): void {
  const expected = [...people].toSorted().join(" ");
  const inCloud = [...look.activePeople()].toSorted().join(" ");
  must(inCloud === expected, "people", () => `the cloud lets in ${inCloud}, the owner ${expected}`);
  for (const till of tills) {
    const active = till
      .ledger()
      .database.prepare<[], string>("SELECT person_id FROM person WHERE active = 1 ORDER BY 1")
      .pluck()
      .all()
      .join(" ");
    must(active === expected, "people", () => `${till.name} lets in ${active}, not ${expected}`);
  }
}

type Good = { readonly sku: string; readonly name: string; readonly priceMinor: number | null };

function textOf(goods: readonly Good[]): string {
  return goods
    .map(({ sku, name, priceMinor }) => `${sku}=${name}@${priceMinor}`)
    .toSorted()
    .join(" ");
}

/** Of a till that was never copied: 1, 2, 3 … */
function numbersAreGapFree({ tills }: Shop, facts: readonly CloudFact[]): void {
  for (const till of tills) {
    const { name, identity } = till;
    if (tills.some((other) => other.identity === identity && other.memory().isCopy)) continue;
    const numbers = facts
      .filter(({ terminalId, verdict }) => {
        return terminalId === identity.terminalId && verdict === "applied";
      })
      .map(({ body }) => JSON.parse(body) as SaleBody)
      .filter(isSale)
      .map(({ payload }) => Number(payload.receiptNumber.split("-")[1]));
    const isGapFree = numbers.every((number, i) => number === i + 1);
    const { length } = till.memory().saleIds;
    must(isGapFree && numbers.length === length, "numbers-gap-free", () => {
      return `${name} has the numbers ${numbers.join(" ")} for ${length} sales`;
    });
  }
}

/** No conflict without a record that asks a person to look. */
function conflictsAreRecorded(
  { book, tills }: Shop,
  look: CloudLook,
  facts: readonly CloudFact[],
): void {
  const exceptions = look.exceptions();
  const levels = look.levels();
  for (const sku of book.stated()) {
    const level = levels.get(sku) ?? 0;
    must(level >= 0 || exceptions.has(`oversold ${sku}`), "conflicts-recorded", () => {
      return `${sku} stands at ${level} and nobody is told`;
    });
  }
  for (const { terminalId, epoch } of facts) {
    const subject = `forked ${terminalId}/${epoch - 1}`;
    must(epoch === 1 || exceptions.has(subject), "conflicts-recorded", () => {
      return `${terminalId} is in epoch ${epoch} and nobody is told why`;
    });
  }
  overReturnsAreTold(facts, exceptions);
  for (const till of tills) {
    poisonIsParked(till, facts);
    noFalseAlarm(till, tills, exceptions);
  }
}

/** A till whose disk nobody ever copied did not fork. */
function noFalseAlarm(
  { name, identity }: SimTill,
  tills: readonly SimTill[],
  exceptions: ReadonlySet<string>,
): void {
  if (tills.some((till) => till.identity === identity && till.memory().isCopy)) return;
  const alarm = [...exceptions].find((text) => text.startsWith(`forked ${identity.terminalId}`));
  must(alarm === undefined, "no-false-alarms", () => `${name}: ${alarm}`);
}

const known = new Set(["gift-card.sold", "receipt.shredded"]);

function poisonIsParked(till: SimTill, facts: readonly CloudFact[]): void {
  for (const { seq, verdict, reason, body } of facts) {
    const { type, payload } = JSON.parse(body) as { type: string; payload: { reason?: unknown } };
    const isPoison = known.has(type) || (type === "drawer.no-sale" && payload.reason === 7);
    if (!isPoison) continue;
    must(verdict === "parked" && reason !== null, "poison-parked", () => {
      return `${till.name}'s fact ${seq} of type ${type} is ${verdict} in the cloud`;
    });
  }
}

interface JournalRow {
  readonly epoch: number;
  readonly seq: number;
  readonly body: string;
}

/** Proved equal, fact by fact: the journal's open epoch is in the cloud, byte for byte. */
function journalIsInCloud(till: SimTill, facts: readonly CloudFact[]): void {
  const bodies = new Map(
    facts
      .filter(({ terminalId }) => terminalId === till.identity.terminalId)
      .map(({ epoch, seq, body }) => [`${epoch}/${seq}`, body]),
  );
  const rows = till
    .ledger()
    .database.prepare<[], JournalRow>(
      "SELECT epoch, seq, body FROM journal WHERE epoch = (SELECT max(epoch) FROM journal)",
    )
    .all();
  for (const { epoch, seq, body } of rows) {
    const place = `${epoch}/${seq}`;
    must(bodies.get(place) === body, "proved-equal", () => {
      return `${till.name}'s fact ${place} is ${body}, in the cloud ${bodies.get(place)}`;
    });
  }
}

function totalsAreTheSum({ book }: Shop, till: SimTill): void {
  const totals = till
    .memory()
    .saleIds.map((saleId) => book.get(saleId).totalMinor)
    .reduce((sum, totalMinor) => sum + totalMinor, 0);
  const row = till
    .ledger()
    .database.prepare<[], { receipts: number; total: number }>(
      "SELECT receipts, grand_total_minor + returns_total_minor AS total FROM perpetual",
    )
    .get();
  const { length } = till.memory().saleIds;
  must(row?.receipts === length && row.total === totals, "perpetual-totals", () => {
    return `${till.name} counts ${JSON.stringify(row)}, seen: ${length} sales for ${totals}`;
  });
}

/** What was charged is in a sale, or still on the counter; nothing else is. */
function cardsAreSettled(till: SimTill): void {
  if (till.memory().isCopy) return;
  const { database } = till.ledger();
  const paid = database
    .prepare<[], string>(
      `SELECT body FROM journal
       WHERE carries IS NULL AND type IN ('sale.completed', 'return.completed')`,
    )
    .pluck()
    .all()
    .flatMap((body) => (JSON.parse(body) as { payload: { tenders: Tender[] } }).payload.tenders);
  const waiting = database
    .prepare<[], string>("SELECT tender FROM cart_tender")
    .pluck()
    .all()
    .map((text) => JSON.parse(text) as Tender);
  const expected = [...paid, ...waiting].flatMap(({ card }) => card?.requestId ?? []).toSorted();
  const charged = [...till.parts.cards.charged().keys()].toSorted();
  must(charged.join() === expected.join(), "cards-settled", () => {
    return `${till.name} charged ${charged.join(" ")}, its sales say ${expected.join(" ")}`;
  });
}

interface Tender {
  readonly card?: { readonly requestId: string };
}

function ledgerIsSound(till: SimTill): void {
  const verdict = verifyLedger(till.ledger());
  must(verdict.intact, "fold", () => `${till.name}: ${JSON.stringify(verdict)}`);
}
