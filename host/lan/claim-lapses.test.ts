import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sha256 } from "../../ledger/bytes.ts";
import { type Ledger, openLedger } from "../../ledger/ledger.ts";
import { createScriptedCloud } from "../../sync/engine/scripted-cloud.ts";
import { openTestTill, type TestTill, testPin, testTerminal } from "../test-till.ts";
import type { Relay, StoreNetwork } from "./port.ts";
import { createRelay } from "./relay.ts";

const hubId = "01900000-0000-7000-8000-0000000000aa";
const asker = testTerminal.terminalId;
let folder: string;
let ledger: Ledger;
let relay: Relay;
let nowMs: number;
let till: TestTill | null;

const peer = (terminalId: string) => ({ terminalId, signed: () => true });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-claim-"));
  ledger = openLedger(join(folder, "ledger.sqlite"));
  till = null;
  nowMs = 1_795_000_000_000;
  relay = createRelay({
    ...{ ledger, sha256, terminalId: hubId, clock: { now: () => nowMs } },
    ...{ write: (work) => ledger.write(work), fold() {}, onFacts() {} },
  });
});

afterEach(async () => {
  await till?.close();
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function suspendAtHub(): string {
  const { fact } = ledger.write(() =>
    ledger.append(hubId, {
      ...{ id: "01900000-0000-7000-8000-000000000051", type: "sale.suspended", atMs: nowMs },
      payload: { cartId: "c", lines: 0, totalMinor: 0, goods: [] },
    }),
  );
  return fact.id;
}

it("[H4] a suspended sale that its claimant did not take after all is given to the next who asks", async () => {
  const clock = { now: () => nowMs, monotonicMs: () => nowMs, after: () => () => {} };
  const isAsked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const network: StoreNetwork = {
    ...{ serve() {}, onHub() {}, line: () => createScriptedCloud(clock) },
    async claim(id) {
      const holder = relay.claim(peer(asker), id);
      isAsked.resolve();
      await goOn.promise;
      return holder;
    },
    ask: () => new Promise(() => {}),
    async close() {},
  };
  till = await openTestTill(1, { network });
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  await till.do("cart.add-product", { sku: "bread" });
  await till.do("cart.suspend", {});
  const [waiting] = await till.do("cart.suspended", {});
  const id = suspendAtHub();
  // While the hub is asked the next customer's goods come over the counter.
  const recall = till.refused("cart.recall", { suspensionId: waiting?.suspensionId ?? "" });
  await isAsked.promise;
  await till.do("cart.add-product", { sku: "beans" });
  goOn.resolve();
  expect(await recall).toEqual({ type: "SaleIsOpen" });
  // The same at the hub, where the sale still waits; nobody says that it was taken back.
  expect(relay.claim(peer(asker), id)).toBe(asker);
  expect(relay.claim(peer(hubId), id)).toBe(asker);
  nowMs += 120_000;
  expect(relay.claim(peer(hubId), id)).toBe(hubId);
  expect(relay.claim(peer(asker), id)).toBe(hubId);
});

it("[H4] one that was taken back is nobody else's, however late they ask", () => {
  const id = suspendAtHub();
  expect(relay.claim(peer(asker), id)).toBe(asker);
  ledger.write(() =>
    ledger.append(hubId, {
      ...{ id: "01900000-0000-7000-8000-000000000052", type: "sale.recalled", atMs: nowMs },
      payload: { cartId: "c", suspension: id },
    }),
  );
  nowMs += 120_000;
  expect(relay.claim(peer(hubId), id)).toBe(asker);
});
