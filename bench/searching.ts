import { performance } from "node:perf_hooks";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { openCounter } from "./counter.ts";
import { atMost, quantile } from "./figure.ts";
import { type BenchGood, benchGoods } from "./goods.ts";

/** Search as people type: every beginning of real words of real names, in every script there is. */
export const searching: Bench = {
  name: "searching",
  measures: ["search.p99"],
  async run(parts) {
    const goods = benchGoods(parts.sizes.goods, parts.dataFolder);
    parts.say(`filling a ledger with ${goods.length} goods`);
    const host = await openCounter(join(parts.folder, "ledger.db"), goods);
    const times: number[] = [];
    for (const text of typed(goods, parts.sizes.searches)) {
      const startMs = performance.now();
      await host.call("catalogue.search", { text });
      times.push(performance.now() - startMs);
    }
    await host.close();
    // The first hundredth reads the index from disk: nobody types before the till is warm.
    const warm = times.slice(Math.ceil(times.length / 100));
    return [atMost("search.p99", quantile(warm, 0.99), "ms", 10)];
  },
};

function typed(goods: readonly BenchGood[], count: number): string[] {
  const texts: string[] = [];
  for (let n = 0; texts.length < count; n++) {
    const name = goods[(n * 7_919) % goods.length]?.name ?? "";
    const words = name.split(" ");
    const from = words.slice(n % words.length).join(" ");
    const letters = Array.from(from).slice(0, 12);
    for (let typedLetters = 1; typedLetters <= letters.length; typedLetters++) {
      texts.push(letters.slice(0, typedLetters).join(""));
    }
  }
  return texts.slice(0, count);
}
