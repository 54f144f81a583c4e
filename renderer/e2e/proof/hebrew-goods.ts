import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkDigit } from "../../../domain/values/gtin.ts";
import { type DemoGood, barcodedGoods } from "../demo-goods.ts";
import { root } from "./program.ts";

const hebrew = /[\u0590-\u05ff]/;

/** Goods of the demo store with Hebrew names, sold by the piece. */
export const hebrewGoods: readonly DemoGood[] = barcodedGoods.filter(({ name }) =>
  hebrew.test(name),
);

export interface WeighedGood {
  readonly sku: string;
  readonly name: string;
  readonly plu: string;
  /** Per kilogram. */
  readonly priceMinor: number;
}

/** One with a Hebrew name that a scale's label can name. */
export function weighedHebrewGood(): WeighedGood {
  const rows = readFileSync(join(root, "data", "demo-catalogue.csv"), "utf8").split("\n");
  for (const row of rows.filter((text) => hebrew.test(text) && !text.includes('"'))) {
    const [sku = "", , plu = "", name = "", , , , price = "", unit = ""] = row.split(",");
    if (unit === "kg" && /^\d{4,5}$/.test(plu) && /^\d+\.\d\d$/.test(price)) {
      return { sku, name, plu, priceMinor: Number(price.replace(".", "")) };
    }
  }
  throw new Error("the demo store has no weighed good with a Hebrew name");
}

/** A scale's label by the demo store's template 21PPPPPWWWWWC. */
export function scaleLabel({ plu }: WeighedGood, grams: number): string {
  const digits = `21${plu.padStart(5, "0")}${String(grams).padStart(5, "0")}`;
  return `${digits}${checkDigit(digits)}`;
}
