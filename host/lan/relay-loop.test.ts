import { expect, it } from "vitest";
import { openLedger } from "../../ledger/ledger.ts";
import { TransportError } from "../../sync/engine/ports.ts";
import type { PushRequest } from "../../sync/protocol/wire.ts";
import type { Till } from "../state/till.ts";
import { createRelayLoop } from "./relay-loop.ts";

const hash = "a".repeat(64);

it("[H5] what the cloud will not have of one till keeps no other's waiting", async () => {
  const ledger = openLedger(":memory:");
  ledger.write(() => {
    for (const terminalId of ["first", "second"]) {
      const chain = { terminalId, epoch: 1, seq: 1, hash, cloudSeq: 0 };
      ledger.relay.putChain(chain);
      const batch = { ...chain, firstSeq: 1, lastSeq: 1, signature: "s", facts: "[]" };
      ledger.relay.addBatch(batch, 1);
    }
  });
  let look = () => {};
  const later: Promise<void> = new Promise((resolve) => {
    const clock = {
      now: () => 1,
      after(_: number, task: () => void) {
        if (ledger.relay.unrelayed("hub").length < 2) resolve();
        look = task;
        return () => {};
      },
    };
    const transport = {
      async push({ epoch, relayed }: PushRequest) {
        if (relayed?.terminalId === "first") throw new TransportError("refused", "BadRequest: no");
        return { outcome: "accepted", head: { epoch, seq: 1, hash } };
      },
    };
    const loops = { syncStatus: () => ({ connection: "online" }) };
    const till = { ledger, loops, world: { clock, transport }, ledgerProblem: null };
    const log = { info() {}, warn() {}, error() {} };
    createRelayLoop({ till: till as unknown as Till, terminalId: "hub", log });
  });
  look();
  await later;
  expect(ledger.relay.unrelayed("hub").map(({ terminalId }) => terminalId)).toEqual(["first"]);
  ledger.close();
});

it("a ledger that cannot be read ends neither the loop nor the till", async () => {
  const unhandled: unknown[] = [];
  const note = (why: unknown) => void unhandled.push(why);
  process.on("unhandledRejection", note);
  const ledger = openLedger(":memory:");
  let looks = 0;
  let look = () => {};
  const clock = {
    now: () => 1,
    after(_: number, task: () => void) {
      looks++;
      look = task;
      return () => {};
    },
  };
  const loops = {
    syncStatus() {
      throw new Error("database disk image is malformed");
    },
  };
  const till = { ledger, loops, world: { clock, transport: null }, ledgerProblem: null };
  const log = { info() {}, warn() {}, error() {} };
  createRelayLoop({ till: till as unknown as Till, terminalId: "hub", log });
  look();
  for (let i = 0; i < 3; i++) await new Promise((resolve) => void setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect({ looks, unhandled }).toEqual({ looks: 2, unhandled: [] });
  ledger.close();
});
