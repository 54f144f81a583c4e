import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../ledger/open-database.ts";
import type { Bench } from "./bench.ts";
import { type BenchTill, openBenchTill, stockLedger } from "./bench-till.ts";
import { type Disk, openDisk } from "./disk.ts";
import { atLeast, atMost, type Figure, median, quantile } from "./figure.ts";
import { type BenchGood, benchGoods } from "./goods.ts";
import { type LedgerSize, ledgerSize } from "./ledger-size.ts";
import { createBareWriter, putOnEar, type RunStatement, type WriteEar } from "./statements.ts";
import { createBaskets, fillCart, timeSale } from "./till-sale.ts";

const salesOfARound = 100;
/** Till and bare writer are both warm when they are timed. */
const warmUpSales = 300;

/**
 * Completing a sale: `tender.cash` on a cart of four lines, until fact, projections, stock and print jobs are on the
 * disk. Beside it, in the same loop, better-sqlite3 alone writes the very same rows to a twin of the file, in one
 * transaction. A third till, which is not timed, is listened to for them; which of the two goes first alternates.
 */
export const saleBench: Bench = {
  name: "sale",
  measures: ["sale-rate", "sale-p99", "sale-bytes"],
  async run({ sizes, folder }) {
    const goods = benchGoods(2_000, undefined);
    const ledgerIn = (name: string) => {
      mkdirSync(join(folder, name), { recursive: true });
      return stockLedger(join(folder, name), goods);
    };
    const timedPath = await ledgerIn("timed");
    const heardPath = await ledgerIn("heard");
    const barePath = join(folder, "bare.sqlite");
    // Signed in and with a shift open, then copied: from here on both files get the same rows.
    await (await openBenchTill(heardPath)).host.close();
    copyFileSync(heardPath, barePath);
    const before = ledgerSize(timedPath);
    const samples = await measure({ timedPath, heardPath, barePath, folder, goods }, sizes.sales);
    return [...speeds(samples), size(before, ledgerSize(timedPath))];
  },
};

/** Milliseconds each. */
interface Samples {
  readonly till: number[];
  readonly bare: number[];
  readonly disk: number[];
}

interface Paths {
  readonly timedPath: string;
  readonly heardPath: string;
  readonly barePath: string;
  readonly folder: string;
  readonly goods: readonly BenchGood[];
}

async function measure(paths: Paths, sales: number): Promise<Samples> {
  const ear = putOnEar();
  const timed = await openBenchTill(paths.timedPath);
  const heard = await openBenchTill(paths.heardPath);
  const bare = openDatabase(paths.barePath);
  const disk: Disk = openDisk(join(paths.folder, "appended"));
  const write = createBareWriter(bare);
  const samples: Samples = { till: [], bare: [], disk: [] };
  const basket = createBaskets(paths.goods);
  try {
    for (let n = -Math.min(warmUpSales, sales); n < sales; n++) {
      const skus = basket();
      const rows = await listenToSale(heard, skus, ear);
      const tillMs = n % 2 === 0 ? await timeSale(timed, skus) : 0;
      const bareMs = timeBare(write, rows);
      const diskMs = disk.append();
      const tillMsAfter = n % 2 === 0 ? 0 : await timeSale(timed, skus);
      if (n < 0) continue;
      samples.till.push(tillMs + tillMsAfter);
      samples.bare.push(bareMs);
      samples.disk.push(diskMs);
    }
    return samples;
  } finally {
    disk.close();
    bare.close();
    await timed.host.close();
    await heard.host.close();
  }
}

interface SaleRows {
  /** One list a transaction: the lines of the cart, one by one. */
  readonly cart: readonly (readonly RunStatement[])[];
  readonly completion: readonly RunStatement[];
}

async function listenToSale(
  till: BenchTill,
  skus: readonly string[],
  ear: WriteEar,
): Promise<SaleRows> {
  const cart: RunStatement[][] = [];
  let amountMinor = 0;
  for (const sku of skus) {
    ear.listen();
    amountMinor = await fillCart(till, [sku]);
    cart.push(ear.stop());
  }
  ear.listen();
  await till.calls.ask("tender.cash", { amountMinor });
  return { cart, completion: ear.stop() };
}

function timeBare(write: (rows: readonly RunStatement[]) => void, rows: SaleRows): number {
  for (const line of rows.cart) write(line);
  const began = performance.now();
  write(rows.completion);
  return performance.now() - began;
}

function speeds({ till, bare, disk }: Samples): Figure[] {
  const rounds: { till: number; bare: number }[] = [];
  for (let from = 0; from < till.length; from += salesOfARound) {
    const rate = (samples: readonly number[]) => {
      const round = samples.slice(from, from + salesOfARound);
      return (1_000 * round.length) / round.reduce((sum, ms) => sum + ms, 0);
    };
    rounds.push({ till: rate(till), bare: rate(bare) });
  }
  // Till and bare writer of one round saw the same neighbours on this machine.
  const middle = median(rounds.map((round) => round.till / round.bare));
  const bareRate = median(rounds.map((round) => round.bare));
  return [
    atLeast("sale-rate", middle * bareRate, "sales/s", 0.8 * bareRate),
    atMost("sale-p99", quantile(till, 0.99), "ms", 5 * quantile(disk, 0.99)),
  ];
}

function size(before: LedgerSize, after: LedgerSize): Figure {
  const sales = after.sales - before.sales;
  const onDisk = (after.diskBytes - before.diskBytes) / sales;
  const json = (after.saleJsonBytes - before.saleJsonBytes) / sales;
  return atMost("sale-bytes", onDisk, "bytes/sale", 2.5 * json);
}
