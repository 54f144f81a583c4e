import { afterEach, beforeEach, expect, it } from "vitest";
import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { sampleSale } from "../../domain/stock/sample-sale.ts";
import { type Ledger, openLedger } from "../../ledger/ledger.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import { rebuildLedger, verifyLedger } from "../../ledger/verify.ts";
import { createSyncLedger } from "./sync-ledger.ts";
import { takeFact, type Teller } from "./take-fact.ts";

const terminal = {
  terminalId: "01900000-0000-7000-8000-000000000001",
  storeId: "store",
  tillNumber: 1,
};
const otherTill = "01900000-0000-7000-8000-000000000002";

let ledger: Ledger;

beforeEach(() => {
  ledger = openLedger(":memory:");
});
afterEach(() => ledger.close());

interface Place {
  readonly epoch: number;
  readonly seq: number;
}

/** The sale number `n` of a terminal, as it says it at a place. */
function sale(n: number, { epoch, seq }: Place, terminalId = terminal.terminalId): string {
  const tail = String(n).padStart(12, "0");
  const saleId = `0195d001-0000-7000-8000-${tail}`;
  const receiptNumber = `1-${String(n).padStart(6, "0")}`;
  const fact = {
    ...{ terminalId, epoch, seq, id: `0195d000-0000-7000-8000-${tail}`, type: "sale.completed" },
    ...{ atMs: n * 1_000, businessDate: "2026-11-23", shiftId: "s" },
    payload: sampleSale({ saleId, receiptNumber, skus: ["milk"], quantityMilli: 1_000 }),
  };
  return canonicalJson(fact as unknown as Json);
}

function told(teller: Teller, ...bodies: readonly string[]): void {
  ledger.write(() => {
    const moved = bodies.map((body) => takeFact(ledger, terminal, body, teller));
    if (moved.includes(true)) ledger.projections.settleStockAnew();
  });
}

function sells(n: number): void {
  const { terminalId: _, epoch: _e, seq: _s, ...fact } = parseBody(sale(n, { epoch: 1, seq: 1 }));
  ledger.write(() => void ledger.append(terminal.terminalId, fact as never));
}

/** What `host/lan/lost-facts.ts` does once the cloud has not told of it. */
function journalsAgain(): void {
  ledger.write(() => {
    for (const { position, body } of ledger.hearsay.of(terminal.terminalId, 0, 100)) {
      const at = ledger.journal.retell(parseBody(body));
      ledger.hearsay.remove(position);
      ledger.hearsay.retold(position, at);
    }
    ledger.projections.settleStockAnew();
  });
}

/** The stock of milk, in a ledger whose tables are what its facts say. */
function pieces(): number {
  expect(verifyLedger(ledger)).toMatchObject({ intact: true });
  return (ledger.stock.levelMilli("milk") ?? 0) / 1_000;
}

const placeOf = (n: number): Place | null => {
  const id = (JSON.parse(sale(n, { epoch: 1, seq: 1 })) as AnyFact).id;
  const kept = ledger.sync.storeFactOf(id);
  if (kept === null) return null;
  const { epoch, seq } = ledger.places.of(-kept.position);
  return { epoch, seq };
};

it("[H6] a lost fact counts once: told by a hub, journaled again, told by the cloud", () => {
  sells(1);
  told("hub", sale(2, { epoch: 1, seq: 2 }), sale(1, { epoch: 1, seq: 1 }));
  told("hub", sale(2, { epoch: 1, seq: 2 }));
  sells(3);
  expect(pieces()).toBe(-3);
  journalsAgain();
  const [again] = ledger.journal.entries(1, 2, 10);
  expect(again?.body).toBe(sale(2, { epoch: 1, seq: 3 }));
  expect(placeOf(2)).toEqual({ epoch: 1, seq: 3 });
  told("cloud", sale(2, { epoch: 1, seq: 3 }));
  expect(pieces()).toBe(-3);
  expect(ledger.hearsay.of(terminal.terminalId, 0, 10)).toEqual([]);
  rebuildLedger(ledger);
  expect(pieces()).toBe(-3);
});

it("[H6] what is journaled again is carried into a new epoch, and counts once all the same", () => {
  sells(1);
  told("hub", sale(2, { epoch: 1, seq: 2 }));
  journalsAgain();
  createSyncLedger(ledger, terminal).openNewEpoch({ epoch: 1, seq: 9, hash: "f".repeat(64) }, 1);
  expect(ledger.journal.entries(2, 0, 10).map(({ body }) => body)).toEqual([
    sale(1, { epoch: 2, seq: 1 }),
    sale(2, { epoch: 2, seq: 2 }),
  ]);
  expect(placeOf(2)).toEqual({ epoch: 2, seq: 2 });
  expect(pieces()).toBe(-2);
});

it("[H6] a fact that this journal has is not taken for a lost one where a later life said it again", () => {
  sells(1);
  told("hub", sale(1, { epoch: 2, seq: 1 }));
  told("cloud", sale(1, { epoch: 2, seq: 1 }));
  expect(pieces()).toBe(-1);
});

it("[H6] of two facts for one place the one stands there that the cloud tells of", () => {
  const place = { epoch: 1, seq: 5 };
  told("hub", sale(1, place, otherTill));
  expect(placeOf(1)).toEqual(place);
  told("cloud", sale(2, place, otherTill));
  expect(placeOf(2)).toEqual(place);
  expect(placeOf(1)?.epoch).toBe(0);
  expect(ledger.places.chains()).toEqual([{ terminalId: otherTill, ...place }]);
  told("hub", sale(3, place, otherTill));
  expect(pieces()).toBe(-3);
  // Their till says them again, and the cloud tells where.
  told("hub", sale(1, { epoch: 2, seq: 1 }, otherTill));
  expect(placeOf(1)).toEqual({ epoch: 2, seq: 1 });
  told("cloud", sale(3, { epoch: 2, seq: 2 }, otherTill), sale(1, { epoch: 2, seq: 1 }, otherTill));
  expect(placeOf(3)).toEqual({ epoch: 2, seq: 2 });
  expect(pieces()).toBe(-3);
  expect(ledger.hearsay.after(0, 10)).toEqual([]);
});

it("[H6] a lost fact that the cloud has after all goes back to its first place", () => {
  sells(1);
  told("hub", sale(2, { epoch: 1, seq: 7 }));
  journalsAgain();
  const { epoch, seq, hash } = ledger.journal.head();
  const verdicts = [{ seq, verdict: "duplicate", reason: "its id is held elsewhere" } as const];
  createSyncLedger(ledger, terminal).recordAck({ epoch, seq, hash }, verdicts, 1);
  expect(placeOf(2)).toEqual({ epoch: 1, seq: 7 });
  expect(pieces()).toBe(-2);
});

/** A snapshot whose level of milk has in it what stands up to `heads`. */
function snapshotHas(
  levelMilli: number,
  ...heads: readonly (Place & { readonly terminalId?: string })[]
): void {
  const sync = createSyncLedger(ledger, terminal);
  const own = heads.map((head) => ({ terminalId: terminal.terminalId, ...head }));
  const level = { sku: "milk", levelMilli, stated: false };
  const bases = [{ ...level, storeAtMs: null, count: null }];
  const stock = { heads: own, bases, counts: [], clocks: [] };
  const text = JSON.stringify(stock);
  sync.beginSnapshot("too-old");
  sync.takeSnapshotPage({
    ...{ outcome: "page", stamp: "s", asOf: 1, floor: 0, stampAtFloor: "s", done: 1, total: 1 },
    ...{ next: null, sections: [{ kind: "stock", text, after: null, upTo: null }] },
  });
}

it("[U3] [D2] what the cloud holds of another life of this till counts once beside a snapshot", () => {
  sells(1);
  sells(2);
  // A twin journaled the first sale, this till has sent neither.
  snapshotHas(-1_000, { epoch: 2, seq: 1 });
  const { epoch, seq, hash } = ledger.journal.head();
  const heldAt = { epoch: 2, seq: 1 };
  const again = { seq: 1, verdict: "duplicate", reason: "held elsewhere", heldAt } as const;
  createSyncLedger(ledger, terminal).recordAck({ epoch, seq, hash }, [again], 1);
  expect(ledger.places.of(1)).toMatchObject(heldAt);
  expect(pieces()).toBe(-2);
});

it("[U3] [D3] the feed tells where the cloud holds it too", () => {
  sells(1);
  snapshotHas(-1_000, { epoch: 2, seq: 1 });
  told("cloud", sale(1, { epoch: 2, seq: 1 }));
  expect(ledger.places.of(1)).toMatchObject({ epoch: 2, seq: 1 });
  expect(pieces()).toBe(-1);
});

it("[H6] what was said again at a place that only a snapshot knows counts once: the cloud is asked where", () => {
  const sync = createSyncLedger(ledger, terminal);
  told("hub", sale(1, { epoch: 2, seq: 7 }, otherTill), sale(2, { epoch: 2, seq: 8 }, otherTill));
  const [first = "", second = ""] = ledger.hearsay.after(0, 10).map(({ id }) => id);
  expect(sync.hearsay()).toEqual([first, second]);
  sync.placeHearsay([]);
  // From here on the feed tells it.
  expect(sync.hearsay()).toEqual([]);
  // Their till was put back, and said the first one again; the feed has forgotten where.
  snapshotHas(-1_000, { terminalId: otherTill, epoch: 3, seq: 12 });
  expect(pieces()).toBe(-3);
  expect(sync.hearsay()).toEqual([first, second]);
  sync.placeHearsay([{ id: first, terminalId: otherTill, epoch: 3, seq: 12 }]);
  expect(placeOf(1)).toEqual({ epoch: 3, seq: 12 });
  expect(pieces()).toBe(-2);
  expect(ledger.hearsay.after(0, 10).map(({ id }) => id)).toEqual([second]);
  expect(sync.hearsay()).toEqual([]);
});

const countOfMilk = {
  id: "0195d000-0000-7000-8000-0000000000cc",
  ...{ type: "stock.counted", atMs: 5_000 },
  payload: {
    lines: [{ sku: "milk", countedMilli: 4_000, expectedMilli: 7_000 }],
    ...{ countedAtMs: 5_000, applied: [] },
  },
} as const;

/** A snapshot that has the count of milk in it, as the first fact of whoever counted; or one without. */
function snapshotOfCount(counter: string | null): void {
  const { id: countId, atMs: countedAtMs } = countOfMilk;
  const place = { terminalId: counter, epoch: 1, seq: 1 };
  const at = { atMs: countedAtMs, uncertaintyMs: null };
  const count = { countId, countedMilli: 4_000, beforeMilli: 0, storeAtMs: null };
  const base = { sku: "milk", levelMilli: 4_000, stated: true, storeAtMs: null, count };
  const page =
    counter === null
      ? { heads: [], bases: [], counts: [] }
      : {
          heads: [place],
          bases: [base],
          counts: [{ countId, countedAtMs, ...place, at, applied: [] }],
        };
  const whole = { after: null, upTo: null };
  ledger.write(() => ledger.projections.takeStockBases({ ...page, clocks: [] } as never, whole));
  expect(verifyLedger(ledger)).toMatchObject({ intact: true });
}

const expectedMilli = () =>
  ledger.database.prepare("SELECT expected_milli FROM stock_count").pluck().all();

it("[C2] [D2] what a count was expected to find is known again when a later snapshot lacks the count", () => {
  ledger.write(() => void ledger.append(terminal.terminalId, countOfMilk as never));
  snapshotOfCount(terminal.terminalId);
  snapshotOfCount(null);
  expect(expectedMilli()).toEqual([7_000]);
});

it("[C2] [R3] a count that only a lost life of the cloud knew is gone with it, until its till tells it again", () => {
  snapshotOfCount(otherTill);
  expect(pieces()).toBe(4);
  snapshotOfCount(null);
  expect(pieces()).toBe(0);
  expect(expectedMilli()).toEqual([]);
  const place = { terminalId: otherTill, epoch: 1, seq: 1, businessDate: null, shiftId: null };
  told("cloud", canonicalJson({ ...countOfMilk, ...place }));
  expect(pieces()).toBe(4);
  expect(expectedMilli()).toEqual([7_000]);
});

it("[H6] [R3] what a cloud that was put back from a backup lacks is hearsay again, from whoever it came", () => {
  told("cloud", sale(1, { epoch: 1, seq: 1 }, otherTill), sale(2, { epoch: 1, seq: 2 }, otherTill));
  told("cloud", sale(3, { epoch: 1, seq: 5 }));
  told("hub", sale(4, { epoch: 1, seq: 3 }, otherTill));
  const hearsay = () => ledger.hearsay.after(0, 10).map(({ epoch, seq }) => `${epoch}/${seq}`);
  expect(hearsay()).toEqual(["1/3"]);
  const heads = [{ terminalId: otherTill, epoch: 1, seq: 1 }];
  const stock = { heads, bases: [], counts: [], clocks: [] };
  const whole = { after: null, upTo: null };
  for (const why of ["too-old", "cloud-restored"] as const) {
    const sync = createSyncLedger(ledger, terminal);
    sync.beginSnapshot(why);
    sync.takeSnapshotPage({
      ...{ outcome: "page", stamp: "s", asOf: 1, floor: 0, stampAtFloor: "s", done: 1, total: 1 },
      ...{ next: null, sections: [{ kind: "stock", text: JSON.stringify(stock), ...whole }] },
    });
    expect(hearsay()).toEqual(why === "too-old" ? ["1/3"] : ["1/3", "1/2", "1/5"]);
  }
});
