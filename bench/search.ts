import { mkdirSync } from "node:fs";
import type { Bench } from "./bench.ts";
import { openBenchTill, stockLedger } from "./bench-till.ts";
import { atMost, quantile } from "./figure.ts";
import { type BenchGood, benchGoods } from "./goods.ts";

/** Letters typed before a person looks at the list. */
const mostLetters = 10;

/**
 * Search as you type at the host: every beginning, from the first letter on, of names all over the catalogue,
 * of words inside them, and of barcodes. The name's second word is searched as well, as people remember that.
 */
export const searchBench: Bench = {
  name: "search",
  measures: ["search-p99"],
  async run({ sizes, folder, dataFolder, say }) {
    const goods = benchGoods(sizes.goods, dataFolder);
    say(`Making a ledger with ${goods.length} goods …`);
    mkdirSync(folder, { recursive: true });
    const till = await openBenchTill(await stockLedger(folder, goods));
    try {
      const texts = typedTexts(goods, sizes.searches);
      const samples: number[] = [];
      let found = 0;
      for (const text of texts) {
        const began = performance.now();
        const products = await till.calls.ask("catalogue.search", { text });
        samples.push(performance.now() - began);
        found += products.length === 0 ? 0 : 1;
      }
      // Every text is the beginning of something: a search that finds nothing would be quick and useless.
      if (found < texts.length * 0.99)
        throw new Error(`only ${found} of ${texts.length} searches found goods`);
      return [atMost("search-p99", quantile(samples, 0.99), "ms", 10)];
    } finally {
      await till.host.close();
    }
  },
};

/** What people type, letter by letter, for goods spread evenly over the catalogue; Hebrew among them. */
function typedTexts(goods: readonly BenchGood[], count: number): string[] {
  const texts: string[] = [];
  const step = 7_919;
  for (let n = 0; texts.length < count; n++) {
    const good = goods[(n * step) % goods.length];
    if (good === undefined) break;
    const words = good.name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
    const wanted = n % 5 === 4 ? good.gtin : (n % 2 === 0 ? words : words.slice(1)).join(" ");
    const letters = Array.from(wanted).slice(0, mostLetters);
    for (let length = 1; length <= letters.length; length++) {
      const text = letters.slice(0, length).join("");
      if (/[\p{L}\p{N}]/u.test(text)) texts.push(text);
    }
  }
  return texts.slice(0, count);
}
