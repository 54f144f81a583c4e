/** The demo store's departments: how their goods are taxed, priced and numbered. */
export interface Department {
  readonly name: string;
  /** Starts the store's own SKU of each of its goods. */
  readonly skuPrefix: string;
  readonly taxCategory: "standard" | "reduced" | "zero";
  /** The band of made-up prices for goods whose source has none, in cents. */
  readonly cheapestMinor: number;
  readonly dearestMinor: number;
  /** At most this many goods come from Open Food Facts. */
  readonly foodFactsQuota: number;
  /** At most this many goods with a barcode come from the Israeli price lists. */
  readonly priceListQuota: number;
}

export type DepartmentName =
  | "Fruit & vegetables"
  | "Bakery"
  | "Dairy & eggs"
  | "Meat & fish"
  | "Ready meals"
  | "Frozen"
  | "Pantry"
  | "Breakfast"
  | "Snacks & sweets"
  | "Drinks"
  | "Beer & wine"
  | "Household"
  | "Personal care";

type Row = readonly [
  skuPrefix: string,
  taxCategory: Department["taxCategory"],
  cheapestMinor: number,
  dearestMinor: number,
  foodFactsQuota: number,
  priceListQuota: number,
];

const ROWS: Readonly<Record<DepartmentName, Row>> = {
  "Fruit & vegetables": ["FRU", "zero", 79, 499, 170, 30],
  Bakery: ["BAK", "reduced", 79, 449, 360, 90],
  "Dairy & eggs": ["DAI", "reduced", 69, 599, 620, 150],
  "Meat & fish": ["MEA", "reduced", 199, 1299, 400, 60],
  "Ready meals": ["REA", "reduced", 249, 699, 280, 20],
  Frozen: ["FRO", "reduced", 199, 799, 200, 60],
  Pantry: ["PAN", "reduced", 59, 649, 1050, 240],
  Breakfast: ["BRE", "reduced", 149, 649, 420, 50],
  "Snacks & sweets": ["SNA", "reduced", 69, 499, 900, 230],
  Drinks: ["DRI", "standard", 59, 549, 560, 170],
  "Beer & wine": ["BEE", "standard", 99, 1999, 200, 60],
  Household: ["HOU", "standard", 99, 1499, 0, 130],
  "Personal care": ["PER", "standard", 99, 1299, 0, 130],
};

/** The department called `name`. */
export function department(name: DepartmentName): Department {
  const [skuPrefix, taxCategory, cheapestMinor, dearestMinor, food, prices] = ROWS[name];
  return {
    name,
    skuPrefix,
    taxCategory,
    cheapestMinor,
    dearestMinor,
    foodFactsQuota: food,
    priceListQuota: prices,
  };
}
