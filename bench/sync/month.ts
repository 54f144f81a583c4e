import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { realClock, realRandom } from "../../host/node/machine.ts";
import { uuidv7 } from "../../domain/values/id.ts";
import { createAppsyncTransport } from "../../sync/transport/appsync.ts";
import { type BenchTill, openBenchTill, stockLedger } from "../bench-till.ts";
import { quantile } from "../figure.ts";
import { type BenchGood, benchGoods, writeGoodsCsv } from "../goods.ts";
import { type BacklogSize, openTillLedger, writeBacklog } from "./backlog.ts";
import { startBenchCloud } from "./bench-cloud.ts";

/** A whole till comes back after a month and goes on selling. */
export interface Month {
  /** From the first line to the cloud until everything that waited is acknowledged. */
  readonly seconds: number;
  readonly idleP99Ms: number;
  readonly busyP99Ms: number;
}

/** The slowest hundredth of fewer is a few sales, and says little. */
const idleSales = 1_200;

export async function drainMonth(folder: string, size: BacklogSize): Promise<Month> {
  mkdirSync(folder, { recursive: true });
  const goods = benchGoods(2_000, undefined);
  const path = await stockLedger(folder, goods);
  const cloud = await startBenchCloud(folder);
  try {
    const file = join(folder, "goods.csv");
    await writeGoodsCsv(goods, file);
    await cloud.importFile(file);
    const enrolment = await cloud.enrol();
    const { ledger } = openTillLedger(path, enrolment);
    writeBacklog(ledger, enrolment, size);
    ledger.close();
    const idle = await openBenchTill(path);
    const idleMs = await sellFor(idle, goods, (sold) => sold < idleSales);
    await idle.host.close();
    const transport = createAppsyncTransport({ endpoint: cloud.endpoint, ...enrolment });
    const began = performance.now();
    const till = await openBenchTill(path, transport);
    const waiting = size.sales + size.movements;
    let seconds = 0;
    const busyMs = await sellFor(till, goods, async () => {
      const { acked } = await till.calls.ask("sync.view", {});
      seconds = (performance.now() - began) / 1_000;
      return acked.seq < waiting;
    });
    await till.host.close();
    return { seconds, idleP99Ms: quantile(idleMs, 0.99), busyP99Ms: quantile(busyMs, 0.99) };
  } finally {
    await cloud.stop();
  }
}

/** A cashier's pause: whoever sells leaves the till time to breathe. */
const breathMs = 5;

/** Sales of four lines, and the milliseconds that each took, as long as `goesOn`. */
async function sellFor(
  { host, calls }: BenchTill,
  goods: readonly BenchGood[],
  goesOn: (sold: number) => boolean | Promise<boolean>,
): Promise<number[]> {
  const samples: number[] = [];
  for (let at = 0; await goesOn(samples.length); ) {
    const began = performance.now();
    let amountMinor = 0;
    for (let line = 0; line < 4; line++) {
      at = (at + 1_237) % goods.length;
      const { cart } = await calls.ask("cart.add-product", { sku: goods[at]?.sku ?? "" });
      amountMinor = cart?.dueMinor ?? 0;
    }
    const input = { commandId: uuidv7(realClock, realRandom), amountMinor };
    const answer = await host.call("tender.cash", input);
    if (!answer.ok) throw new Error(`the sale was refused: ${JSON.stringify(answer.failure)}`);
    samples.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, breathMs));
  }
  return samples;
}
