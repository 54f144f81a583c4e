import { afterEach, beforeEach, expect, it } from "vitest";
import { openLedger } from "../../ledger/ledger.ts";
import { openTestTill, testPin, type TestTill } from "../test-till.ts";

const here = "01900000-0000-7000-8000-000000000001";

let till: TestTill;

beforeEach(async () => {
  till = await openTestTill(20_261_123);
  await till.restart(() => {
    const ledger = openLedger(till.ledgerPath);
    ledger.write(() => {
      for (const told of exceptions) {
        ledger.exceptions.put({
          ...told,
          times: 1,
          firstAtMs: 1,
          detail: JSON.stringify(told.detail),
        });
      }
    });
    ledger.close();
  });
});

afterEach(async () => {
  await till.close();
});

const oversold = { kind: "oversold", detail: { sku: "beans", deltaMilli: -1, levelMilli: -1 } };
const exceptions = [
  { ...oversold, exceptionId: "6", subject: "bread", lastAtMs: 2 },
  {
    ...{ ...oversold, exceptionId: "7", subject: "beans", lastAtMs: 3 },
    detail: { ...oversold.detail, terminalId: here },
  },
  {
    ...{ exceptionId: "8", kind: "forked", subject: `${here}/1`, lastAtMs: 4 },
    detail: {
      ...{ terminalId: here, epoch: 1, firstSeq: 4 },
      cloudHead: { epoch: 1, seq: 3, hash: "0".repeat(64) },
    },
  },
];

it("shows those that name one till, and the sync centre counts them", async () => {
  const named = await till.do("exceptions.list", { terminalId: here });
  expect(named.map(({ exceptionId }) => exceptionId)).toEqual(["8", "7"]);
  expect(await till.do("tills.list", {})).toMatchObject({
    openExceptions: 3,
    tills: [{ isThis: true, openExceptions: 2 }],
  });
  await till.do("session.sign-in", { personId: "noa", pin: testPin });
  await till.do("exceptions.resolve", { exceptionId: "7", resolution: "seen" });
  expect((await till.do("tills.list", {})).tills[0]?.openExceptions).toBe(1);
});

it("[C3] of a good that was taken out nothing can be taken; who answered is named, also a file", async () => {
  const side = { version: "v", atMs: 1, who: "noa", origin: "store" };
  const kept = { ...side, value: null, who: "removed", origin: "head-office" };
  const detail = JSON.stringify({
    ...{ sku: "tea", name: "tea", field: "priceMinor", policy: "head-office-wins" },
    ...{ kept, other: { ...side, value: 5 } },
  });
  const told = {
    kind: "edit-conflict",
    subject: "tea",
    times: 1,
    firstAtMs: 1,
    lastAtMs: 9,
    detail,
  };
  const resolved = { by: "Prices 2026.csv", atMs: 9, resolution: "take-other" };
  await till.restart(() => {
    const ledger = openLedger(till.ledgerPath);
    ledger.write(() => ledger.exceptions.put({ ...told, exceptionId: "10" }));
    ledger.write(() => ledger.exceptions.put({ ...told, exceptionId: "11", resolved }));
    ledger.close();
  });
  const shown = await till.do("exceptions.list", { withResolved: true });
  const byId = new Map(shown.map((view) => [view.exceptionId, view]));
  expect(byId.get("10")?.resolutions).toEqual(["keep"]);
  expect(byId.get("11")?.resolved?.by).toBe("Prices 2026.csv");
});

it("[R2] [U2] what was found of copies stays to be read when it is answered", async () => {
  await till.do("session.sign-in", { personId: "noa", pin: testPin });
  await till.do("exceptions.resolve", { exceptionId: "8", resolution: "seen" });
  expect(await till.do("restored.view", {})).toMatchObject({
    here: { epoch: 1, closedEpochs: 0, receiptsBack: 0, nextReceiptNumber: "2-000001" },
    findings: [{ kind: "forked", detail: { epoch: 1 }, resolved: { resolution: "seen" } }],
  });
});
