import assert from "node:assert/strict";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import { editingTill, feedOf, openOf, unknownYet, wholeFeed } from "./catalogue-rig.ts";
import { codePromises } from "./code-contract.ts";
import { editPromises } from "./edit-contract.ts";
import { judgeFact } from "./judge-fact.ts";
import type { ContractTills } from "./office-contract.ts";
import { retryParked } from "./retry-parked.ts";
import { sha256 } from "./sha256.ts";
import type { StorePort } from "./store-port.ts";

type Promises = Readonly<Record<string, (store: StorePort) => Promise<void>>>;

/** What every adapter must do about edits, people, returns and parked facts. */
export function cataloguePromises(tills: ContractTills): Promises {
  return {
    ...editPromises(tills),
    ...codePromises(tills),
    ...otherPromises(tills),
    ...accountPromises(tills),
    ...parkedPromises(tills),
    ...seenPromises(tills),
    ...recalledPromises(tills),
  };
}

function otherPromises(tills: ContractTills): Promises {
  const { storeId, terminalId, otherTerminalId } = tills;
  return {
    "[C4] returns of one line beyond what was sold are told with both receipts, once": async (
      store,
    ) => {
      const a = editingTill(store, tills, terminalId);
      const b = editingTill(store, tills, otherTerminalId);
      const from = { saleId: otherTerminalId, receiptNumber: "1-000001", lineNo: 1 };
      const give = (till: typeof a, quantityMilli: number) => {
        const sale = JSON.parse(createSampleTill({ terminalId, sha256 }).sell(["milk"]).body) as {
          payload: Parameters<typeof till.write<"return.completed">>[1];
        };
        const lines = sale.payload.lines.map((line) => ({
          ...{ ...line, quantityMilli: -quantityMilli },
          returnOf: { ...from, soldMilli: 2_000 },
        }));
        till.write("return.completed", { ...sale.payload, saleId: till.terminalId, lines });
      };
      give(a, 2_000);
      await a.send();
      assert.deepEqual(await openOf(store, tills, "over-returned"), []);
      give(b, 1_000);
      await b.send();
      const [told] = await openOf(store, tills, "over-returned");
      assert.ok(told?.told.kind === "over-returned");
      const { soldMilli, returnedMilli, returns } = told.told.detail;
      assert.deepEqual([soldMilli, returnedMilli], [2_000, 3_000]);
      assert.deepEqual(
        returns.map(({ terminalId: id, quantityMilli }) => [id, quantityMilli]).toSorted(byText),
        [
          [terminalId, 2_000],
          [otherTerminalId, 1_000],
        ].toSorted(byText),
      );
    },

    "[C6] a person changed is one change of the feed, at its end": async (store) => {
      const dana = { personId: "dana", name: "Dana", role: "cashier", pinHash: "x" } as const;
      await store.putPeople(storeId, [{ ...dana, active: false }]);
      await store.putPeople(storeId, [{ ...dana, personId: "noa", active: true }]);
      const people = (await feedOf(store, tills)).flatMap((change) =>
        change.kind === "person" ? [[change.person.personId, change.person.active]] : [],
      );
      assert.deepEqual(people, [
        ["dana", false],
        ["noa", true],
      ]);
    },
  };
}

function accountPromises(tills: ContractTills): Promises {
  const { storeId, terminalId, otherTerminalId } = tills;
  return {
    "[C5] balances are sums, told by the feed; below zero raises overdrawn, and both payments stand":
      async (store) => {
        const a = editingTill(store, tills, terminalId);
        const b = editingTill(store, tills, otherTerminalId);
        const card = { account: "gift-card", accountId: "CARD1", reason: "test" } as const;
        a.write("account.moved", { ...card, deltaMinor: 5_000 });
        a.write("account.moved", { ...card, deltaMinor: -4_000 });
        b.write("account.moved", { ...card, deltaMinor: -4_000 });
        await a.send();
        assert.deepEqual(await openOf(store, tills, "overdrawn"), []);
        await b.send();
        const accounts = (await feedOf(store, tills)).filter(({ kind }) => kind === "account");
        const account = { account: "gift-card", accountId: "CARD1", balanceMinor: -3_000 };
        assert.deepEqual(accounts, [{ kind: "account", account }]);
        const [told] = await openOf(store, tills, "overdrawn");
        assert.ok(told?.told.kind === "overdrawn");
        const { balanceMinor, deltaMinor, terminalId: by } = told.told.detail;
        assert.deepEqual([balanceMinor, deltaMinor, by], [-3_000, -4_000, otherTerminalId]);
      },

    "[C5] a load that arrives behind the spending that it covers leaves nothing open": async (
      store,
    ) => {
      const a = editingTill(store, tills, terminalId);
      const b = editingTill(store, tills, otherTerminalId);
      const card = { account: "gift-card", accountId: "CARD2", reason: "test" } as const;
      b.write("account.moved", { ...card, deltaMinor: -4_000 });
      await b.send();
      assert.equal((await openOf(store, tills, "overdrawn")).length, 1);
      a.write("account.moved", { ...card, deltaMinor: 3_000 });
      await a.send();
      assert.equal((await openOf(store, tills, "overdrawn")).length, 1);
      a.write("account.moved", { ...card, deltaMinor: 2_000 });
      await a.send();
      assert.deepEqual(await openOf(store, tills, "overdrawn"), []);
      const told = (await feedOf(store, tills)).flatMap((change) =>
        change.kind === "exception" && change.exception.kind === "overdrawn"
          ? [change.exception.resolved?.resolution]
          : [],
      );
      assert.deepEqual(told, ["covered"]);
    },

    "[C5] [D2] pages of the feed and of a snapshot tell how far the asking terminal was heard of":
      async (store) => {
        const a = editingTill(store, tills, terminalId);
        const limits = { after: null, limit: 10, maxBytes: 1e6 };
        const chains = async (asking: string | undefined) => [
          (await store.changes({ ...wholeFeed, storeId, terminalId: asking })).chain ?? null,
          (await store.snapshot({ ...limits, storeId, terminalId: asking })).chain ?? null,
        ];
        assert.deepEqual(await chains(terminalId), [null, null]);
        a.write("drawer.no-sale", { reason: "change" });
        await a.send();
        assert.deepEqual(await chains(terminalId), [a.head, a.head]);
        assert.deepEqual(await chains(otherTerminalId), [null, null]);
        assert.deepEqual(await chains(undefined), [null, null]);
      },
  };
}

function recalledPromises(tills: ContractTills): Promises {
  const { terminalId, otherTerminalId } = tills;
  return {
    "[H4] a suspended sale that is taken back a second time is told, with every till that took it":
      async (store) => {
        const a = editingTill(store, tills, terminalId);
        const b = editingTill(store, tills, otherTerminalId);
        const suspension = "0195d000-0000-7000-8000-0000000000aa";
        const other = "0195d000-0000-7000-8000-0000000000bb";
        a.write("sale.recalled", { cartId: suspension, suspension });
        a.write("sale.recalled", { cartId: other, suspension: other });
        await a.send();
        assert.deepEqual(await openOf(store, tills, "recalled-twice"), []);
        b.write("sale.recalled", { cartId: suspension, suspension });
        await b.send();
        const [open, ...others] = await openOf(store, tills, "recalled-twice");
        assert.deepEqual(others, []);
        assert.ok(open?.told.kind === "recalled-twice");
        assert.deepEqual(
          new Set(open.told.detail.recalls.map((recall) => recall.terminalId)),
          new Set([terminalId, otherTerminalId]),
        );
      },
  };
}

function parkedPromises(tills: ContractTills): Promises {
  const { storeId, terminalId, atMs } = tills;
  return {
    "[U8] a parked fact that is understood now takes effect at its place, with its bytes": async (
      store,
    ) => {
      const till = createSampleTill({ terminalId, sha256 });
      till.sell(["milk"]);
      till.writeRaw('{"type":"sale.imagined"}');
      const { facts } = till;
      // A cloud that does not know sales yet.
      const parked = facts.map((fact, i) => unknownYet(fact, { terminalId, epoch: 1, seq: i + 1 }));
      const expected = { epoch: 1, seq: 0, hash: "0".repeat(64) };
      const batch = { storeId, terminalId, expected, receivedAtMs: atMs };
      await store.commitFacts({ ...batch, facts: parked });
      const [told] = await openOf(store, tills, "parked");
      assert.ok(told?.told.kind === "parked");
      assert.equal(told.times, 2);
      assert.deepEqual(
        told.told.detail.facts.map(({ seq }) => seq),
        [1, 2],
      );
      const retried = await retryParked(store, { storeId, by: "", atMs: atMs + 1 });
      assert.deepEqual(retried, { applied: 1, stillParked: 1 });
      assert.deepEqual(await store.stock(storeId, ["milk"]), [{ sku: "milk", levelMilli: -1_000 }]);
      const range = { terminalId, epoch: 1, fromSeq: 1, toSeq: 2 };
      assert.deepEqual(
        (await store.heldFacts(range)).map(({ seq, hash, verdict }) => [seq, hash, verdict]),
        [
          [1, facts[0]?.hash, "applied"],
          [2, facts[1]?.hash, "parked"],
        ],
      );
      assert.equal((await store.parked(storeId, 9)).length, 1);
      const bodies = (await feedOf(store, tills)).filter(({ kind }) => kind === "fact");
      assert.deepEqual(bodies, [{ kind: "fact", body: facts[0]?.body }]);
      // What is parked still is told anew, with its own reason; once more changes nothing.
      const [left, ...others] = await openOf(store, tills, "parked");
      assert.notEqual(left?.exceptionId, told.exceptionId);
      assert.deepEqual(others, []);
      const again = await retryParked(store, { storeId, by: "", atMs: atMs + 2 });
      assert.deepEqual(again, { applied: 0, stillParked: 1 });
      assert.deepEqual(await store.stock(storeId, ["milk"]), [{ sku: "milk", levelMilli: -1_000 }]);
    },

    "[U4] [U8] what cannot be applied says so, leaves nothing behind, and keeps no other parked":
      async (store) => {
        const till = createSampleTill({ terminalId, sha256 });
        const facts = ["milk", "bread"].map((sku, i) => {
          const place = { terminalId, epoch: 1, seq: i + 1 };
          const wire = till.sell([sku]);
          return { wire, place, parked: unknownYet(wire, place), judged: judgeFact(wire, place) };
        });
        const tooMuch = [{ sku: "milk", deltaMilli: Number.MAX_SAFE_INTEGER + 2 }];
        const expected = { epoch: 1, seq: 0, hash: "0".repeat(64) };
        const batch = { storeId, terminalId, expected, receivedAtMs: atMs };
        const wrong = facts.map(({ judged }) => ({ ...judged, movements: tooMuch }));
        assert.ok(typeof (await store.commitFacts({ ...batch, facts: wrong })) === "object");
        assert.equal((await store.head(terminalId, 1)).seq, 0);
        await store.commitFacts({ ...batch, facts: facts.map(({ parked }) => parked) });
        const again = facts.map(({ judged, place: { epoch } }, i) => ({
          ...{ ...judged, terminalId, epoch },
          movements: i === 0 ? tooMuch : judged.movements,
        }));
        await store.applyParked({ storeId, facts: again, by: "", atMs });
        assert.deepEqual(
          (await store.parked(storeId, 9)).map(({ seq }) => seq),
          [1],
        );
        const told = (await openOf(store, tills, "parked")).map(({ times }) => times);
        assert.deepEqual(told, [1]);
        const levels = [{ sku: "bread", levelMilli: -1_000 }];
        assert.deepEqual(await store.stock(storeId, ["milk", "bread"]), levels);
      },

    "[U8] a parked fact whose id came meanwhile at another place has no second effect": async (
      store,
    ) => {
      const till = createSampleTill({ terminalId, sha256 });
      const sold = till.sell(["milk"]);
      const parked = unknownYet(sold, { terminalId, epoch: 1, seq: 1 });
      const chain = { storeId, terminalId, receivedAtMs: atMs };
      const expected = { epoch: 1, seq: 0, hash: "0".repeat(64) };
      await store.commitFacts({ ...chain, expected, facts: [parked] });
      const again = createSampleTill({ terminalId, sha256, epoch: 2 }).rewrite(sold);
      await store.commitFacts({
        ...{ ...chain, expected: { ...expected, epoch: 2 } },
        facts: [judgeFact(again, { terminalId, epoch: 2, seq: 1 })],
      });
      await retryParked(store, { storeId, by: "", atMs });
      assert.deepEqual(await store.stock(storeId, ["milk"]), [{ sku: "milk", levelMilli: -1_000 }]);
      const range = { terminalId, epoch: 1, fromSeq: 1, toSeq: 1 };
      assert.equal((await store.heldFacts(range))[0]?.verdict, "duplicate");
    },
  };
}

function seenPromises(tills: ContractTills): Promises {
  const { storeId, terminalId, otherTerminalId, atMs } = tills;
  return {
    "[U8] what was only seen is told as parked no longer once it is understood": async (store) => {
      const till = createSampleTill({ terminalId, sha256 });
      const parked = unknownYet(till.sell(["milk"]), { terminalId, epoch: 1, seq: 1 });
      const expected = { epoch: 1, seq: 0, hash: "0".repeat(64) };
      const batch = { storeId, terminalId, expected, receivedAtMs: atMs };
      await store.commitFacts({ ...batch, facts: [parked] });
      const [told] = await openOf(store, tills, "parked");
      assert.ok(told);
      const { exceptionId, kind, subject } = told;
      const other = editingTill(store, tills, otherTerminalId);
      other.write("exception.resolved", { exceptionId, kind, subject, resolution: "seen" });
      await other.send();
      const retried = await retryParked(store, { storeId, by: "", atMs: atMs + 1 });
      assert.deepEqual(retried, { applied: 1, stillParked: 0 });
      const answers = (await feedOf(store, tills)).flatMap((change) =>
        change.kind === "exception" ? [change.exception.resolved?.resolution] : [],
      );
      assert.deepEqual(answers, ["seen", "retry"]);
    },
  };
}

const byText = (a: unknown, b: unknown) => (String(a) < String(b) ? -1 : 1);
