import assert from "node:assert/strict";
import { currentVersion } from "../../domain/catalogue/field-version.ts";
import { changedFields, type ProductChanges } from "../../domain/catalogue/product-edit.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { FactPosition } from "../../domain/facts/fact.ts";
import { createSampleTill, type SampleTill } from "../../sync/protocol/sample-till.ts";
import { type Change, changeSchema, type WireFact } from "../../sync/protocol/wire.ts";
import { exceptionDetailOf } from "../../sync/protocol/exceptions.ts";
import { judgeFact } from "./judge-fact.ts";
import type { ContractTills } from "./office-contract.ts";
import { sha256 } from "./sha256.ts";
import type { CatalogueItem, JudgedFact, StorePort } from "./store-port.ts";

/** A till of the contract's store that edits goods, and what the store answers. */
export interface EditingTill extends SampleTill {
  /** An edit of what this till last saw of the good. */
  edit(seen: Product, changes: ProductChanges, stampMs: number): void;
  /** Sends what was not sent yet. */
  send(): Promise<void>;
}

export function editingTill(
  store: StorePort,
  { storeId, atMs }: ContractTills,
  terminalId: string,
): EditingTill {
  const till = createSampleTill({ terminalId, sha256 });
  let sent = 0;
  return Object.assign(till, {
    edit(seen: Product, changes: ProductChanges, stampMs: number) {
      const base = Object.fromEntries(
        changedFields(changes).map((field) => [field, currentVersion(seen, field)]),
      );
      till.write("product.edited", { sku: seen.sku, changes, base, stampMs });
    },
    async send() {
      const facts = till.facts.slice(sent);
      if (facts.length === 0) return;
      const hash = till.facts[sent - 1]?.hash ?? "0".repeat(64);
      const committed = await store.commitFacts({
        ...{ storeId, terminalId, expected: { epoch: 1, seq: sent, hash }, receivedAtMs: atMs },
        facts: facts.map((fact, i) => judgeFact(fact, { terminalId, epoch: 1, seq: sent + i + 1 })),
      });
      assert.equal(committed, "committed");
      sent += facts.length;
    },
  });
}

export const wholeFeed = { after: 0, limit: 10_000, maxBytes: 9_000_000, without: null };

export async function feedOf(store: StorePort, { storeId }: ContractTills): Promise<Change[]> {
  const { changes } = await store.changes({ ...wholeFeed, storeId });
  return changes.map(({ kind, text }) =>
    kind === "fact" ? { kind, body: text } : changeSchema.parse(JSON.parse(text)),
  );
}

/** The good as the feed tells it last. */
export async function goodOf(store: StorePort, tills: ContractTills, sku: string) {
  const told = (await feedOf(store, tills)).flatMap((change) =>
    change.kind === "product" && change.product.sku === sku ? [change.product] : [],
  );
  assert.equal(told.length, 1, `the feed tells of ${sku} once`);
  return told[0] as Product;
}

/** Open exceptions of a kind, with their particulars. */
export async function openOf(store: StorePort, { storeId }: ContractTills, kind: string) {
  const open = await store.exceptions(storeId, 100);
  return open
    .filter((exception) => exception.kind === kind)
    .map((exception) => {
      const told = exceptionDetailOf(exception.kind, exception.detail);
      assert.ok(told !== null, `the particulars of ${exception.detail} are understood`);
      return { ...exception, told };
    });
}

/** A good of a file, at 100. */
export function filed(changes: Partial<Product> = {}): CatalogueItem {
  const product = { sku: "milk", name: "Milk", gtins: [], priceMinor: 100 } as const;
  return { product: { ...product, unit: "each", taxCategory: "zero", ...changes } };
}

export function importFile(
  store: StorePort,
  tills: ContractTills,
  items: CatalogueItem[],
  atMs = tills.atMs,
) {
  return store.importCatalogue({ storeId: tills.storeId, atMs, items });
}

/** As a cloud judges it that does not know the fact's type yet. */
export function unknownYet({ hash, body }: WireFact, place: FactPosition): JudgedFact {
  return { ...judgeFact({ hash, body: "{}" }, place), body, reason: "unknown" };
}
