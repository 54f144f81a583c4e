import { expect, it } from "vitest";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { ledgerOn } from "../ledger.ts";
import { openDatabase } from "../open-database.ts";
import { verifyLedger } from "../verify.ts";

const terminalId = "01900000-0000-7000-8000-000000000001";
const shiftId = "01900000-0000-7000-8000-0000000000aa";

it("keeps a count as the same text, whatever order its members were written in", () => {
  const ledger = ledgerOn(openDatabase(":memory:"));
  const fact = { atMs: 1, shiftId, businessDate: "2026-11-23" };
  ledger.write(() => {
    ledger.append(terminalId, {
      ...{ ...fact, id: "01900000-0000-7000-8000-000000000002", type: "shift.opened" },
      payload: { businessDate: "2026-11-23", floatMinor: 0 },
    });
    ledger.append(terminalId, {
      ...{ ...fact, id: "01900000-0000-7000-8000-000000000003", type: "shift.counted" },
      payload: { expectedMinor: 5, countedMinor: 5, denominations: [] },
    });
  });
  expect(verifyLedger(ledger)).toMatchObject({ intact: true, facts: 2 });
  ledger.close();
});

const about = { terminalId, epoch: 1, shiftId, businessDate: "2026-11-23" };
const z = { zNumber: 1, shiftId };
const factsOfOneShift = [
  { ...about, type: "shift.opened", payload: { businessDate: "2026-11-23", floatMinor: 5 } },
  { ...about, type: "drawer.no-sale", payload: { reason: "change" } },
  { ...about, type: "shift.counted", payload: { expectedMinor: 5, countedMinor: 5 } },
  { ...about, type: "shift.closed", payload: { z } },
].map((fact, i) => ({ ...fact, seq: i + 1, id: `f-${i}`, atMs: i, actorId: "dana" }));

it("[D3] makes the same shift of its facts, whatever order they come in", () => {
  const shifts = [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [1, 2, 0, 3],
  ].map((order) => {
    const ledger = ledgerOn(openDatabase(":memory:"));
    ledger.write(() => {
      for (const i of order) {
        ledger.projections.apply(factsOfOneShift[i] as unknown as AnyFact, i + 1);
      }
    });
    const rows = ledger.database
      .prepare("SELECT * FROM shift JOIN shift_total USING (shift_id)")
      .all();
    ledger.close();
    return rows;
  });
  expect(shifts[0]).toMatchObject([{ opened_by: "dana", float_minor: 5, no_sales: 1 }]);
  expect(shifts[1]).toEqual(shifts[0]);
  expect(shifts[2]).toEqual(shifts[0]);
});
