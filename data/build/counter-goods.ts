import { stockText } from "./chance.ts";
import { type DepartmentName, department } from "./departments.ts";
import type { Good } from "./good.ts";

/** PLU numbers of loose produce are those of the International Federation for Produce Standards. */
const PRODUCE = [
  ["4011", "Bananas", "1.99", "Fruit"],
  ["4135", "Apples Gala", "2.79", "Fruit"],
  ["4017", "Apples Granny Smith", "2.99", "Fruit"],
  ["4131", "Apples Fuji", "2.89", "Fruit"],
  ["4024", "Pears Williams", "3.19", "Fruit"],
  ["4012", "Oranges", "2.49", "Fruit"],
  ["4055", "Mandarins", "2.99", "Fruit"],
  ["4053", "Lemons", "3.29", "Fruit"],
  ["4023", "Grapes red seedless", "4.49", "Fruit"],
  ["4022", "Grapes white seedless", "4.29", "Fruit"],
  ["4030", "Kiwi fruit", "4.99", "Fruit"],
  ["4032", "Watermelon seedless", "1.49", "Fruit"],
  ["4064", "Tomatoes", "3.49", "Vegetables"],
  ["4664", "Tomatoes on the vine", "3.99", "Vegetables"],
  ["4562", "Carrots", "1.39", "Vegetables"],
  ["4072", "Potatoes", "1.29", "Vegetables"],
  ["4816", "Sweet potatoes", "2.69", "Vegetables"],
  ["4093", "Onions yellow", "1.19", "Vegetables"],
  ["4082", "Onions red", "1.99", "Vegetables"],
  ["4608", "Garlic", "8.90", "Vegetables"],
  ["4612", "Ginger", "6.90", "Vegetables"],
  ["4060", "Broccoli", "3.29", "Vegetables"],
  ["4069", "White cabbage", "1.59", "Vegetables"],
  ["4067", "Courgettes", "2.79", "Vegetables"],
  ["4688", "Peppers red", "4.29", "Vegetables"],
  ["4081", "Aubergines", "3.19", "Vegetables"],
] as const;

/** Made or handed over at the counter: no barcode. An empty price means that the till asks. */
const COUNTER = [
  ["BAKE-01", "Bread roll", "Bakery", "0.39", "Bakery"],
  ["BAKE-02", "Wholegrain roll", "Bakery", "0.55", "Bakery"],
  ["BAKE-03", "Pretzel", "Bakery", "0.89", "Bakery"],
  ["BAKE-04", "Butter croissant", "Bakery", "1.29", "Bakery"],
  ["BAKE-05", "Chocolate croissant", "Bakery", "1.49", "Bakery"],
  ["BAKE-06", "Baguette", "Bakery", "1.19", "Bakery"],
  ["BAKE-07", "Sourdough loaf 800 g", "Bakery", "4.20", "Bakery"],
  ["BAKE-08", "Rye bread 1 kg", "Bakery", "3.90", "Bakery"],
  ["BAKE-09", "Cinnamon roll", "Bakery", "1.95", "Bakery"],
  ["BAKE-10", "Slice of apple cake", "Bakery", "2.40", "Bakery"],
  ["HOT-01", "Coffee", "Drinks", "1.90", "Hot drinks"],
  ["HOT-02", "Cappuccino", "Drinks", "2.60", "Hot drinks"],
  ["HOT-03", "Tea", "Drinks", "1.70", "Hot drinks"],
  ["BAG-01", "Paper carrier bag", "Household", "0.25", "Counter"],
  ["BAG-02", "Cotton carrier bag", "Household", "1.90", "Counter"],
  ["CTR-01", "Bunch of flowers", "Household", "", "Counter"],
  ["CTR-02", "Newspaper or magazine", "Household", "", "Counter"],
] as const satisfies readonly (readonly [string, string, DepartmentName, string, string])[];

/** The hand-picked goods of the touch grid, in the order they stand there. */
export function counterGoods(): Good[] {
  const produce = PRODUCE.map(([plu, name, price, favourite]): Good => {
    return good({ sku: `KG-${plu}`, plu, name, price, favourite, unit: "kg" });
  });
  const counter = COUNTER.map(([sku, name, category, price, favourite]): Good => {
    return good({ sku, plu: "", name, price, favourite, unit: "each", category });
  });
  return [...produce, ...counter];
}

type Picked = Pick<Good, "sku" | "plu" | "name" | "price" | "favourite" | "unit"> & {
  readonly category?: DepartmentName;
};

function good(picked: Picked): Good {
  const category = picked.category ?? "Fruit & vegetables";
  return {
    ...picked,
    gtin: "",
    brand: "",
    category,
    taxCategory: department(category).taxCategory,
    stock: stockText(picked.sku, picked.unit),
  };
}
