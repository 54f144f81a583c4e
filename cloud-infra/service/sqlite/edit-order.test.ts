import { expect, it } from "vitest";
import { currentVersion, stampAfter } from "../../../domain/catalogue/field-version.ts";
import type { FieldEdit } from "../../../domain/catalogue/merge-field.ts";
import { withOwnEdit } from "../../../domain/catalogue/own-edit.ts";
import type { ProductChanges } from "../../../domain/catalogue/product-edit.ts";
import type { Product } from "../../../domain/catalogue/product.ts";
import { standingValue } from "../../../domain/catalogue/standing-value.ts";
import { present } from "../../../domain/values/assert.ts";
import {
  type EditingTill,
  editingTill,
  filed,
  goodOf,
  importFile,
  openOf,
} from "../catalogue-rig.ts";
import { sha256Bytes } from "../sha256.ts";
import type { StorePort } from "../store-port.ts";
import { openSqliteStore } from "./sqlite-store.ts";

const storeId = "0195d000-0000-7000-8000-000000000001";
const terminalIds = ["a001", "b002", "c003"].map((end) => `0195d000-0000-7000-8000-00000000${end}`);
const atMs = 1_795_000_000_000;
const tills = {
  ...{ storeId, atMs, terminalId: terminalIds[0] ?? "", otherTerminalId: terminalIds[1] ?? "" },
};

const fields = ["name", "priceMinor"] as const;
type Field = (typeof fields)[number];

/** A till with the good as it knows it, which may be long ago. */
interface Away {
  readonly till: EditingTill;
  seen: Product;
}

/** mulberry32: the same seed, the same store. */
function chanceOf(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

async function openShop(): Promise<{ store: StorePort; away: Away[] }> {
  const store = openSqliteStore(":memory:");
  const pricing = { currency: "EUR", pricesIncludeTax: true, taxRatesPpm: { zero: 0 } };
  await store.createStore(
    {
      ...{ storeId, storeName: "Shop", addressLines: [], receiptFooter: [], timeZone: "UTC" },
      pricing: { ...pricing, taxRounding: "line", rounding: "half-away" },
      weighedTemplates: [],
    },
    [],
  );
  for (const terminalId of terminalIds) {
    const codeHash = sha256Bytes(terminalId);
    await store.addEnrolmentCode({ storeId, codeHash, expiresAtMs: atMs });
    const secretHash = sha256Bytes("secret");
    await store.redeemEnrolmentCode({
      ...{ codeHash, atMs, terminalId, name: "Till", secretHash, publicKey: null },
    });
  }
  await importFile(store, tills, [filed()]);
  const seen = await goodOf(store, tills, "milk");
  const away = terminalIds.map((id) => ({ till: editingTill(store, tills, id), seen }));
  return { store, away };
}

function changeOf(field: Field, step: number): ProductChanges {
  return field === "name" ? { name: `Milk ${step}` } : { priceMinor: 1_000 + step };
}

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);

it.each(seeds)(
  "[C3] three tills away and a head office: what stands is what the slow way says, seed %i",
  async (seed) => {
    const chance = chanceOf(seed);
    const { store, away } = await openShop();
    const edits: Record<Field, FieldEdit[]> = { name: [], priceMinor: [] };
    for (let step = 0; step < 25; step++) {
      const one = present(away[chance(away.length)], "a till");
      const field = present(fields[chance(fields.length)], "a field");
      const changes = changeOf(field, step);
      const value = changes[field] ?? null;
      const madeAtMs = atMs + step * 1_000 + chance(4_000) - 2_000;
      const what = chance(5);
      if (what < 3) {
        const base = currentVersion(one.seen, field);
        const stampMs = stampAfter(madeAtMs, [base]);
        one.till.edit(one.seen, changes, stampMs);
        const fact = present(one.till.facts.at(-1), "the edit");
        const { id: editId, payload } = JSON.parse(fact.body) as Parameters<typeof withOwnEdit>[1];
        one.seen = withOwnEdit(one.seen, { id: editId, payload });
        const made = { origin: "store", who: "", atMs: stampMs } as const;
        edits[field].push({ value, base, stampMs, editId, ...made });
      } else if (what === 3) {
        const editId = `0195d000-0000-7000-9000-${String(step).padStart(12, "0")}`;
        const base = currentVersion(await goodOf(store, tills, "milk"), field);
        const made = { origin: "head-office", who: "Office", atMs: madeAtMs, editId } as const;
        edits[field].push({ value, base, stampMs: stampAfter(madeAtMs, [base]), ...made });
        await store.editProduct({ storeId, sku: "milk", changes, ...made });
      } else {
        await one.till.send();
        one.seen = await goodOf(store, tills, "milk");
      }
    }
    for (const { till } of away) await till.send();
    const stands = await goodOf(store, tills, "milk");
    expect(stands.name).toBe(standingValue("Milk", edits.name, "latest-wins"));
    expect(stands.priceMinor).toBe(standingValue(100, edits.priceMinor, "head-office-wins"));
    await expectNothingUntold(store, edits, stands);
    await store.close();
  },
);

/** What nobody built on stands, or a person was told of it. */
async function expectNothingUntold(
  store: StorePort,
  edits: Record<Field, FieldEdit[]>,
  stands: Product,
): Promise<void> {
  const told = new Set(
    (await openOf(store, tills, "edit-conflict")).flatMap(({ told: { kind, detail } }) =>
      kind === "edit-conflict" ? [detail.other.value] : [],
    ),
  );
  for (const field of fields) {
    const builtOn = new Set(edits[field].map(({ base }) => base.split(".")[1]));
    for (const { editId, value } of edits[field]) {
      if (builtOn.has(editId) || value === stands[field]) continue;
      expect(told.has(value), `${field}: edit ${editId} was put aside untold`).toBe(true);
    }
  }
}
