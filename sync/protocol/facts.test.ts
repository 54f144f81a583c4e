import { describe, expect, it } from "vitest";
import { accountMovesOf } from "../../domain/account/account-move.ts";
import { canonicalJson } from "../../domain/facts/canonical.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { parseFact } from "./facts.ts";
import { payloadSchemas } from "./payloads.ts";
import { quickCheck } from "./quick-check.ts";
import { isPushRequest, pushRequestSchema } from "./wire.ts";

const id = "0195d000-0000-7000-8000-000000000001";
const envelope = { terminalId: id, epoch: 1, seq: 1, id, atMs: 1_795_000_000_000, shiftId: id };
const totals = {
  sales: 1,
  returns: 0,
  voids: 0,
  noSales: 0,
  linesRemoved: 0,
  reprints: 0,
  grossMinor: 100,
  returnsMinor: 0,
  cashMinor: 100,
  cardMinor: 0,
  taxes: [],
};
const sale = {
  saleId: id,
  receiptNumber: "1-000001",
  currency: "EUR",
  pricesIncludeTax: true,
  lines: [
    {
      lineNo: 1,
      sku: null,
      name: "Postage",
      quantityMilli: 1000,
      unit: "each",
      unitPriceMinor: 100,
      amountMinor: 100,
      taxCategory: "standard",
      taxRatePpm: 190_000,
      returnOf: { saleId: id, receiptNumber: "1-000000", lineNo: 1 },
    },
  ],
  totalMinor: 100,
  netMinor: 84,
  taxes: [{ category: "standard", ratePpm: 190_000, netMinor: 84, taxMinor: 16 }],
  tenders: [
    {
      kind: "card",
      amountMinor: 100,
      card: { requestId: id, terminalReference: "r", label: "VISA ****1111" },
    },
  ],
  changeMinor: 0,
} as const;

/** One of each kind, typed by the domain. */
const samples: { readonly [T in AnyFact["type"]]: Extract<AnyFact, { type: T }>["payload"] } = {
  "terminal.enrolled": { storeId: id, tillNumber: 1, program: "evertill 0.1.0" },
  "person.signed-in": { personId: id },
  "person.signed-out": { personId: id },
  "person.sign-in-refused": { personId: id, lockedUntilMs: 5 },
  "shift.opened": { businessDate: "2026-11-23", floatMinor: 10_000 },
  "shift.counted": {
    countedMinor: 1,
    expectedMinor: 2,
    denominations: [{ valueMinor: 1, count: 1 }],
  },
  "shift.closed": {
    z: {
      zNumber: 1,
      shiftId: id,
      businessDate: "2026-11-23",
      currency: "EUR",
      openedAtMs: 1,
      closedAtMs: 2,
      openedBy: "Dana",
      closedBy: "Dana",
      firstReceiptNumber: null,
      lastReceiptNumber: null,
      floatMinor: 0,
      countedMinor: 0,
      expectedMinor: 0,
      varianceMinor: 0,
      totals,
      perpetual: { grandTotalMinor: 100, returnsTotalMinor: 0, receipts: 1 },
    },
  },
  "sale.completed": sale,
  "return.completed": sale,
  "sale.voided": { cartId: id, reason: "left", lines: 1, totalMinor: 1 },
  "sale.suspended": { cartId: id, lines: 1, totalMinor: 1 },
  "sale.recalled": { cartId: id },
  "line.removed": { cartId: id, sku: "a", name: "A", quantityMilli: 1, amountMinor: 1 },
  "drawer.no-sale": { reason: "change" },
  "receipt.reprinted": { saleId: id, receiptNumber: "1-000001", copy: 1 },
  "z.reprinted": { shiftId: id, zNumber: 3, copy: 1 },
  "product.added": {
    sku: "a",
    name: "A",
    gtins: [],
    priceMinor: null,
    unit: "kg",
    taxCategory: "zero",
  },
  "product.edited": {
    sku: "a",
    changes: { priceMinor: 649, brand: null, gtins: ["04006381333931"] },
    base: { priceMinor: "=599", brand: '="X"', gtins: "=[]" },
    stampMs: 5,
  },
  "account.moved": { account: "points", accountId: "A1B2", deltaMinor: -5, reason: "gift" },
  "exception.resolved": {
    ...{ exceptionId: "7", kind: "edit-conflict", subject: "a/priceMinor/1", resolution: "keep" },
  },
  "print.resolved": { jobId: id, printed: true },
  "stock.moved": { reason: "waste", lines: [{ sku: "a", deltaMilli: -500 }], note: "mouldy" },
  "stock.counted": {
    lines: [{ sku: "a", countedMilli: 4_000, expectedMilli: 5_000, storeAtMs: 7 }],
    countedAtMs: 9,
    applied: [{ terminalId: id, epoch: 1, seq: 12 }],
  },
  "clock.measured": { skewMs: -1_200, uncertaintyMs: 40 },
};

function bodyOf(type: string, payload: object, change: object = {}): string {
  return JSON.stringify({ ...envelope, type, payload, ...change });
}

describe("parseFact", () => {
  it.each(Object.entries(samples))("reads %s as it was written", (type, payload) => {
    const body = bodyOf(type, payload);
    const parsed = parseFact(body);
    expect(parsed).toEqual({ ok: true, value: JSON.parse(body) as unknown });
  });

  it("knows every type of the domain", () => {
    expect(Object.keys(payloadSchemas).toSorted()).toEqual(Object.keys(samples).toSorted());
  });

  it("keeps what a newer till adds from getting in the way", () => {
    const body = bodyOf("drawer.no-sale", { reason: "change", colour: "red" }, { mood: "good" });
    expect(parseFact(body)).toMatchObject({ ok: true, value: { payload: { reason: "change" } } });
  });

  it.each([
    ["", "not JSON"],
    ["null", "no fact type"],
    ['"sale"', "no fact type"],
    ['{"type":5}', "no fact type"],
    ['{"type":"__proto__"}', 'unknown fact type "__proto__"'],
    [bodyOf("drawer.no-sale", {}), /^drawer.no-sale: payload.reason: /],
    [bodyOf("drawer.no-sale", { reason: "x" }, { seq: "1" }), /^drawer.no-sale: seq: /],
    [bodyOf("drawer.no-sale", { reason: "x" }, { atMs: 2 ** 53 }), /a number is not whole/],
    [bodyOf("sale.completed", { ...sale, totalMinor: 0.5 }), /a number is not whole/],
    [bodyOf("sale.completed", { ...sale, lines: [{}] }), /payload.lines.0.lineNo/],
    [bodyOf("sale.completed", { ...sale, changeMinor: "0" }), /payload.changeMinor/],
  ])("[U4] says why %j cannot be read", (body, reason) => {
    const parsed = parseFact(body);
    expect(parsed.ok ? "read" : parsed.failure.reason).toMatch(reason);
  });

  const card = { account: "gift-card", accountId: "CARD0001", deltaMinor: 1, reason: "x" };
  const product = { ...samples["product.added"], gtins: ["04006381333931"] };
  const counted = { sku: "tea", countedMilli: 1, expectedMilli: 1 };
  const count = { countedAtMs: 1, applied: [] };
  const huge = Number.MAX_SAFE_INTEGER;
  const nested = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;

  it.each([
    [bodyOf("drawer.no-sale", { reason: "x" }, { atMs: 9e15 }), "atMs"],
    [bodyOf("shift.opened", samples["shift.opened"], { shiftId: undefined }), "shiftId"],
    [bodyOf("shift.closed", samples["shift.closed"], { shiftId: undefined }), "shiftId"],
    [bodyOf("sale.completed", { ...sale, totalMinor: huge }), "more than can be added up"],
    [
      bodyOf("stock.moved", { reason: "waste", lines: [{ sku: "tea", deltaMilli: -huge }] }),
      "more",
    ],
    [bodyOf("stock.counted", { ...count, lines: [counted, counted] }), "counted twice"],
    [bodyOf("stock.counted", { ...count, lines: [{ ...counted, sku: "\ud800" }] }), "half a"],
    [bodyOf("stock.counted", { ...count, countedAtMs: huge, lines: [] }), "countedAtMs"],
    [bodyOf("clock.measured", { skewMs: huge, uncertaintyMs: 1 }), "skewMs"],
    [bodyOf("account.moved", { ...card, accountId: "\u0000card" }), "number of a card"],
    [bodyOf("account.moved", { ...card, deltaMinor: huge }), "more than can be added up"],
    [bodyOf("product.added", { ...product, gtins: ["1"] }), "14 digits"],
    [bodyOf("product.added", { ...product, priceMinor: -1 }), "below zero"],
    [bodyOf("product.edited", { sku: "tea", changes: {}, base: {}, stampMs: huge }), "stampMs"],
    [`{"type":"drawer.no-sale","payload":${nested}}`, "too deep"],
  ])("[U4] parks what has the right shape and could not be folded: %.150s", (body, reason) => {
    const parsed = parseFact(body);
    expect(parsed.ok ? "read" : parsed.failure.reason).toContain(reason);
  });

  it("[U4] survives any damage to a sale, seed 20261123", () => {
    const body = canonicalJson({ ...envelope, type: "sale.completed", payload: sale });
    let state = 20_261_123;
    const next = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
    for (let i = 0; i < 3_000; i++) {
      const at = next(body.length);
      const damaged = body.slice(0, at) + String.fromCharCode(next(128)) + body.slice(at + next(3));
      const parsed = parseFact(damaged);
      expect(parsed.ok ? "read" : parsed.failure.reason).not.toBe("");
    }
  });
});

/** Every place of a value, as paths from its root. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key])),
  ];
}

/** What JSON brings when something else stands at one place; undefined takes the place out. */
function changed(value: unknown, path: readonly string[], other: unknown): unknown {
  const put = (at: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (key === undefined) return other;
    if (typeof at !== "object" || at === null) return at;
    const copy = (Array.isArray(at) ? at.slice() : { ...at }) as Record<string, unknown>;
    copy[key] = put(copy[key], rest);
    return copy;
  };
  return JSON.parse(JSON.stringify(put(value, path) ?? null));
}

it("[C5] an amount sold on a gift card is on the card when the cloud has read the sale", () => {
  const lines = sale.lines.map((line) => ({ ...line, giftCard: "CARD0001" }));
  const payload = { ...sale, lines };
  const body = canonicalJson({ ...envelope, type: "sale.completed", payload });
  const parsed = parseFact(body);
  const moves = parsed.ok ? accountMovesOf(parsed.value) : [];
  expect(moves).toEqual([{ account: "gift-card", accountId: "CARD0001", deltaMinor: 100 }]);
});

describe("the quick look", () => {
  const others = [undefined, null, "", "x", -1, 0.5, 2 ** 53, true, [], [{}], {}, "2026-02-30", id];

  it.each(["sale.completed", "return.completed", "stock.moved", "line.removed"] as const)(
    "is enough for %s",
    (type) => {
      expect(quickCheck(payloadSchemas[type])(samples[type])).toBe(true);
    },
  );

  it("is enough for a push, and lets nothing through that its schema would refuse", () => {
    const push = {
      ...{ protocol: 2, epoch: 1, firstSeq: 7, ledgerId: "l".repeat(64) },
      facts: [{ body: "{}", hash: "0f".repeat(32) }],
    };
    expect(isPushRequest(push)).toBe(true);
    const hashes = ["0F".repeat(32), "0f".repeat(31), `${"0f".repeat(32)}\n`];
    const damaged = placesIn(push).flatMap((place) => [
      ...[...others, ...hashes, 0, "l".repeat(65)].map((other) => changed(push, place, other)),
      changed(push, [...place, "colour"], "red"),
    ]);
    for (const value of damaged.filter(isPushRequest)) {
      expect(pushRequestSchema.safeParse(value)).toEqual({ success: true, data: value });
    }
  });

  it.each(Object.entries(samples))(
    "[U4] lets nothing of %s through that its schema would refuse or leave out",
    (type, payload) => {
      const schema = payloadSchemas[type as keyof typeof samples];
      const quick = quickCheck(schema);
      const damaged = placesIn(payload).flatMap((place) => [
        ...others.map((other) => changed(payload, place, other)),
        changed(payload, [...place, "colour"], "red"),
      ]);
      for (const value of damaged.filter(quick)) {
        expect(schema.safeParse(value)).toEqual({ success: true, data: value });
      }
    },
  );
});
