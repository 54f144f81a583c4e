import { hash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HeldEvidence, OfficeLine, TillProof, TillWord } from "../../sync/protocol/office.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import { openLedger } from "../../ledger/ledger.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import { openTestTill, testPin, type TestTill } from "../test-till.ts";

const here = "01900000-0000-7000-8000-000000000001";
const there = "01900000-0000-7000-8000-000000000002";
const businessDate = "2026-11-23";

/** What the cloud answers; null: it does not answer. */
interface Said {
  tills: TillWord[] | null;
  proof: TillProof[] | null;
  evidence: HeldEvidence[] | null;
}

let till: TestTill;
let said: Said;

function answered<T>(answer: T | null): Promise<T> {
  return answer === null ? Promise.reject(new Error("no line")) : Promise.resolve(answer);
}

beforeEach(async () => {
  said = { tills: null, proof: null, evidence: null };
  const office: OfficeLine = {
    tills: () => answered(said.tills),
    proof: () => answered(said.proof),
    evidence: (_, afterSeq, limit) =>
      answered(said.evidence?.filter(({ seq }) => seq > afterSeq).slice(0, limit) ?? null),
  };
  till = await openTestTill(20_261_123, { office });
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  for (const sku of ["beans", "bread"]) {
    await till.do("cart.add-product", { sku });
    await till.do("tender.cash", { amountMinor: 1_000 });
  }
});

afterEach(async () => {
  await till.close();
});

/** What a cloud that has everything would say. */
async function held(): Promise<{ facts: HeldEvidence[]; proof: TillProof }> {
  const [side] = (await till.do("proof.day", { businessDate })).tills;
  if (side === undefined) throw new Error("the till has no side");
  const before = said.evidence;
  said.evidence = [];
  const { rows } = await till.do("evidence.page", { limit: 1_000 });
  said.evidence = before;
  const facts = rows.map(({ seq, hashHere: chained, totalHereMinor: totalMinor }) => {
    const fact = { seq, hash: chained ?? "", verdict: "applied", reason: null } as const;
    return { ...fact, receivedAtMs: 1, totalMinor };
  });
  return { facts, proof: { terminalId: here, tillNumber: 2, ...side.here } };
}

describe("the proof of a business date", () => {
  it("[P1] says nothing of equality while the cloud cannot be asked", async () => {
    expect(await till.do("proof.days", {})).toEqual([{ businessDate, receipts: 2 }]);
    const proof = await till.do("proof.day", { businessDate });
    expect(proof).toMatchObject({ askedAtMs: null });
    expect(proof.tills).toMatchObject([
      { tillNumber: 2, isThis: true, cloud: null, verdict: "unknown" },
    ]);
    expect(proof.tills[0]?.here).toMatchObject({ count: 2, totalMinor: 1_069 });
  });

  it("[P1] is equal only where count, total and hash are, and tells what waits from what differs", async () => {
    const { proof } = await held();
    said.proof = [proof];
    expect((await till.do("proof.day", { businessDate })).tills[0]?.verdict).toBe("equal");
    said.proof = [{ ...proof, totalMinor: proof.totalMinor + 1 }];
    expect((await till.do("proof.day", { businessDate })).tills[0]?.verdict).toBe("waits");
    const strange = { terminalId: there, tillNumber: 3, count: 0, totalMinor: 0 };
    said.proof = [proof, { ...strange, hash: "0".repeat(64) }];
    const { tills } = await till.do("proof.day", { businessDate });
    expect(tills.map(({ tillNumber, verdict }) => [tillNumber, verdict])).toEqual([
      [2, "equal"],
      [3, "equal"],
    ]);
  });
});

describe("the evidence", () => {
  it("[P1] is none without the cloud", async () => {
    expect(await till.refused("evidence.page", {})).toEqual({ type: "CloudUnreachable" });
  });

  it("[P1] compares fact by fact over pages, and adds up to the penny", async () => {
    const { facts } = await held();
    said.evidence = facts.slice(0, -1);
    const states: string[] = [];
    let page = await till.do("evidence.page", { limit: 3 });
    states.push(...page.rows.map(({ state }) => state));
    while (page.next !== null) {
      page = await till.do("evidence.page", { limit: 3, after: page.next });
      states.push(...page.rows.map(({ state }) => state));
    }
    expect(states).toEqual([...facts.slice(1).map(() => "equal"), "unsent"]);
    expect(page.journal).toBe(facts.length);
    expect(page.summary).toMatchObject({
      facts: facts.length,
      receiptsHere: 2,
      totalHereMinor: 1_069,
      receiptsThere: 1,
      totalThereMinor: 649,
      states: { equal: facts.length - 1, unsent: 1 },
    });
  });
});

describe("the evidence of another till", () => {
  const sha256 = (text: string) => hash("sha256", text, "hex");

  it("[P1] proves what was told here by the cloud's hashes, and says what was not told", async () => {
    const other = createSampleTill({ terminalId: there, sha256 });
    for (let n = 0; n < 6; n++) other.sell(["milk"]);
    said.evidence = other.facts.map(({ hash: chained }, i) => {
      const fact = { seq: i + 1, hash: chained, verdict: "applied", reason: null } as const;
      return { ...fact, receivedAtMs: 1, totalMinor: 100 };
    });
    said.tills = [
      {
        ...{ terminalId: there, tillNumber: 3, name: "Till 3", epoch: 1, seq: 6 },
        ...{ hash: other.head.hash, parked: 0, lastHeardAtMs: null, report: null },
      },
    ];
    // The cloud has one fewer, one was changed on its way, and one was never told.
    said.evidence = said.evidence.slice(0, 5);
    await till.restart(() => {
      const ledger = openLedger(till.ledgerPath);
      ledger.write(() => {
        for (const [i, { body }] of other.facts.entries()) {
          const told = i === 2 ? body.replace('"atMs":', '"atMs":1') : body;
          if (i !== 3) ledger.sync.addStoreFact(parseBody(told), told);
        }
      });
      ledger.close();
    });
    expect(await till.refused("evidence.page", { terminalId: there })).toEqual({
      type: "ManagerNeeded",
    });
    await till.do("session.sign-out", {});
    await till.do("session.sign-in", { personId: "noa", pin: testPin });
    const states: string[] = [];
    let page = await till.do("evidence.page", { terminalId: there, limit: 2 });
    states.push(...page.rows.map(({ state }) => state));
    while (page.next !== null) {
      page = await till.do("evidence.page", { terminalId: there, limit: 2, after: page.next });
      states.push(...page.rows.map(({ state }) => state));
    }
    expect(states).toEqual(["equal", "equal", "differs", "elsewhere", "equal", "unsent"]);
    expect(page.summary).toMatchObject({
      facts: 6,
      receiptsHere: 5,
      receiptsThere: 5,
      totalThereMinor: 500,
      states: { equal: 3, differs: 1, elsewhere: 1, unsent: 1 },
    });
    said.tills = null;
    expect(await till.refused("evidence.page", { terminalId: there })).toEqual({
      type: "CloudUnreachable",
    });
  });
});

describe("the tills of the store", () => {
  const word: TillWord = {
    ...{
      terminalId: there,
      tillNumber: 3,
      name: "Till 3",
      epoch: 1,
      seq: 40,
      hash: "0".repeat(64),
    },
    parked: 1,
    lastHeardAtMs: Date.UTC(2026, 10, 23, 8, 59),
    report: {
      ...{ epoch: 1, seq: 52, oldestUnsentAtMs: 5, clockSkewMs: -3_000, factsPerMinute: 7 },
      program: "Evertill 1",
    },
  };

  it("are this one as it stands, and the others as the cloud last told of them", async () => {
    expect(await till.do("tills.list", {})).toMatchObject({ heardAtMs: null, isFresh: false });
    said.tills = [word];
    const { facts } = await held();
    const first = await till.do("tills.list", {});
    expect(first.tills).toMatchObject([
      { tillNumber: 2, isThis: true, unsent: facts.length },
      { tillNumber: 3, unsent: 12, oldestUnsentAtMs: 5, factsPerMinute: 7, line: "online" },
    ]);
    said.tills = null;
    till.world.clock.advance(200_000);
    const later = await till.do("tills.list", {});
    expect(later).toMatchObject({ heardAtMs: first.heardAtMs, isFresh: false });
    expect(later.tills[1]).toMatchObject({ unsent: 12, factsPerMinute: null, line: "silent" });
  });
});

describe("leaving", () => {
  it("[P2] warns at the day's end, and keeps an uninstall while a sale is open or unsent", async () => {
    expect(await till.do("leave.check", { what: "sign-out" })).toMatchObject({
      mayGo: true,
      reasons: [],
      isShiftOpen: true,
    });
    await till.do("cart.add-product", { sku: "bread" });
    const uninstall = await till.do("leave.check", { what: "uninstall" });
    expect(uninstall).toMatchObject({ mayGo: false, reasons: ["sale-open", "unsent"] });
    expect(uninstall.unsent).toBe((await held()).facts.length);
    expect(await till.do("leave.check", { what: "close" })).toMatchObject({
      mayGo: true,
      reasons: ["sale-open", "unsent"],
    });
  });
});

it("a silent till whose last word was of nothing unsent is not said to have none", async () => {
  said.tills = [
    {
      ...{ terminalId: there, tillNumber: 3, name: "Till 3", epoch: 1, seq: 40, parked: 0 },
      ...{ hash: "0".repeat(64), lastHeardAtMs: Date.UTC(2026, 10, 23, 8, 0) },
      report: {
        ...{ epoch: 1, seq: 40, oldestUnsentAtMs: null, clockSkewMs: 0, factsPerMinute: 0 },
        program: "Evertill 1",
      },
    },
  ];
  till.world.clock.advance(3 * 3_600_000);
  expect((await till.do("tills.list", {})).tills[1]).toMatchObject({
    line: "silent",
    unsent: null,
  });
});
