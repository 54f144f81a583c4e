import assert from "node:assert/strict";
import { beginPrice } from "../../domain/catalogue/pending-price.ts";
import { localTime } from "../../domain/values/time.ts";
import {
  type EditingTill,
  editingTill,
  feedOf,
  filed,
  goodOf,
  importFile,
  openOf,
} from "./catalogue-rig.ts";
import type { ContractTills } from "./office-contract.ts";
import type { StorePort } from "./store-port.ts";

type Promises = Readonly<Record<string, (store: StorePort) => Promise<void>>>;

const officeEditId = "0195d000-0000-7000-8000-00000000e001";

/** [C3] What every adapter must do about edits of goods. */
export function editPromises(tills: ContractTills): Promises {
  return {
    ...mergePromises(tills),
    ...siblingPromises(tills),
    ...plannedPromises(tills),
    ...addedPromises(tills),
    ...filePromises(tills),
  };
}

function mergePromises(tills: ContractTills): Promises {
  const { storeId, terminalId, otherTerminalId, atMs } = tills;
  const office = { storeId, sku: "milk", who: "Office", editId: officeEditId, atMs };

  return {
    "[C3] an edit that saw what stands takes its place; fields that nobody touched stay": async (
      store,
    ) => {
      await importFile(store, tills, [filed()]);
      const till = editingTill(store, tills, terminalId);
      till.edit(await goodOf(store, tills, "milk"), { priceMinor: 120 }, 1);
      await till.send();
      const good = await goodOf(store, tills, "milk");
      assert.deepEqual([good.priceMinor, good.name], [120, "Milk"]);
      till.edit(good, { priceMinor: 130, brand: "Farm" }, 2);
      await till.send();
      const again = await goodOf(store, tills, "milk");
      assert.deepEqual([again.priceMinor, again.brand], [130, "Farm"]);
      assert.deepEqual(await openOf(store, tills, "edit-conflict"), []);
    },

    "[C3] two stores' edits of one name: the later stands, the other is told with who and when":
      async (store) => {
        await importFile(store, tills, [filed()]);
        const seen = await goodOf(store, tills, "milk");
        const [a, b] = [terminalId, otherTerminalId].map((id) => editingTill(store, tills, id));
        a?.edit(seen, { name: "Fresh milk", priceMinor: 110 }, atMs + 2_000);
        b?.edit(seen, { name: "Milk 1 l" }, atMs + 1_000);
        await a?.send();
        await b?.send();
        const good = await goodOf(store, tills, "milk");
        assert.deepEqual([good.name, good.priceMinor], ["Fresh milk", 110]);
        const [conflict, ...others] = await openOf(store, tills, "edit-conflict");
        assert.deepEqual(others, []);
        assert.ok(conflict?.told.kind === "edit-conflict");
        const { field, kept, other } = conflict.told.detail;
        assert.deepEqual([field, kept.value, kept.terminalId], ["name", "Fresh milk", terminalId]);
        assert.deepEqual([other.value, other.terminalId], ["Milk 1 l", otherTerminalId]);
        assert.equal(other.atMs, atMs + 1_000);
      },

    "[C3] the head office's price stands against one that did not know of it; take-other makes it count":
      async (store) => {
        await importFile(store, tills, [filed()]);
        const seen = await goodOf(store, tills, "milk");
        assert.equal(await store.editProduct({ ...office, changes: { priceMinor: 150 } }), true);
        const till = editingTill(store, tills, terminalId);
        till.edit(seen, { priceMinor: 90 }, atMs + 50_000);
        await till.send();
        assert.equal((await goodOf(store, tills, "milk")).priceMinor, 150);
        const [conflict] = await openOf(store, tills, "edit-conflict");
        assert.ok(conflict);
        const { exceptionId, kind, subject } = conflict;
        const answer = { exceptionId, kind, subject, resolution: "take-other" };
        till.write("exception.resolved", answer);
        await till.send();
        assert.equal((await goodOf(store, tills, "milk")).priceMinor, 90);
        assert.deepEqual(await openOf(store, tills, "edit-conflict"), []);
        const told = (await feedOf(store, tills)).filter(({ kind: k }) => k === "exception");
        assert.equal(told.length, 1);
        assert.ok(told[0]?.kind === "exception");
        assert.equal(told[0].exception.resolved?.resolution, "take-other");
        const missing = { ...office, sku: "none", changes: { priceMinor: 1 } };
        assert.equal(await store.editProduct(missing), false);
      },

    "[C3] two people who answer one conflict differently are asked again": async (store) => {
      await importFile(store, tills, [filed()]);
      const seen = await goodOf(store, tills, "milk");
      await store.editProduct({ ...office, changes: { priceMinor: 150 } });
      const a = editingTill(store, tills, terminalId);
      const b = editingTill(store, tills, otherTerminalId);
      a.edit(seen, { priceMinor: 90 }, 5);
      await a.send();
      const [conflict] = await openOf(store, tills, "edit-conflict");
      assert.ok(conflict);
      const { exceptionId, kind, subject } = conflict;
      a.write("exception.resolved", { exceptionId, kind, subject, resolution: "keep" });
      b.write("exception.resolved", { exceptionId, kind, subject, resolution: "take-other" });
      await a.send();
      await b.send();
      assert.equal((await goodOf(store, tills, "milk")).priceMinor, 150);
      const [again] = await openOf(store, tills, "edit-conflict");
      assert.equal(again?.subject, subject);
      assert.notEqual(again?.exceptionId, exceptionId);
    },
  };
}

/** Milk at 150 by the head office, and two tills that both want it otherwise. */
async function twoWishes(store: StorePort, tills: ContractTills, wishes: readonly number[]) {
  const { storeId, atMs } = tills;
  await importFile(store, tills, [filed()]);
  const seen = await goodOf(store, tills, "milk");
  const office = { storeId, sku: "milk", who: "Office", editId: officeEditId, atMs };
  await store.editProduct({ ...office, changes: { priceMinor: 150 } });
  const both = [tills.terminalId, tills.otherTerminalId].map((terminalId) =>
    editingTill(store, tills, terminalId),
  );
  for (const [i, till] of both.entries()) {
    till.edit(seen, { priceMinor: wishes[i] ?? 0 }, atMs + i);
    await till.send();
  }
  const answered = async (till: EditingTill | undefined, value: number, resolution: string) => {
    const open = await openOf(store, tills, "edit-conflict");
    const one = open.find(({ detail }) => detail.includes(`"value":${value}`));
    assert.ok(one?.told.kind === "edit-conflict" && till);
    const { exceptionId, kind, subject, told } = one;
    const base = told.detail.kept.version;
    till.write("exception.resolved", { exceptionId, kind, subject, resolution, base });
  };
  return { a: both[0], b: both[1], answered };
}

function siblingPromises(tills: ContractTills): Promises {
  const { atMs } = tills;
  const asked = async (store: StorePort) =>
    (await openOf(store, tills, "edit-conflict")).map(({ told }) => {
      assert.ok(told.kind === "edit-conflict");
      return `${Number(told.detail.kept.value)} or ${Number(told.detail.other.value)}`;
    });
  return {
    "[C3] one answer closes every conflict that asks the same; another value is asked against what stands":
      async (store) => {
        const { a, b, answered } = await twoWishes(store, tills, [90, 95]);
        a?.edit(await goodOf(store, tills, "milk"), { name: "Milk 1 l" }, atMs + 5);
        await a?.send();
        assert.deepEqual((await asked(store)).toSorted(), ["150 or 90", "150 or 95"]);
        await answered(a, 90, "take-other");
        await a?.send();
        assert.deepEqual(await asked(store), ["90 or 95"]);
        await answered(b, 95, "keep");
        await b?.send();
        assert.deepEqual(await asked(store), []);
      },

    "[C3] two tills that lost with one value are one question": async (store) => {
      const { a, answered } = await twoWishes(store, tills, [90, 90]);
      assert.equal((await asked(store)).length, 2);
      await answered(a, 90, "keep");
      await a?.send();
      assert.deepEqual(await asked(store), []);
    },

    "[C3] an edit to the value that was asked about answers it, by whoever made it": async (
      store,
    ) => {
      const { b } = await twoWishes(store, tills, [90, 95]);
      b?.edit(await goodOf(store, tills, "milk"), { priceMinor: 90 }, atMs + 9);
      await b?.send();
      assert.deepEqual(await asked(store), ["90 or 95"]);
    },

    "[C3] an answer by somebody who had not seen what stands overwrites nothing unseen": async (
      store,
    ) => {
      const { a, b, answered } = await twoWishes(store, tills, [90, 95]);
      // Till 2 is offline, and answers what it saw: 150 against 90.
      await answered(b, 90, "take-other");
      a?.edit(await goodOf(store, tills, "milk"), { priceMinor: 170 }, atMs + 900_000_000);
      await a?.send();
      await b?.send();
      assert.equal((await goodOf(store, tills, "milk")).priceMinor, 170);
      assert.deepEqual((await asked(store)).toSorted(), ["170 or 90", "170 or 95"]);
    },
  };
}

/** Milk at 100, planned at 180 by a till of the store. */
async function plannedMilk(store: StorePort, tills: ContractTills, effectiveOn: string) {
  await importFile(store, tills, [filed()]);
  const till = editingTill(store, tills, tills.terminalId);
  const pendingPrice = { effectiveOn, priceMinor: 180 };
  till.edit(await goodOf(store, tills, "milk"), { pendingPrice }, tills.atMs + 1);
  await till.send();
  const planned = await goodOf(store, tills, "milk");
  assert.deepEqual(planned.pendingPrice, pendingPrice);
  return { till, planned };
}

function plannedPromises(tills: ContractTills): Promises {
  const { storeId, terminalId, otherTerminalId, atMs } = tills;
  return {
    "[C3] a price that begins later is told, begins on its day for everybody, and can be cancelled":
      async (store) => {
        await importFile(store, tills, [filed(), filed({ sku: "tea", name: "Tea" })]);
        const till = editingTill(store, tills, terminalId);
        const pendingPrice = { effectiveOn: "2026-12-01", priceMinor: 180 };
        till.edit(await goodOf(store, tills, "milk"), { pendingPrice }, atMs + 1);
        till.edit(await goodOf(store, tills, "tea"), { pendingPrice }, atMs + 2);
        await till.send();
        const milk = await goodOf(store, tills, "milk");
        assert.deepEqual([milk.priceMinor, milk.pendingPrice], [100, pendingPrice]);
        till.edit(await goodOf(store, tills, "tea"), { pendingPrice: null }, atMs + 3);
        await till.send();
        const day = (businessDate: string) => store.beginPrices({ storeId, businessDate, atMs });
        assert.equal(await day("2026-11-30"), 0);
        assert.equal(await day("2026-12-01"), 1);
        assert.equal(await day("2026-12-01"), 0);
        const begun = await goodOf(store, tills, "milk");
        assert.deepEqual([begun.priceMinor, begun.pendingPrice], [180, undefined]);
        const tea = await goodOf(store, tills, "tea");
        assert.deepEqual([tea.priceMinor, tea.pendingPrice], [100, undefined]);
        // Who edits the price now names the version that the tills gave it too.
        assert.equal(begun.versions?.["priceMinor"], milk.versions?.["pendingPrice"]);
        till.edit(begun, { priceMinor: 175 }, atMs + 9);
        await till.send();
        assert.equal((await goodOf(store, tills, "milk")).priceMinor, 175);
        assert.deepEqual(await openOf(store, tills, "edit-conflict"), []);
      },

    "[C3] who edits a planned price that began at the till before the cloud had it begin is heard":
      async (store) => {
        const { date: effectiveOn } = localTime(atMs, "Europe/Berlin");
        const { till, planned } = await plannedMilk(store, tills, effectiveOn);
        till.edit(beginPrice(planned, effectiveOn), { priceMinor: 175 }, atMs + 2);
        await till.send();
        const milk = await goodOf(store, tills, "milk");
        assert.deepEqual([milk.priceMinor, milk.pendingPrice], [175, undefined]);
        assert.deepEqual(await openOf(store, tills, "edit-conflict"), []);
        const due = { storeId, businessDate: effectiveOn, atMs };
        assert.equal(await store.beginPrices(due), 0);
      },

    "[C3] by a till's clock that is ahead no planned price begins for the whole store": async (
      store,
    ) => {
      const { till, planned } = await plannedMilk(store, tills, "2026-12-31");
      till.edit(beginPrice(planned, "2026-12-31"), { priceMinor: 175 }, atMs + 2);
      await till.send();
      const milk = await goodOf(store, tills, "milk");
      assert.deepEqual([milk.priceMinor, milk.pendingPrice], [100, planned.pendingPrice]);
      const [conflict, ...others] = await openOf(store, tills, "edit-conflict");
      assert.deepEqual(others, []);
      assert.ok(conflict?.told.kind === "edit-conflict");
      assert.deepEqual(conflict.told.detail.other.value, 175);
    },

    "[C3] a planned price that is cancelled where its beginning was not heard of stands, and is told":
      async (store) => {
        const { planned } = await plannedMilk(store, tills, "2026-12-01");
        const b = editingTill(store, tills, otherTerminalId);
        await store.beginPrices({ storeId, businessDate: "2026-12-01", atMs });
        b.edit(planned, { pendingPrice: null }, atMs + 2);
        await b.send();
        const begun = await goodOf(store, tills, "milk");
        assert.deepEqual([begun.priceMinor, begun.pendingPrice], [180, undefined]);
        const [late, ...others] = await openOf(store, tills, "edit-conflict");
        assert.deepEqual(others, []);
        assert.ok(late?.told.kind === "edit-conflict");
        const { field, kept, other } = late.told.detail;
        assert.deepEqual([field, kept.value, other.value], ["priceMinor", 180, 100]);
        assert.equal(other.terminalId, otherTerminalId);
        const { exceptionId, kind, subject } = late;
        b.write("exception.resolved", { exceptionId, kind, subject, resolution: "take-other" });
        await b.send();
        assert.equal((await goodOf(store, tills, "milk")).priceMinor, 100);
      },
  };
}

/** Of goods that came to be at a till, or are gone. */
function addedPromises(tills: ContractTills): Promises {
  const { storeId, terminalId, otherTerminalId } = tills;
  return {
    "[C3] a good made at two tills: the first one stands, each field that differs is told": async (
      store,
    ) => {
      const added = { sku: "new", name: "New", gtins: [], priceMinor: 5, unit: "each" } as const;
      const a = editingTill(store, tills, terminalId);
      const b = editingTill(store, tills, otherTerminalId);
      a.write("product.added", { ...added, taxCategory: "zero" });
      b.write("product.added", { ...added, name: "Neu", priceMinor: 7, taxCategory: "zero" });
      await a.send();
      await b.send();
      const good = await goodOf(store, tills, "new");
      assert.deepEqual([good.name, good.priceMinor], ["New", 5]);
      const fields = (await openOf(store, tills, "edit-conflict")).map(({ subject }) =>
        subject.split("/").slice(0, 2).join("/"),
      );
      assert.deepEqual(fields.toSorted(), ["new/name", "new/priceMinor"]);
    },

    "[C3] an edit of a good that was taken out meanwhile is told": async (store) => {
      await importFile(store, tills, [filed()]);
      const till = editingTill(store, tills, terminalId);
      till.edit(await goodOf(store, tills, "milk"), { priceMinor: 120 }, 1);
      await store.removeProduct(storeId, "milk");
      await till.send();
      const [conflict] = await openOf(store, tills, "edit-conflict");
      assert.ok(conflict?.told.kind === "edit-conflict");
      assert.deepEqual(conflict.told.detail.other.value, 120);
      // There is nothing that it could be taken for: no answer asks the same again.
      const { exceptionId, kind, subject } = conflict;
      till.write("exception.resolved", { exceptionId, kind, subject, resolution: "take-other" });
      await till.send();
      assert.deepEqual(await openOf(store, tills, "edit-conflict"), []);
    },
  };
}

function filePromises(tills: ContractTills): Promises {
  const { terminalId, atMs } = tills;
  return {
    "[C3] a file changes what it changes: what it says as before leaves a store's edit alone":
      async (store) => {
        await importFile(store, tills, [filed()]);
        const till = editingTill(store, tills, terminalId);
        till.edit(await goodOf(store, tills, "milk"), { priceMinor: 120 }, atMs + 1);
        await till.send();
        const again = await importFile(store, tills, [filed()]);
        assert.deepEqual([again.changed, again.unchanged], [0, 1]);
        await importFile(store, tills, [filed({ name: "Milk 1 l" })], atMs + 5);
        const good = await goodOf(store, tills, "milk");
        assert.deepEqual([good.name, good.priceMinor], ["Milk 1 l", 120]);
        assert.deepEqual(await openOf(store, tills, "edit-conflict"), []);
      },

    "[C3] a file that changes a price that a store has changed wins, and the store's is told":
      async (store) => {
        await importFile(store, tills, [filed()]);
        const till = editingTill(store, tills, terminalId);
        const seen = await goodOf(store, tills, "milk");
        till.edit(seen, { priceMinor: 120 }, atMs + 1);
        await till.send();
        await importFile(store, tills, [filed({ priceMinor: 140 })], atMs + 9);
        assert.equal((await goodOf(store, tills, "milk")).priceMinor, 140);
        const [conflict, ...others] = await openOf(store, tills, "edit-conflict");
        assert.deepEqual(others, []);
        assert.ok(conflict?.told.kind === "edit-conflict");
        assert.equal(conflict.told.detail.other.value, 120);
        // The same file again says nothing new.
        await importFile(store, tills, [filed({ priceMinor: 140 })], atMs + 10);
        assert.equal((await openOf(store, tills, "edit-conflict")).length, 1);
        till.edit(await goodOf(store, tills, "milk"), { priceMinor: 135 }, atMs + 20);
        await till.send();
        assert.equal((await goodOf(store, tills, "milk")).priceMinor, 135);
      },

    "[C3] an edit made before a file changed the same price loses to the file, and is told": async (
      store,
    ) => {
      await importFile(store, tills, [filed()]);
      const till = editingTill(store, tills, terminalId);
      till.edit(await goodOf(store, tills, "milk"), { priceMinor: 120 }, atMs + 99);
      await importFile(store, tills, [filed({ priceMinor: 140 })], atMs + 9);
      await till.send();
      assert.equal((await goodOf(store, tills, "milk")).priceMinor, 140);
      assert.equal((await openOf(store, tills, "edit-conflict")).length, 1);
    },
  };
}
