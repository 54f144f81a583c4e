import assert from "node:assert/strict";
import { addedFields } from "../../domain/catalogue/added-product.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import { createSampleTill, type SampleTill } from "../../sync/protocol/sample-till.ts";
import type { StoreSettings, WirePerson } from "../../sync/protocol/wire.ts";
import { cataloguePromises } from "./catalogue-contract.ts";
import { judgeFact } from "./judge-fact.ts";
import { officePromises } from "./office-contract.ts";
import { snapshotPromises } from "./snapshot-contract.ts";
import { sha256, sha256Bytes } from "./sha256.ts";
import { stockPromises } from "./stock-contract.ts";
import type { CatalogueItem, FactCommit, StorePort } from "./store-port.ts";

/** One promise of the port. `run` opens a fresh store, and rejects when the promise is broken. */
export interface ContractCase {
  readonly title: string;
  run(): Promise<void>;
}

const storeId = "0195d000-0000-7000-8000-000000000001";
const terminalId = "0195d000-0000-7000-8000-00000000a001";
const otherTerminalId = "0195d000-0000-7000-8000-00000000b002";
const atMs = 1_795_000_000_000;

/** What every adapter of `StorePort` must do. A test runs each case under its title. */
export function storePortContract(open: () => Promise<StorePort>): readonly ContractCase[] {
  return Object.entries(promises).map(([title, promise]) => ({
    title,
    run: async () => {
      const store = await open();
      try {
        await store.createStore(settings, people);
        await enrol(store, terminalId, 1);
        await enrol(store, otherTerminalId, 2);
        await promise(store);
      } finally {
        await store.close();
      }
    },
  }));
}

const promises: Readonly<Record<string, (store: StorePort) => Promise<void>>> = {
  ...snapshotPromises({ storeId, terminalId, otherTerminalId, atMs }),
  ...cataloguePromises({ storeId, terminalId, otherTerminalId, atMs }),
  ...stockPromises,
  ...officePromises({ storeId, terminalId, otherTerminalId, atMs }),
  "[D1] a store is made once, and its settings and people are the feed's first entries": async (
    store,
  ) => {
    assert.equal(await store.createStore({ ...settings, storeName: "Other" }, []), false);
    assert.deepEqual(await store.stores(), [settings]);
    assert.deepEqual(await wholeFeed(store), [
      { kind: "settings", settings },
      { kind: "person", person: people[0] },
    ]);
  },

  "[A1] a code makes one terminal, once, in time; till numbers count up in the store": async (
    store,
  ) => {
    assert.equal((await store.terminal(otherTerminalId))?.tillNumber, 2);
    const codeHash = sha256Bytes("code");
    await store.addEnrolmentCode({ storeId, codeHash, expiresAtMs: atMs });
    const third = { ...redemption(terminalId.replace("a001", "c003")), codeHash };
    assert.equal((await store.redeemEnrolmentCode({ ...third, atMs }))?.tillNumber, 3);
    assert.equal(await store.redeemEnrolmentCode({ ...third, atMs }), null);
    await store.addEnrolmentCode({ storeId, codeHash, expiresAtMs: atMs });
    assert.equal(await store.redeemEnrolmentCode({ ...third, atMs: atMs + 1 }), null);
    assert.equal(await store.terminal("nobody"), null);
  },

  "[A4] a code that renews gives its terminal another secret and key, and makes none": async (
    store,
  ) => {
    const codeHash = sha256Bytes("again");
    await store.addEnrolmentCode({ storeId, codeHash, expiresAtMs: atMs, renews: otherTerminalId });
    const asked = { ...redemption(terminalId.replace("a001", "c003")), codeHash, publicKey: "new" };
    const renewed = await store.redeemEnrolmentCode({ ...asked, atMs });
    assert.equal(renewed?.terminalId, otherTerminalId);
    assert.deepEqual([renewed.tillNumber, renewed.publicKey], [2, "new"]);
    assert.deepEqual(Buffer.from(renewed.secretHash), Buffer.from(asked.secretHash));
    assert.equal((await store.tills(storeId)).length, 2);
    assert.equal(await store.redeemEnrolmentCode({ ...asked, atMs }), null);
  },

  "[U2] a chain begins at its genesis and moves only from its expected end": async (store) => {
    const till = sampleTill();
    till.sell(["milk"]);
    till.sell(["milk"]);
    const genesis = await store.head(terminalId, 1);
    assert.deepEqual(genesis, { epoch: 1, seq: 0, hash: "0".repeat(64) });
    assert.equal(await store.commitFacts(commitOf(till, 1, 2)), "committed");
    assert.deepEqual(await store.head(terminalId, 1), till.head);
    assert.equal(await store.commitFacts(commitOf(till, 1, 2)), "moved");
    assert.deepEqual(await store.head(terminalId, 2), { ...genesis, epoch: 2 });
    const range = { terminalId, epoch: 1, fromSeq: 2, toSeq: 9 };
    assert.deepEqual(await store.heldFacts(range), [
      { seq: 2, hash: till.head.hash, verdict: "applied" },
    ]);
  },

  "[U3] an id that is known makes the whole commit move back": async (store) => {
    const till = sampleTill();
    till.sell(["milk"]);
    await store.commitFacts(commitOf(till, 1, 1));
    const again = createSampleTill({ terminalId, sha256, epoch: 2 });
    const known = again.rewrite(firstFact(till));
    const id = (JSON.parse(known.body) as { id: string }).id;
    const places = await store.placesOfIds([id, "other"]);
    assert.deepEqual([...places], [[id, { terminalId, epoch: 1, seq: 1 }]]);
    assert.equal(await store.commitFacts(commitOf(again, 1, 1)), "moved");
    assert.equal((await store.head(terminalId, 2)).seq, 0);
    assert.deepEqual(await store.stock(storeId, ["milk"]), [{ sku: "milk", levelMilli: -1000 }]);
  },

  "[U4] a parked fact is stored with its reason, and has no effect": async (store) => {
    const till = sampleTill();
    till.writeRaw('{"type":"sale.completed"}');
    await store.commitFacts(commitOf(till, 1, 1));
    const [parked] = await store.parked(storeId, 10);
    assert.equal(parked?.body, '{"type":"sale.completed"}');
    assert.match(parked?.reason ?? "", /terminalId/);
    assert.deepEqual([parked?.terminalId, parked?.epoch, parked?.seq], [terminalId, 1, 1]);
    const [, , told, ...others] = (await wholeFeed(store)) as { exception: { kind: string } }[];
    assert.equal(told?.exception.kind, "parked");
    assert.deepEqual(others, []);
  },

  "[D1] facts join the feed in order, without those that their terminal holds": async (store) => {
    const till = sampleTill();
    for (let i = 0; i < 3; i++) till.sell(["milk"]);
    till.write("drawer.no-sale", { reason: "change" });
    for (let i = 0; i < 2; i++) till.sell(["bread"]);
    till.write("product.added", good("new", 1).product);
    till.sell(["new"]);
    await store.commitFacts(commitOf(till, 1, 8));
    const came = (await store.changes(query)).changes.slice(2).map(({ kind, text }) => {
      return kind === "fact" ? 1 + till.facts.findIndex(({ body }) => body === text) : kind;
    });
    assert.deepEqual(came, [1, 2, 3, 5, 6, "product", 8]);
    const own = await store.changes({ ...query, without: { terminalId, epoch: 1, seq: 6 } });
    assert.deepEqual(
      own.changes.map(({ kind }) => kind),
      ["settings", "person", "product", "fact"],
    );
    assert.equal(own.cursor, own.upTo);
  },

  "[D1] pages are bounded by count and bytes, and lose nothing between them": async (store) => {
    const till = sampleTill();
    for (let i = 0; i < 20; i++) till.sell(["milk"]);
    await store.commitFacts(commitOf(till, 1, 20));
    const whole = await wholeFeed(store);
    for (const bounds of [{ limit: 3 }, { maxBytes: 1_000 }, { maxBytes: 1 }]) {
      const seen: unknown[] = [];
      let page = await store.changes({ ...query, ...bounds });
      for (; page.changes.length > 0; page = await nextPage(store, page.cursor, bounds)) {
        assert.ok(page.changes.length <= (bounds.limit ?? 3));
        seen.push(...page.changes.map(parseEntry));
      }
      assert.deepEqual(seen, whole);
    }
  },

  "[D4] an import adds, changes and leaves alone; a changed good takes a new place": async (
    store,
  ) => {
    const first = [good("milk", 129, 5_000), good("bread", 320)];
    assert.deepEqual(await importGoods(store, first), counts(2, 2, 0, 0));
    assert.deepEqual(await importGoods(store, first), counts(2, 0, 0, 2));
    const before = (await store.changes(query)).upTo;
    const second = [good("milk", 139, 7_000), good("bread", 320), good("tea", 250)];
    assert.deepEqual(await importGoods(store, second), counts(3, 1, 1, 1));
    assert.equal((await store.changes(query)).upTo, before + 2);
    assert.deepEqual((await wholeFeed(store)).slice(2), [
      { kind: "product", product: good("bread", 320).product },
      openingOf("milk", 5_000),
      { kind: "product", product: good("milk", 139).product },
      { kind: "product", product: good("tea", 250).product },
    ]);
    assert.deepEqual(await store.stock(storeId, ["milk", "tea"]), [
      { sku: "milk", levelMilli: 5_000 },
    ]);
  },

  "[D4] a good that comes later brings its opening stock too": async (store) => {
    await importGoods(store, [good("milk", 129, 5_000)]);
    await importGoods(store, [good("tea", 250, 2_000)]);
    assert.deepEqual(await store.stock(storeId, ["tea"]), [{ sku: "tea", levelMilli: 2_000 }]);
  },

  "[D4] a file that breaks off changes nothing": async (store) => {
    const before = await store.changes(query);
    function* broken(): Generator<CatalogueItem> {
      for (let i = 0; i < 2_500; i++) yield good(`sku-${i}`, 100, 1_000);
      throw new Error("row 2501 is cut off");
    }
    const broke = store.importCatalogue({ storeId, atMs, items: broken() });
    await assert.rejects(broke, /cut off/);
    assert.deepEqual(await store.changes(query), before);
    assert.deepEqual(await importGoods(store, [good("tea", 1)]), counts(1, 1, 0, 0));
  },

  "[D4] of two rows with one SKU the later counts": async (store) => {
    const goods = [good("milk", 100), good("milk", 200)];
    assert.deepEqual(await importGoods(store, goods), counts(2, 1, 0, 0));
    assert.deepEqual((await wholeFeed(store)).at(-1), {
      kind: "product",
      product: good("milk", 200).product,
    });
  },

  "[D1] a good that is taken out leaves a removal in the feed, and may come back": async (
    store,
  ) => {
    await importGoods(store, [good("milk", 100, 3_000)]);
    assert.equal(await store.removeProduct(storeId, "milk"), true);
    assert.equal(await store.removeProduct(storeId, "milk"), false);
    await importGoods(store, [good("milk", 100, 3_000)]);
    assert.deepEqual((await wholeFeed(store)).slice(2), [
      openingOf("milk", 3_000),
      { kind: "product-removed", sku: "milk" },
      { kind: "product", product: good("milk", 100).product },
    ]);
    assert.deepEqual(await store.stock(storeId, ["milk"]), [{ sku: "milk", levelMilli: 3_000 }]);
  },

  "[D1] a good made at a till joins the catalogue, the first one wins": async (store) => {
    const added = {
      sku: "new",
      name: "New",
      gtins: [],
      unit: "each",
      taxCategory: "zero",
    } as const;
    const till = sampleTill();
    till.write("product.added", { ...added, priceMinor: 100 });
    till.write("product.added", { ...added, priceMinor: 999 });
    await store.commitFacts(commitOf(till, 1, 2));
    const [first, conflict, ...others] = (await wholeFeed(store)).slice(2) as {
      product: Product;
      exception: { kind: string };
    }[];
    const { versions, ...product } = first?.product ?? { versions: {} };
    assert.deepEqual(product, { ...added, priceMinor: 100 });
    assert.deepEqual(Object.keys(versions ?? {}).toSorted(), addedFields.toSorted());
    assert.equal(conflict?.exception.kind, "edit-conflict");
    assert.deepEqual(others, []);
  },

  "[D1] news is where the last change stands that is no fact": async (store) => {
    await importGoods(store, [good("milk", 100, 1_000)]);
    const before = await store.latestNews(storeId);
    const till = sampleTill();
    till.sell(["milk"], 1_000);
    till.sell(["milk"], 500);
    await store.commitFacts(commitOf(till, 1, 1));
    assert.equal(await store.latestNews(storeId), before);
    await store.commitFacts(commitOf(till, 2, 2));
    const { upTo } = await store.changes(query);
    assert.equal(await store.latestNews(storeId), upTo);
    assert.ok(upTo > before);
  },

  "[C1] levels are sums; below zero there is one open exception a good, and none unstated": async (
    store,
  ) => {
    await importGoods(store, [good("milk", 100, 2_000), good("bread", 100)]);
    const till = sampleTill();
    till.sell(["milk", "bread"]);
    till.sell(["milk"], 1_000);
    till.sell(["milk"], 500);
    till.sell(["milk"], 500);
    await store.commitFacts(commitOf(till, 1, 2));
    assert.deepEqual(await store.exceptions(storeId, 10), []);
    await store.commitFacts(commitOf(till, 3, 4));
    const [oversold, ...others] = await store.exceptions(storeId, 10);
    assert.deepEqual(others, []);
    assert.equal(oversold?.kind, "oversold");
    assert.equal(oversold?.subject, "milk");
    assert.equal(oversold?.times, 2);
    const detail = JSON.parse(oversold?.detail ?? "") as Record<string, unknown>;
    assert.equal(detail.levelMilli, -1_000);
    assert.equal(detail.terminalId, terminalId);
    assert.deepEqual(await store.stock(storeId, ["bread", "milk", "none"]), [
      { sku: "bread", levelMilli: -1_000 },
      { sku: "milk", levelMilli: -1_000 },
    ]);
  },
};

const settings: StoreSettings = {
  storeId,
  storeName: "Contract Store",
  addressLines: [],
  receiptFooter: [],
  timeZone: "Europe/Berlin",
  pricing: {
    currency: "EUR",
    pricesIncludeTax: true,
    taxRatesPpm: { zero: 0 },
    taxRounding: "line",
    rounding: "half-away",
  },
  weighedTemplates: [],
};

const people: readonly WirePerson[] = [
  { personId: "dana", name: "Dana", role: "cashier", pinHash: "scrypt$1$1$1$a$b", active: true },
];

const query = { storeId, after: 0, limit: 1_000, maxBytes: 1_000_000, without: null };

function nextPage(store: StorePort, after: number, bounds: object) {
  return store.changes({ ...query, after, ...bounds });
}

async function wholeFeed(store: StorePort): Promise<unknown[]> {
  return (await store.changes(query)).changes.map(parseEntry);
}

function parseEntry({ kind, text }: { kind: string; text: string }): unknown {
  return kind === "fact" ? { kind, body: text } : (JSON.parse(text) as unknown);
}

async function enrol(store: StorePort, id: string, expectedTill: number): Promise<void> {
  await store.addEnrolmentCode({ storeId, codeHash: sha256Bytes(id), expiresAtMs: atMs });
  const terminal = await store.redeemEnrolmentCode(redemption(id));
  assert.equal(terminal?.tillNumber, expectedTill);
}

function redemption(id: string) {
  const secretHash = sha256Bytes(`secret of ${id}`);
  return {
    codeHash: sha256Bytes(id),
    atMs,
    terminalId: id,
    name: "Till",
    secretHash,
    publicKey: null,
  };
}

function sampleTill(): SampleTill {
  return createSampleTill({ terminalId, sha256 });
}

function firstFact(till: SampleTill) {
  const [fact] = till.facts;
  assert.ok(fact);
  return fact;
}

function commitOf(till: SampleTill, fromSeq: number, toSeq: number): FactCommit {
  const { epoch, facts } = till.push(fromSeq, toSeq);
  const hash = till.facts[fromSeq - 2]?.hash ?? "0".repeat(64);
  return {
    storeId,
    terminalId,
    expected: { epoch, seq: fromSeq - 1, hash },
    facts: facts.map((fact, i) => judgeFact(fact, { terminalId, epoch, seq: fromSeq + i })),
    receivedAtMs: atMs,
  };
}

function good(sku: string, priceMinor: number, openingMilli?: number): CatalogueItem {
  const product = {
    sku,
    name: sku,
    gtins: [],
    priceMinor,
    unit: "each",
    taxCategory: "zero",
  } as const;
  return { product, openingMilli };
}

function openingOf(sku: string, deltaMilli: number) {
  return {
    kind: "movement",
    movementId: `opening:${sku}`,
    sku,
    deltaMilli,
    reason: "opening",
    atMs,
  };
}

function importGoods(store: StorePort, items: readonly CatalogueItem[]) {
  return store.importCatalogue({ storeId, atMs, items });
}

function counts(read: number, added: number, changed: number, unchanged: number) {
  return { read, added, changed, unchanged };
}
