import { afterEach, beforeEach, expect, it } from "vitest";
import { type Ledger, openLedger } from "../../ledger/ledger.ts";
import type { SyncLedger } from "../../sync/engine/ports.ts";
import type { Change } from "../../sync/protocol/wire.ts";
import { createSyncLedger } from "./sync-ledger.ts";

const terminalId = "01900000-0000-7000-8000-000000000001";
const card = { account: "gift-card", accountId: "CARD0001" } as const;

let ledger: Ledger;
let sync: SyncLedger;

beforeEach(() => {
  ledger = openLedger(":memory:");
  sync = createSyncLedger(ledger, { terminalId, storeId: "store", tillNumber: 1 });
});

afterEach(() => ledger.close());

function move(deltaMinor: number): void {
  ledger.write(() => {
    const id = `01900000-0000-7000-8000-${String(ledger.journal.head().seq + 1).padStart(12, "0")}`;
    const payload = { ...card, deltaMinor, reason: "test" };
    const fact = { id, type: "account.moved", atMs: 1, payload } as const;
    const { position } = ledger.append(terminalId, fact);
    ledger.accounts.moved(position, [{ ...card, deltaMinor }]);
  });
}

const told = (balanceMinor: number): Change => ({
  kind: "account",
  account: { ...card, balanceMinor },
});
const balance = () => ledger.accounts.balanceMinor("gift-card", "CARD0001");

it("[C5] a move counts once, also when the feed tells of it before the answer to the push", () => {
  move(5_000);
  sync.applyChanges([told(5_000)], 7);
  sync.recordAck(sync.head(), [], 1, 7);
  expect(balance()).toBe(5_000);
});

it("[C5] a move counts on when a page that was made before it comes after the answer to the push", () => {
  sync.applyChanges([told(8_000)], 3);
  move(-5_000);
  sync.recordAck(sync.head(), [], 1, 9);
  sync.applyChanges([told(8_500)], 6);
  expect(balance()).toBe(3_500);
  sync.applyChanges([told(3_500)], 9);
  expect(balance()).toBe(3_500);
});

it("[C5] what the cloud parked is on no card when its feed was read", () => {
  move(5_000);
  sync.recordAck(sync.head(), [{ seq: 1, verdict: "parked", reason: "test" }], 1, 4);
  sync.applyChanges([], 4);
  expect(balance()).toBeNull();
});

it("[C5] a cloud that does not say where its word stands tells it with the next page", () => {
  move(5_000);
  sync.recordAck(sync.head(), [], 1);
  expect(balance()).toBe(5_000);
  sync.applyChanges([told(5_000)], 1);
  expect(balance()).toBe(5_000);
});

it("[C5] a page says what the cloud had heard of: a move counts once before the answer to the push", () => {
  move(5_000);
  const chain = sync.head();
  move(-1_000);
  sync.applyChanges([told(5_000)], 7, { stamp: null, chain });
  expect(balance()).toBe(4_000);
  sync.recordAck(sync.head(), [], 1, 8);
  sync.applyChanges([told(4_000)], 8, { stamp: null, chain: sync.head() });
  expect(balance()).toBe(4_000);
});

it("[C5] what a page heard of another card is not in the word of this one", () => {
  move(5_000);
  const other: Change = { kind: "account", account: { ...card, accountId: "B", balanceMinor: 1 } };
  sync.applyChanges([other], 7, { stamp: null, chain: sync.head() });
  expect(balance()).toBe(5_000);
});

it.each([
  { of: "another epoch", change: { epoch: 2 } },
  { of: "another life of this till", change: { hash: "f".repeat(64) } },
  { of: "more than was written here", change: { seq: 2 } },
])("[C5] a chain of $of says nothing of the moves here", ({ change }) => {
  move(5_000);
  sync.applyChanges([told(1_000)], 7, { stamp: null, chain: { ...sync.head(), ...change } });
  expect(balance()).toBe(6_000);
});

it("[C5] [D2] a snapshot's page says it likewise", () => {
  move(5_000);
  sync.beginSnapshot("too-old");
  const text = JSON.stringify([{ ...card, balanceMinor: 5_000 }]);
  sync.takeSnapshotPage({
    ...{ outcome: "page", stamp: "s", asOf: 7, floor: 0, stampAtFloor: "s" },
    ...{ chain: sync.head(), done: 1, total: 1, next: null },
    sections: [{ kind: "accounts", text, after: null, upTo: null }],
  });
  expect(balance()).toBe(5_000);
});
