import assert from "node:assert/strict";
import type { Product } from "../../domain/catalogue/product.ts";
import { editingTill, filed, goodOf, importFile, openOf } from "./catalogue-rig.ts";
import type { ContractTills } from "./office-contract.ts";
import type { StorePort } from "./store-port.ts";

type Promises = Readonly<Record<string, (store: StorePort) => Promise<void>>>;

const code = "04006381333931";
const otherCode = "04006381333948";
const later = 60_000;

/** [C3] What every adapter must do about codes: one leads to one good. */
export function codePromises(tills: ContractTills): Promises {
  return { ...givenTwice(tills), ...answers(tills), ...files(tills) };
}

/** Milk and tea, neither with a code, and two tills that have seen both. */
async function twoTills(store: StorePort, tills: ContractTills) {
  await importFile(store, tills, [filed(), filed({ sku: "tea", name: "Tea" })]);
  const [milk, tea] = [await goodOf(store, tills, "milk"), await goodOf(store, tills, "tea")];
  const a = editingTill(store, tills, tills.terminalId);
  const b = editingTill(store, tills, tills.otherTerminalId);
  return { milk, tea, a, b };
}

async function codesNow(store: StorePort, tills: ContractTills) {
  const [milk, tea] = [await goodOf(store, tills, "milk"), await goodOf(store, tills, "tea")];
  return { milk: milk.gtins, tea: tea.gtins };
}

/** The one open question about a code. */
async function asked(store: StorePort, tills: ContractTills) {
  const [conflict, ...others] = await openOf(store, tills, "code-conflict");
  assert.deepEqual(others, []);
  assert.ok(conflict?.told.kind === "code-conflict");
  const { exceptionId, kind, subject, told } = conflict;
  const answer = (resolution: string) => ({ exceptionId, kind, subject, resolution });
  return { subject, answer, ...told.detail };
}

function givenTwice(tills: ContractTills): Promises {
  const { terminalId, otherTerminalId, atMs } = tills;
  return {
    "[C3] two goods given one code at two tills: the first keeps it, a person is asked, both named":
      async (store) => {
        const { milk, tea, a, b } = await twoTills(store, tills);
        a.edit(milk, { gtins: [code] }, atMs + 2);
        b.edit(tea, { gtins: [code, otherCode] }, atMs + 1);
        await a.send();
        await b.send();
        assert.deepEqual(await codesNow(store, tills), { milk: [code], tea: [otherCode] });
        const { subject, kept, other } = await asked(store, tills);
        assert.equal(subject, `gtins/${code}/tea`);
        const milks = { sku: "milk", name: "Milk", terminalId, atMs: atMs + 2 };
        const teas = { sku: "tea", name: "Tea", terminalId: otherTerminalId, atMs: atMs + 1 };
        assert.partialDeepStrictEqual({ kept, other }, { kept: milks, other: teas });
        // What the second till had it otherwise is told anew, behind the good that lost it.
        const { changes } = await store.changes({
          ...{ storeId: tills.storeId, after: 0, limit: 99, maxBytes: 1e6, without: null },
        });
        const goods = changes.filter(({ kind }) => kind === "product");
        const skus = goods.map(
          ({ text }) => (JSON.parse(text) as { product: Product }).product.sku,
        );
        assert.deepEqual(skus, ["tea", "milk"]);
      },

    "[C3] a PLU that leads to another good is not given twice; what stood before stays": async (
      store,
    ) => {
      const { milk, tea, a, b } = await twoTills(store, tills);
      a.edit(milk, { plu: "4011" }, atMs + 1);
      b.edit(tea, { plu: "77" }, atMs + 1);
      await a.send();
      await b.send();
      b.edit(await goodOf(store, tills, "tea"), { plu: "4011", name: "Green tea" }, atMs + 2);
      await b.send();
      const good = await goodOf(store, tills, "tea");
      assert.deepEqual([good.plu, good.name], ["77", "Green tea"]);
      const { answer } = await asked(store, tills);
      a.write("exception.resolved", answer("take-other"));
      await a.send();
      const milkNow = await goodOf(store, tills, "milk");
      const teaNow = await goodOf(store, tills, "tea");
      assert.deepEqual([milkNow.plu, teaNow.plu], [undefined, "4011"]);
    },

    "[C3] a good made at a till with a code that another has is made without it": async (store) => {
      const { milk, a, b } = await twoTills(store, tills);
      a.edit(milk, { gtins: [code] }, atMs + 1);
      await a.send();
      const added = { sku: "new", name: "New", gtins: [code], priceMinor: 5 } as const;
      b.write("product.added", { ...added, unit: "each", taxCategory: "zero" });
      await b.send();
      assert.deepEqual((await goodOf(store, tills, "new")).gtins, []);
      const { kept, other, answer } = await asked(store, tills);
      assert.deepEqual([kept.sku, other.sku], ["milk", "new"]);
      b.write("exception.resolved", answer("take-other"));
      await b.send();
      assert.deepEqual((await goodOf(store, tills, "new")).gtins, [code]);
      assert.deepEqual((await goodOf(store, tills, "milk")).gtins, []);
    },
  };
}

function answers(tills: ContractTills): Promises {
  const { atMs } = tills;
  const conflicting = async (store: StorePort) => {
    const { milk, tea, a, b } = await twoTills(store, tills);
    a.edit(milk, { gtins: [code] }, atMs + 2);
    b.edit(tea, { gtins: [code] }, atMs + 1);
    await a.send();
    await b.send();
    return { a, b };
  };
  return {
    "[C3] the answer to a code given twice is a fact: kept, or it leads to the other good": async (
      store,
    ) => {
      const { a, b } = await conflicting(store);
      const { answer } = await asked(store, tills);
      a.write("exception.resolved", answer("keep"));
      await a.send();
      assert.deepEqual(await codesNow(store, tills), { milk: [code], tea: [] });
      assert.deepEqual(await openOf(store, tills, "code-conflict"), []);
      // Another person, who had not heard of it, says otherwise: asked again, and nothing moved.
      b.write("exception.resolved", answer("take-other"));
      await b.send();
      assert.deepEqual(await codesNow(store, tills), { milk: [code], tea: [] });
      const again = await asked(store, tills);
      a.write("exception.resolved", again.answer("take-other"));
      await a.send();
      assert.deepEqual(await codesNow(store, tills), { milk: [], tea: [code] });
      b.write("exception.resolved", again.answer("keep"));
      await b.send();
      const { kept, other, subject } = await asked(store, tills);
      assert.deepEqual([kept.sku, other.sku, subject], ["tea", "milk", `gtins/${code}/milk`]);
    },

    "[C3] a code that became free is given by an edit, and nobody is asked any more": async (
      store,
    ) => {
      const { a, b } = await conflicting(store);
      a.edit(await goodOf(store, tills, "milk"), { gtins: [otherCode] }, atMs + 3);
      await a.send();
      b.edit(await goodOf(store, tills, "tea"), { gtins: [code] }, atMs + 4);
      await b.send();
      assert.deepEqual(await codesNow(store, tills), { milk: [otherCode], tea: [code] });
      assert.deepEqual(await openOf(store, tills, "code-conflict"), []);
    },
  };
}

function files(tills: ContractTills): Promises {
  const { atMs } = tills;
  const milkOf = (gtins: string[]) => filed({ gtins });
  const teaOf = (gtins: string[]) => filed({ sku: "tea", name: "Tea", gtins });
  return {
    "[C3] a file may move a code between goods that it names; one that a store gave it asks about":
      async (store) => {
        await importFile(store, tills, [milkOf([code]), teaOf([])]);
        await importFile(store, tills, [milkOf([]), teaOf([code])], atMs + 1);
        assert.deepEqual(await codesNow(store, tills), { milk: [], tea: [code] });
        assert.deepEqual(await openOf(store, tills, "code-conflict"), []);
        const till = editingTill(store, tills, tills.terminalId);
        till.edit(await goodOf(store, tills, "milk"), { gtins: [otherCode] }, atMs + later);
        await till.send();
        const file = [teaOf([code, otherCode])];
        await importFile(store, tills, file, atMs + 2);
        assert.deepEqual(await codesNow(store, tills), { milk: [otherCode], tea: [code] });
        const { other, kept, answer } = await asked(store, tills);
        assert.deepEqual([kept.sku, kept.origin], ["milk", "store"]);
        assert.deepEqual([other.sku, other.origin, other.who], ["tea", "head-office", "file"]);
        // The same file again says nothing new.
        await importFile(store, tills, file, atMs + 3);
        assert.equal((await openOf(store, tills, "code-conflict"))[0]?.times, 1);
        till.write("exception.resolved", answer("take-other"));
        await till.send();
        assert.deepEqual(await codesNow(store, tills), { milk: [], tea: [code, otherCode] });
      },
  };
}
