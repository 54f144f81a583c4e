import type { ProductEditView } from "../../host/contract/product-views.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { ask } from "./ask.ts";
import { asManager } from "./office.ts";
import { atTill, type Step } from "./step.ts";

const codes = ["04006381333931", "04006381333948", "05449000000996"] as const;

/** [C3] A manager scans what stands on the shelf, and writes it down for a good. */
async function giveCode(shop: Shop, till: SimTill, code: string, sku: string): Promise<void> {
  const { codes: book, faults } = shop;
  if (!(await asManager(till))) return;
  const seen = await ask<ProductEditView>(till, "product.view", { sku });
  if (seen === null || seen.gtins.includes(code)) return;
  // Noted first: who dies of it may have written it all the same.
  book.given({ sku, code });
  faults.note("code given at a till");
  const { versions } = seen;
  const gtins = [...seen.gtins, code];
  await ask(till, "product.edit", { sku, changes: { gtins }, versions });
}

async function giveOne(shop: Shop, till: SimTill): Promise<void> {
  const { chance, goods } = shop;
  await giveCode(shop, till, chance.pick(codes), chance.pick([...goods.keys()]));
}

/** Every till gives one code to another good, each before it hears of the others. */
async function giveEverywhere(shop: Shop): Promise<void> {
  const { chance, goods } = shop;
  const code = chance.pick(codes);
  for (const till of shop.tills.filter((each) => each.isOn())) {
    await giveCode(shop, till, code, chance.pick([...goods.keys()]));
  }
}

async function takeCode(shop: Shop, till: SimTill): Promise<void> {
  const { chance, goods } = shop;
  if (!(await asManager(till))) return;
  const sku = chance.pick([...goods.keys()]);
  const seen = await ask<ProductEditView>(till, "product.view", { sku });
  if (seen === null || seen.gtins.length === 0) return;
  const [code = "", ...gtins] = seen.gtins;
  shop.codes.takenAway({ sku, code });
  await ask(till, "product.edit", { sku, changes: { gtins }, versions: seen.versions });
}

export const codeSteps: readonly Step[] = [
  { name: "give a code", family: "codes", weight: 5, run: atTill(giveOne) },
  { name: "give a code everywhere", family: "codes", weight: 4, run: giveEverywhere },
  { name: "take a code away", family: "codes", weight: 2, run: atTill(takeCode) },
];
