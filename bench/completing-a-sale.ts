import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { join } from "node:path";
import type { HostEndpoint } from "../host/endpoint.ts";
import { openLedger } from "../ledger/ledger.ts";
import { openDatabase } from "../ledger/open-database.ts";
import { projectionTables } from "../ledger/projections/projections.ts";
import type { Bench, BenchParts } from "./bench.ts";
import { carryOut, openCounter } from "./counter.ts";
import { atLeast, atMost, type Figure, median, quantile } from "./figure.ts";
import { type BenchGood, benchGoods } from "./goods.ts";
import { createBareWriter, listenToWrites, type RunStatement } from "./statements.ts";

const linesPerSale = 4;
/** Sales in a row on one side before the other has its turn: a noisy moment hits both. */
const block = 25;

/** One sale's writes: those that made the cart, and those that completed the sale. */
interface WrittenSale {
  readonly cart: readonly RunStatement[];
  readonly completion: readonly RunStatement[];
}

/** Completing a sale through the real command, beside the same rows written bare, beside the disk alone. */
export const completingASale: Bench = {
  name: "completing-a-sale",
  measures: ["sale.rate", "sale.p99", "sale.disk"],
  async run(parts) {
    const goods = benchGoods(2_000, parts.dataFolder);
    const count = parts.sizes.sales;
    parts.say("writing down what a sale writes");
    const written = await writtenSales(parts, goods, count);
    parts.say(`${count} sales through the command, bare, and the disk alone, in turns`);
    const times = await inTurns(parts, goods, written);
    return [...figuresOf(times), diskFigure(parts)];
  },
};

async function writtenSales(
  parts: BenchParts,
  goods: readonly BenchGood[],
  count: number,
): Promise<WrittenSale[]> {
  const path = join(parts.folder, "recorded.db");
  const host = await openCounter(path, goods);
  const probe = openDatabase(":memory:");
  const sales: WrittenSale[] = [];
  for (let n = 0; n < count; n++) {
    const cart = listenToWrites(probe);
    await fillCart(host, goods, n);
    const made = cart.stop();
    const completion = listenToWrites(probe);
    await pay(host);
    sales.push({ cart: made, completion: completion.stop() });
  }
  probe.close();
  await host.close();
  return sales;
}

async function fillCart(host: HostEndpoint, goods: readonly BenchGood[], n: number): Promise<void> {
  for (let line = 0; line < linesPerSale; line++) {
    const good = goods[(n * 31 + line * 577) % goods.length];
    await carryOut(host, "cart.add-product", { sku: good?.sku });
  }
}

function pay(host: HostEndpoint): Promise<void> {
  return carryOut(host, "tender.cash", { amountMinor: 20_000 });
}

interface Times {
  readonly host: number[];
  readonly bare: number[];
  readonly disk: number[];
}

async function inTurns(
  parts: BenchParts,
  goods: readonly BenchGood[],
  written: readonly WrittenSale[],
): Promise<Times> {
  const host = await openCounter(join(parts.folder, "host.db"), goods);
  const twinHost = await openCounter(join(parts.folder, "bare.db"), goods);
  await twinHost.close();
  const twin = openDatabase(join(parts.folder, "bare.db"));
  const write = createBareWriter(twin);
  const file = openSync(join(parts.folder, "disk.bin"), "w");
  const sample = Buffer.alloc(1_400, 1);
  const times: Times = { host: [], bare: [], disk: [] };
  for (let from = 0; from < written.length; from += block) {
    const turn = written.slice(from, from + block);
    for (const index of turn.keys()) {
      await fillCart(host, goods, from + index);
      times.host.push(await timed(() => pay(host)));
    }
    for (const sale of turn) {
      write(sale.cart);
      times.bare.push(await timed(() => write(sale.completion)));
    }
    for (const _ of turn) {
      times.disk.push(
        await timed(() => {
          writeSync(file, sample);
          fdatasyncSync(file);
        }),
      );
    }
  }
  closeSync(file);
  twin.close();
  await host.close();
  return times;
}

/** Milliseconds. */
async function timed(work: () => void | Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

/** Rates by the median of the blocks: one stalled fsync does not decide. The first block warms up. */
function figuresOf({ host, bare, disk }: Times): Figure[] {
  const rate = (times: readonly number[]) => {
    const blocks: number[] = [];
    for (let from = block; from < times.length; from += block) {
      const turn = times.slice(from, from + block);
      blocks.push((turn.length * 1000) / turn.reduce((a, b) => a + b, 0));
    }
    return median(blocks.length > 0 ? blocks : [times.length]);
  };
  return [
    atLeast("sale.rate", rate(host), "sales/s", 0.8 * rate(bare)),
    atMost("sale.p99", quantile(host, 0.99), "ms", 5 * quantile(disk, 0.99)),
  ];
}

/** Pages of the journal and its projections, beside the text of the sales that made them. */
function diskFigure(parts: BenchParts): Figure {
  const ledger = openLedger(join(parts.folder, "host.db"));
  ledger.checkpoint();
  const tables = ["journal", ...projectionTables];
  const sizes = ledger.database
    .prepare<[string], { bytes: number }>(
      `SELECT sum(pgsize) AS bytes FROM dbstat WHERE name IN
         (SELECT name FROM sqlite_master WHERE tbl_name IN (SELECT value FROM json_each(?)))`,
    )
    .get(JSON.stringify(tables));
  let saleBytes = 0;
  let sales = 0;
  for (const { body } of ledger.journal.rows(1)) {
    const fact = JSON.parse(body) as { type: string; payload: unknown };
    if (fact.type !== "sale.completed") continue;
    saleBytes += Buffer.byteLength(JSON.stringify(fact.payload));
    sales++;
  }
  ledger.close();
  return atMost("sale.disk", (sizes?.bytes ?? 0) / sales, "bytes/sale", (2.5 * saleBytes) / sales);
}
