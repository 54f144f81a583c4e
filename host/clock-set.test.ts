import { afterEach, expect, it } from "vitest";
import { correctedTime } from "../domain/values/clock-reading.ts";
import { present } from "../domain/values/assert.ts";
import { openLedger } from "../ledger/ledger.ts";
import { type CloudTill, openCloudTill } from "./test-cloud-till.ts";
import { testTerminal } from "./test-till.ts";

const hourMs = 3_600_000;
let opened: CloudTill;

const open = async () => (opened = await openCloudTill(20_261_123));
afterEach(() => opened.till.close());

it("[C2] a sale behind a clock that was set offline is not taken for certain to be an hour earlier", async () => {
  const { till, cloud, untilProved } = await open();
  const { clock } = till.world;
  const now = clock.now.bind(clock);
  await untilProved();
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
