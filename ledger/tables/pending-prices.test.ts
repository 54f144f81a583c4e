import { expect, it } from "vitest";
import type { Product } from "../../domain/catalogue/product.ts";
import { openLedger } from "../ledger.ts";

const tomorrow = "2026-11-24";
const planned: Product = {
  ...{ sku: "tea", name: "Tea", gtins: [], priceMinor: 100, taxCategory: "zero" },
  unit: "each",
  pendingPrice: { effectiveOn: tomorrow, priceMinor: 180 },
  versions: { pendingPrice: "1.e1.=null" },
};

it("[C3] a price begins on its date, and is put back when the clock turns out to have been wrong", () => {
  const ledger = openLedger(":memory:");
  const { catalogue, pendingPrices } = ledger;
  catalogue.upsert(planned);
  const begun = { priceMinor: 180, versions: { priceMinor: "1.e1.=null" } };
  pendingPrices.begin("2026-11-23");
  expect(catalogue.bySku("tea")).toEqual(planned);
  pendingPrices.begin(tomorrow);
  expect(catalogue.bySku("tea")).toMatchObject(begun);
  expect(pendingPrices.list(9, 0)).toEqual([]);
  pendingPrices.begin("2026-11-23");
  expect(catalogue.bySku("tea")).toEqual(planned);
  pendingPrices.begin(tomorrow);
  pendingPrices.begin(tomorrow);
  expect(catalogue.bySku("tea")).toMatchObject(begun);
  ledger.close();
});

it("[C3] a price that somebody changed after it began, or that the cloud told of, is not put back", () => {
  const ledger = openLedger(":memory:");
  const { catalogue, pendingPrices } = ledger;
  const changed = { ...planned, priceMinor: 175, versions: { priceMinor: "2.e2.=null" } };
  const { pendingPrice: _, ...edited } = changed;
  catalogue.upsert(planned);
  pendingPrices.begin(tomorrow);
  catalogue.upsert(edited);
  pendingPrices.begin("2026-11-23");
  expect(catalogue.bySku("tea")).toEqual(edited);
  catalogue.upsert(planned);
  pendingPrices.begin(tomorrow);
  expect(pendingPrices.noneBegun()).toBe(false);
  pendingPrices.forgetBefore("tea");
  expect(pendingPrices.noneBegun()).toBe(true);
  pendingPrices.begin("2026-11-23");
  expect(catalogue.bySku("tea")?.priceMinor).toBe(180);
  ledger.close();
});
