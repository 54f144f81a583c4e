import { afterEach, expect, it, vi } from "vitest";
import { correctedTime } from "../domain/values/clock-reading.ts";
import { present } from "../domain/values/assert.ts";
import type { Clock } from "../domain/values/ports.ts";
import { openLedger } from "../ledger/ledger.ts";
import { createScriptedCloud } from "../sync/engine/scripted-cloud.ts";
import { openTestTill, type TestTill, testPin, testTerminal } from "./test-till.ts";

const hourMs = 3_600_000;
let till: TestTill;

afterEach(() => till.close());

it("[C2] a sale behind a clock that was set offline is not taken for certain to be an hour earlier", async () => {
  let real: Clock | null = null;
  const cloud = createScriptedCloud({ now: () => present(real, "clock").now() } as Clock);
  till = await openTestTill(20_261_123, { transport: cloud });
  const { clock } = till.world;
  const now = clock.now.bind(clock);
  real = { ...clock, now };
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  await vi.waitFor(async () => {
    clock.advance(500);
    const { network } = await till.do("status.view", {});
    expect(network).toMatchObject({ provedEqual: true });
  });
  cloud.failWith("unreachable");
  clock.advance(60_000);
  // Somebody sets the till's clock back by an hour.
  clock.now = () => now() - hourMs;
  const trulyMs = now();
  await till.do("cart.add-open-item", { name: "x", unitPriceMinor: 1, taxCategory: "zero" });
  await till.do("tender.cash", { amountMinor: 1 });
  await till.restart(() => {
    const ledger = openLedger(till.ledgerPath);
    const { position, epoch, seq } = ledger.journal.head();
    const sale = present(ledger.journal.at(position), "the sale");
    expect(sale.type).toBe("sale.completed");
    const { terminalId } = testTerminal;
    const reading = ledger.stockCounts.readingAt({ terminalId, epoch, seq });
    const read = correctedTime(sale.atMs, reading);
    expect(reading).not.toBeNull();
    expect(Math.abs(read.atMs - trulyMs)).toBeLessThanOrEqual(read.uncertaintyMs ?? 0);
    ledger.close();
  });
});
