import { expect, it } from "vitest";
import { ledgerOn } from "../ledger.ts";
import { openDatabase } from "../open-database.ts";
import { verifyLedger } from "../verify.ts";

const opening = (sku: string, deltaMilli: number, atMs: number) => ({
  ...{ movementId: `opening:${sku}`, sku, deltaMilli, atMs },
  reason: "opening" as const,
});

it("[R3] an opening stock that the cloud lost with its last life is not counted on", () => {
  const ledger = ledgerOn(openDatabase(":memory:"));
  ledger.write(() => {
    for (const movement of [opening("milk", 5_000, 10), opening("tea", 7_000, 20)]) {
      ledger.sync.addStoreMovement(movement);
      ledger.projections.applyStoreMovement(movement);
    }
    const milk = { sku: "milk", levelMilli: 5_000, stated: true, storeAtMs: 10, count: null };
    const page = { bases: [milk], counts: [], heads: [], clocks: [] };
    ledger.projections.takeStockBases(page, { after: null, upTo: null });
  });
  expect(ledger.stock.levelMilli("milk")).toBe(5_000);
  expect(ledger.stock.levelMilli("tea")).toBe(0);
  expect(verifyLedger(ledger)).toMatchObject({ intact: true });
  ledger.close();
});
