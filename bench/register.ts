import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { demoPeople } from "../cloud-infra/local/demo-store.ts";
import type { Bench } from "./bench.ts";
import { atMost, median, quantile } from "./figure.ts";
import { type BenchGood, benchGoods, writeGoodsCsv } from "./goods.ts";
import { type Launched, launch } from "./launched.ts";
import { openRegisterPage, type RegisterPage } from "./register-page.ts";

const linesOfASale = 20;

/**
 * `npm start` with a large catalogue: how soon it sells, how soon a scan is on the screen, and what memory the till takes
 * after all that. The first start imports the goods and sends them to the till; the second ones are timed.
 */
export const registerBench: Bench = {
  name: "register",
  measures: [
    ...["start-to-sellable", "scan-to-line-p50", "scan-to-line-p99"],
    ...["host-memory", "host-memory-first-start"],
  ],
  async run({ sizes, folder, dataFolder, say }) {
    const goods = benchGoods(sizes.goods, dataFolder);
    const file = join(folder, "goods.csv");
    const data = join(folder, "data");
    await writeGoodsCsv(goods, file);
    say(`First start: importing ${goods.length} goods …`);
    const first = await launch(data, ["--catalogue", file]);
    const firstMemoryMb = first.tillMemoryMb();
    await first.stop();

    const readyMs: number[] = [];
    for (let n = 1; n < sizes.starts; n++) {
      const again = await launch(data);
      readyMs.push(again.readyMs);
      await again.stop();
    }
    const till = await launch(data);
    readyMs.push(till.readyMs);
    try {
      const scans = await scanAll(till, goods, sizes.scans, say);
      return [
        atMost("start-to-sellable", median(readyMs), "ms", 2_000),
        atMost("scan-to-line-p50", quantile(scans, 0.5), "ms", 16),
        atMost("scan-to-line-p99", quantile(scans, 0.99), "ms", 50),
        atMost("host-memory", till.tillMemoryMb(), "MB", 250),
        atMost("host-memory-first-start", firstMemoryMb, "MB", 250),
      ];
    } finally {
      await till.stop();
    }
  },
};

async function scanAll(
  till: Launched,
  goods: readonly BenchGood[],
  count: number,
  say: (sentence: string) => void,
): Promise<number[]> {
  const page = await openRegisterPage(till.register);
  say(`Scanning in Chromium ${page.version()} …`);
  try {
    const { personId, pin } = demoPeople[0];
    await page.ask("session.sign-in", { personId, pin });
    await page.ask("shift.open", { floatMinor: 10_000 });
    await page.untilSelling();
    const samples: number[] = [];
    // The first sale is the warm-up of page and till.
    for (let n = -linesOfASale; n < count; n++) {
      const good = goods[((n + linesOfASale) * 7_919) % goods.length];
      if (good === undefined) break;
      const ms = await page.scan(good.gtin, good.sku);
      if (n >= 0) samples.push(ms);
      if ((n + linesOfASale) % linesOfASale === linesOfASale - 1) await pay(page);
      // A hand takes the next thing; its rhythm has nothing to do with the screen's frames.
      await pause(60 + ((n * 37 + 3_700) % 83));
    }
    return samples;
  } finally {
    await page.close();
  }
}

async function pay(page: RegisterPage): Promise<void> {
  const { cart } = await page.ask("register.view", {});
  await page.ask("tender.cash", { amountMinor: cart?.dueMinor ?? 0 });
}
