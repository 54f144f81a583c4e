import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { chromium, type Page } from "@playwright/test";
import { openTill } from "../renderer/e2e/fixtures.ts";
import { startStore } from "../renderer/e2e/store-process.ts";
import type { Bench, BenchParts } from "./bench.ts";
import { atMost, type Figure, median, quantile } from "./figure.ts";
import { type BenchGood, benchGoods, writeGoodsCsv } from "./goods.ts";

/** The whole till of `npm start` with a large catalogue: how soon it sells, what it holds, how soon a scan is seen. */
export const bigCatalogue: Bench = {
  name: "big-catalogue",
  measures: ["start.sellable", "scan.paint.p50", "scan.paint.p99", "host.memory"],
  async run(parts) {
    const goods = benchGoods(parts.sizes.goods, parts.dataFolder);
    const data = join(parts.folder, "data");
    const csv = join(parts.folder, "goods.csv");
    await writeGoodsCsv(goods, csv);
    parts.say(`first start, importing ${goods.length} goods`);
    await (await startStore(data, ["--catalogue", csv])).stop();

    const starts: number[] = [];
    for (let n = 0; n < parts.sizes.starts; n++) {
      const startMs = performance.now();
      const store = await startStore(data);
      starts.push((performance.now() - startMs) / 1000);
      await store.stop();
    }
    const figures = [atMost("start.sellable", median(starts), "s", 2)];
    figures.push(...(await scansOf(parts, goods, data)));
    return figures;
  },
};

async function scansOf(
  parts: BenchParts,
  goods: readonly BenchGood[],
  data: string,
): Promise<Figure[]> {
  const store = await startStore(data);
  const browser = await chromium.launch({
    executablePath: process.env["EVERTILL_CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(store.register);
    const till = await openTill(page, store);
    await till.openShift();
    await listen(page);
    parts.say(`${parts.sizes.scans} scans`);
    for (let n = 0; n < parts.sizes.scans; n++) {
      await till.scan(goods[(n * 7_919) % goods.length]?.gtin ?? "");
      await page.waitForFunction((count) => painted().length > count, n, { timeout: 10_000 });
    }
    const times = await page.evaluate(() => painted());
    const warm = times.slice(Math.min(20, times.length >> 1));
    return [
      atMost("scan.paint.p50", quantile(warm, 0.5), "ms", 16),
      atMost("scan.paint.p99", quantile(warm, 0.99), "ms", 50),
      atMost("host.memory", tillMemoryMb(data), "MB", 250),
    ];
  } finally {
    await browser.close();
    await store.stop();
  }
}

/** In the page: the milliseconds of every scan so far, from its last character to the painted line. */
declare function painted(): number[];

async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { painted: () => times });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntriesByName("evertill:scan-to-paint"))
        times.push(entry.duration);
    }).observe({ type: "measure" });
  });
}

/** Resident memory of the till's process, which Linux tells in /proc. */
function tillMemoryMb(data: string): number {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const command = readOrNothing(`/proc/${pid}/cmdline`);
    if (!command.includes(join("host", "node", "till.ts")) || !command.includes(data)) continue;
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readOrNothing(`/proc/${pid}/status`));
    return Number(resident?.[1]) / 1024;
  }
  throw new Error("the till's process was not found");
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
