import { readFileSync } from "node:fs";
import { join } from "node:path";
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { removedBy } from "../../../../domain/exceptions/exception-details.ts";
import type { ExceptionView } from "../../../../host/contract/exception-views.ts";
import type { Formats } from "../../../formatting/use-formats.ts";
import { languages } from "../../../i18n/languages.ts";
import { storyOf } from "./exception-story.ts";
import type { InboxWords } from "./inbox-words.ts";

const till = "0195d000-0000-7000-8000-00000000a001";
const sale = "0195d000-0000-7000-8000-0000000000aa";
const place = { terminalId: till, epoch: 1, seq: 9 };
const receipt = { receiptNumber: "1-000007", saleId: sale, terminalId: till, atMs: 5, by: "noa" };
const edit = { version: "v", who: "noa", atMs: 7, terminalId: till };

const head = {
  ...{ exceptionId: "1", subject: "s", times: 2, firstAtMs: 1, lastAtMs: 2 },
  resolutions: [],
  resolved: null,
  names: { milk: "Milk", noa: "Noa" },
  tills: { [till]: 3 },
};

type Sample = ExceptionView extends infer V
  ? V extends ExceptionView
    ? Pick<V, "kind" | "detail">
    : never
  : never;

/** One of each kind; of those with two faces both. */
const samples: readonly Sample[] = [
  { kind: "oversold", detail: { ...place, sku: "milk", deltaMilli: -1_000, levelMilli: -2_000 } },
  {
    kind: "forked",
    detail: {
      ...{ terminalId: till, epoch: 1, firstSeq: 4 },
      cloudHead: { epoch: 1, seq: 3, hash: "aa" },
    },
  },
  { kind: "cloned", detail: { terminalId: till, epoch: 1, ledgerIds: ["a", "b"] } },
  { kind: "cloud-restored", detail: { restoredAtMs: 5, missing: 12 } },
  {
    kind: "number-reused",
    detail: {
      receiptNumber: "1-000007",
      receipts: [receipt, { ...receipt, totalMinor: 1_250 }],
    },
  },
  {
    kind: "recalled-twice",
    detail: {
      suspension: sale,
      recalls: [
        { terminalId: till, atMs: 5, by: "noa" },
        { terminalId: till, atMs: 6 },
      ],
    },
  },
  {
    kind: "over-returned",
    detail: {
      ...{ saleId: sale, receiptNumber: "1-000007", lineNo: 2, sku: "milk", name: "Milk" },
      ...{ soldMilli: 1_000, returnedMilli: 2_000 },
      returns: [{ ...receipt, quantityMilli: 1_000 }],
    },
  },
  {
    kind: "edit-conflict",
    detail: {
      ...{ sku: "milk", name: "Milk", field: "priceMinor", policy: "head-office-wins" },
      kept: { ...edit, value: 555, origin: "head-office", who: "" },
      other: { ...edit, value: null, origin: "store" },
    },
  },
  {
    kind: "edit-conflict",
    detail: {
      ...{ sku: "milk", name: "Milk", field: "pendingPrice", policy: "ask" },
      kept: { ...edit, value: { effectiveOn: "2026-12-01", priceMinor: 1 }, origin: "store" },
      other: { ...edit, value: ["04006381333931"], origin: "store", atMs: 0 },
    },
  },
  {
    kind: "edit-conflict",
    detail: {
      ...{ sku: "milk", name: "milk", field: "priceMinor", policy: "head-office-wins" },
      kept: { ...edit, value: null, origin: "head-office", who: removedBy, atMs: 0 },
      other: { ...edit, value: 555, origin: "store" },
    },
  },
  ...(["gtins", "plu"] as const).map(
    (field): Sample => ({
      kind: "code-conflict",
      detail: {
        ...{ field, code: "04006381333931" },
        kept: { ...edit, sku: "milk", name: "Milk", origin: "head-office", atMs: 0 },
        other: { ...edit, sku: "tea", name: "Tea", origin: "store" },
      },
    }),
  ),
  ...([250, null] as const).map(
    (uncertaintyMs): Sample => ({
      kind: "count-uncertain",
      detail: {
        ...{ sku: "milk", countId: sale, countedAtMs: 9, countedBy: "noa", countedMilli: 12_000 },
        movement: { ...place, deltaMilli: -1_000, atMs: 10 },
        ...{ uncertaintyMs, assumed: uncertaintyMs === null ? "before" : "after" },
      },
    }),
  ),
  {
    kind: "overdrawn",
    detail: { accountId: "A1", account: "gift-card", balanceMinor: -5, deltaMinor: -10 },
  },
  {
    kind: "overdrawn",
    detail: { accountId: "C1", account: "points", balanceMinor: -7, deltaMinor: -9 },
  },
  { kind: "parked", detail: { terminalId: till, reason: "not JSON", facts: [] } },
  { kind: "unknown", detail: { kind: "new-thing", text: "{}" } },
];

const formats = {
  moneyText: (minor: number) => `${minor} EUR`,
  quantity: (milli: number) => `${milli}m`,
  moment: (atMs: number) => `at ${atMs}`,
  businessDate: (date: string) => date,
} as unknown as Formats;

async function wordsOf(language: string): Promise<InboxWords> {
  const file = join(import.meta.dirname, "..", "..", "..", "i18n", language, "inbox.json");
  const inbox = JSON.parse(readFileSync(file, "utf8")) as object;
  const own = i18next.createInstance();
  await own.init({
    lng: language,
    resources: { [language]: { inbox } },
    interpolation: { escapeValue: false },
    parseMissingKeyHandler: (key) => `MISSING ${key}`,
    missingInterpolationHandler: (text) => `MISSING VALUE in ${text}`,
  });
  return own.getFixedT(language, "inbox");
}

describe.each(languages)("the inbox in %s", (language) => {
  it.each(samples.map((sample, i) => [`${i} ${sample.kind}`, sample] as const))(
    "tells of %s in whole sentences",
    async (_, sample) => {
      const t = await wordsOf(language);
      const { title, lines, sides } = storyOf(
        { ...head, ...sample },
        {
          t,
          formats,
        },
      );
      const said = [title, ...lines, ...sides.flatMap(({ value, by }) => [value, by])].join("\n");
      expect(said).not.toMatch(/MISSING|\{\{|undefined|null/);
      expect(lines.length).toBeGreaterThan(0);
    },
  );
});

it("both sides of a conflict have their value, their author and their time", async () => {
  const conflict = samples.find(({ kind }) => kind === "edit-conflict");
  const t = await wordsOf("en");
  const { sides } = storyOf({ ...head, ...conflict } as ExceptionView, { t, formats });
  expect(sides.map(({ key, value, time }) => [key, value, time])).toEqual([
    ["kept", "555 EUR", "at 7"],
    ["other", "nothing", "at 7"],
  ]);
  expect(sides[0]?.by).toContain("Head office");
  expect(sides[1]?.by).toContain("Till 3");
});

it.each(languages)(
  "in %s an edit of a good's unit is told in words, and who made it",
  async (language) => {
    const t = await wordsOf(language);
    const detail = {
      sku: "milk",
      name: "Milk",
      field: "unit",
      policy: "latest-wins",
      kept: { ...edit, value: "each", origin: "store" },
      other: { ...edit, value: "kg", origin: "store" },
    } as const;
    const { sides } = storyOf({ ...head, kind: "edit-conflict", detail }, { t, formats });
    expect(sides.map(({ value }) => value)).toEqual([t("unit.each"), t("unit.kg")]);
  },
);

it("receipts and returns are told with who made them, what went too far with its till", async () => {
  const t = await wordsOf("en");
  const told = samples.map((sample) => storyOf({ ...head, ...sample }, { t, formats }));
  const linesOf = (kind: string) =>
    told[samples.findIndex((sample) => sample.kind === kind)]?.lines.join("\n") ?? "";
  expect(linesOf("over-returned")).toContain("Noa");
  expect(linesOf("number-reused")).toContain("Noa");
  expect(linesOf("oversold")).toContain("-1000m\u2069 at Till 3");
  expect(linesOf("overdrawn")).toContain("-10 EUR\u2069 at A till");
});

it("points are counted, not taken for money", async () => {
  const t = await wordsOf("en");
  const points = samples.find(({ detail }) => "account" in detail && detail.account === "points");
  const { lines } = storyOf({ ...head, ...points } as ExceptionView, { t, formats });
  expect(lines.join(" ")).toContain("-7000m");
  expect(lines.join(" ")).not.toContain("EUR");
});
