import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  type CatalogueCsvOptions,
  type CatalogueCsvProgress,
  readCatalogueCsv,
  refusalText,
} from "./catalogue-csv.ts";
import type { CatalogueCsvProduct } from "./catalogue-csv-row.ts";

/** The rules of the tests' store: EUR, three tax categories. */
export const rules: CatalogueCsvOptions = {
  currencyExponent: 2,
  taxCategories: [
    { category: "standard", ratePpm: 190_000 },
    { category: "reduced", ratePpm: 70_000 },
    { category: "zero", ratePpm: 0 },
  ],
};

/** All that reading one file gave, refusals as sentences. */
export interface Outcome {
  readonly goods: CatalogueCsvProduct[];
  readonly refusals: string[];
  readonly unreadable: string | undefined;
  readonly progress: CatalogueCsvProgress[];
}

export async function outcomeOf(
  path: string,
  more: Partial<CatalogueCsvOptions> = {},
): Promise<Outcome> {
  const goods: CatalogueCsvProduct[] = [];
  const refusals: string[] = [];
  const progress: CatalogueCsvProgress[] = [];
  let unreadable: string | undefined;
  const onProgress = (report: CatalogueCsvProgress) => progress.push(report);
  for await (const item of readCatalogueCsv(path, { ...rules, onProgress, ...more })) {
    if (unreadable !== undefined) throw new Error("something comes after `unreadable`");
    if (item.kind === "good") goods.push(item.product);
    else if (item.kind === "refused") refusals.push(refusalText(item));
    else unreadable = `row ${item.row}: ${item.why}`;
  }
  return { goods, refusals, unreadable, progress };
}

/** A folder of its own for one test file; `written` puts each content into a new file there. */
export class GoodsFiles {
  readonly folder: string;
  #count = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<GoodsFiles> {
    return new GoodsFiles(await mkdtemp(join(tmpdir(), "evertill-csv-")));
  }

  async written(content: string | Buffer): Promise<string> {
    const path = join(this.folder, `goods-${this.#count++}.csv`);
    await writeFile(path, content);
    return path;
  }
}
