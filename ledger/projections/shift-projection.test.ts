import { expect, it } from "vitest";
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
