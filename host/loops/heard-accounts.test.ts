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
