import { hash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngineRig, type EngineRig, rigStartMs, rigTerminalId } from "./engine-rig.ts";
import { createMemoryLedger } from "./memory-ledger.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");

/** Enough rounds of the event loop for everything that needs no time. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => void setImmediate(resolve));
}

let rig: EngineRig;

beforeEach(() => {
  rig = createEngineRig({ sha256, settle });
});

afterEach(async () => {
  await rig.engine.stop();
});

describe("upload", () => {
  it("[U1] sends the journal past the mark, and nothing else", async () => {
    rig.sell(3);
    await rig.start();
    expect(rig.cloud.chain(1)).toEqual(rig.ledger.till().facts);
    expect(rig.pushes()).toEqual(["push 1/1+3"]);
    await rig.sellAndSend(2);
    expect(rig.pushes()).toEqual(["push 1/1+3", "push 1/4+2"]);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, oldestUnsentAtMs: null });
  });

  it("[U2] after a lost answer sends the same facts again, and they count once", async () => {
    await rig.start();
    rig.cloud.loseNextAnswer();
    await rig.sellAndSend(5);
    await rig.clock.advance(1000);
    expect(rig.pushes()).toEqual(["push 1/1+5", "push 1/1+5"]);
    expect(rig.cloud.chain(1)).toHaveLength(5);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, provedEqual: true });
  });

  it("[U4] keeps parked verdicts, also those whose answer was lost, and goes on", async () => {
    await rig.start();
    rig.cloud.parkThoseWith("poison");
    rig.cloud.loseNextAnswer();
    rig.ledger.till().sell(["poison"]);
    await rig.sellAndSend(1);
    await rig.clock.advance(1000);
    expect(rig.ledger.verdicts).toEqual([{ seq: 1, verdict: "parked", reason: "scripted" }]);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, connection: "online" });
    expect(rig.logged).toContain("sync.fact.parked");
  });

  it("[U5] says proved only on the cloud's word for the last seq and hash", async () => {
    rig.sell(2);
    expect(rig.engine.status()).toMatchObject({
      provedEqual: false,
      cloud: null,
      provedAtMs: null,
    });
    await rig.start();
    expect(rig.engine.status()).toMatchObject({
      provedEqual: true,
      cloud: rig.ledger.head(),
      provedAtMs: rigStartMs,
    });
    rig.sell(1);
    expect(rig.engine.status().provedEqual).toBe(false);
    rig.engine.wake();
    await rig.clock.advance(10);
    expect(rig.engine.status().provedEqual).toBe(true);
  });

  it("[U5] proves anew at a start with nothing to send", async () => {
    await rig.start();
    await rig.sellAndSend(2);
    await rig.engine.stop();
    rig = rig.again();
    expect(rig.engine.status()).toMatchObject({ provedEqual: false, unsent: 0 });
    await rig.clock.advance(5000);
    await rig.start();
    expect(rig.pushes()).toHaveLength(1);
    expect(rig.engine.status()).toMatchObject({
      provedEqual: true,
      provedAtMs: rig.clock.now() - 10,
    });
  });

  it.each([
    ["a hash that the journal does not hold", { hash: "f".repeat(64) }],
    ["less than what is held already", { seq: 0, hash: "0".repeat(64) }],
  ])("[U5] does not move the mark on %s", async (_, head) => {
    await rig.start();
    rig.cloud.answerNext((answer) => ({ ...answer, head: { ...answer.head, ...head } }));
    await rig.sellAndSend(2);
    expect(rig.ledger.acked().seq).toBe(0);
    expect(rig.engine.status()).toMatchObject({
      connection: "refused",
      lastError: "The cloud acknowledged other facts than were sent.",
    });
    await rig.clock.advance(31_000);
    expect(rig.engine.status()).toMatchObject({ connection: "online", provedEqual: true });
  });

  it("[U5] moves the mark as far as the cloud took a batch whose chain breaks", async () => {
    await rig.start();
    rig.sell(4);
    const second = rig.ledger.till().facts[1];
    rig.cloud.answerNext((answer) => {
      rig.cloud.setBack(1, 2);
      return { ...answer, head: { epoch: 1, seq: 2, hash: second?.hash ?? "" } };
    });
    rig.engine.wake();
    await rig.clock.advance(10);
    expect(rig.pushes()).toEqual(["push 1/1+4", "push 1/3+2"]);
    expect(rig.engine.status().provedEqual).toBe(true);
  });

  it("[U6] grows while answers are quick, one batch ahead, and keeps below the largest", async () => {
    rig.sell(5000);
    await rig.start();
    const sizes = rig.pushes().map((push) => Number(push.split("+")[1]));
    expect(sizes.slice(0, 5)).toEqual([250, 250, 500, 500, 1000]);
    expect(Math.max(...sizes)).toBe(1_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5000);
    expect(rig.engine.status().provedEqual).toBe(true);
  });

  it("[U2] a batch that overtook the one before it is sent again, and nothing is set back", async () => {
    await rig.start();
    const push = rig.cloud.push.bind(rig.cloud);
    const held: (() => void)[] = [];
    rig.cloud.push = async (request) => {
      // The first batch is kept on the way until the second has been answered.
      if (request.firstSeq === 1 && held.length === 0) {
        await new Promise<void>((resolve) => held.push(resolve));
      }
      return push(request);
    };
    await rig.sellAndSend(500);
    expect(rig.pushes()).toEqual(["push 1/251+250"]);
    held[0]?.();
    await rig.clock.advance(10);
    expect(rig.cloud.chain(1)).toEqual(rig.ledger.till().facts);
    expect(rig.engine.status()).toMatchObject({ provedEqual: true, connection: "online" });
    expect(rig.logged).not.toContain("sync.set-back");
  });

  it("[U6] splits what is too large until it fits", async () => {
    rig.cloud.takeAtMost(30);
    rig.sell(70);
    await rig.start();
    expect(rig.pushes()[0]).toBe("push 1/1+70");
    expect(rig.cloud.chain(1)).toHaveLength(70);
    expect(rig.engine.status()).toMatchObject({ unsent: 0, connection: "online" });
  });

  it("[U6] tells of one fact that is too large by itself, without hurry", async () => {
    rig.cloud.takeAtMost(0);
    rig.sell(1);
    await rig.start();
    await rig.clock.advance(10_000);
    expect(rig.pushes()).toHaveLength(1);
    expect(rig.engine.status().connection).toBe("refused");
    expect(rig.engine.status().lastError).toMatch(/^Fact 1 is \d+ characters long/);
    rig.cloud.takeAtMost(10);
    await rig.clock.advance(30_000);
    expect(rig.engine.status().provedEqual).toBe(true);
  });

  it("[U6] halves a batch that was not answered in time", async () => {
    await rig.start();
    rig.cloud.failWith("timeout");
    await rig.sellAndSend(80);
    rig.cloud.failWith(null);
    await rig.clock.advance(1000);
    expect(rig.pushes().slice(0, 2)).toEqual(["push 1/1+80", "push 1/1+40"]);
    expect(rig.engine.status().provedEqual).toBe(true);
  });

  it("[U7] sends again what a cloud restored from a backup has lost, and says so meanwhile", async () => {
    await rig.start();
    await rig.sellAndSend(10);
    rig.cloud.setBack(1, 4);
    await rig.clock.advance(60_000);
    expect(rig.pushes()).toEqual(["push 1/1+10", "push 1/5+6"]);
    expect(rig.cloud.chain(1)).toEqual(rig.ledger.till().facts);
    expect(rig.engine.status().provedEqual).toBe(true);
    expect(rig.logged).toContain("sync.set-back");
  });

  it("[R3] sends again also the end of an older epoch that a restored cloud lacks", async () => {
    await rig.start();
    await rig.sellAndSend(6);
    rig.ledger.openNewEpoch(rig.ledger.head(), 0);
    await rig.sellAndSend(4);
    const first = [...rig.cloud.chain(1)];
    rig.cloud.setBack(1, 2);
    rig.cloud.setBack(2, 1);
    await rig.clock.advance(120_000);
    expect(rig.cloud.chain(1)).toEqual(first);
    expect(rig.cloud.chain(2)).toEqual(rig.ledger.till().facts);
    expect(rig.logged).toContain("sync.past.sent-again");
    expect(rig.engine.status()).toMatchObject({ provedEqual: true, lastError: null });
  });

  it("[R3] an epoch that forked is left as it is", async () => {
    const other = createMemoryLedger({ terminalId: rigTerminalId, sha256, salt: 7 });
    for (let i = 0; i < 2; i++) other.till().sell(["milk"]);
    await rig.cloud.push(other.till().push(1));
    rig.sell(5);
    await rig.start();
    await rig.clock.advance(120_000);
    expect(rig.cloud.chain(1)).toEqual(other.till().facts);
    expect(rig.cloud.chain(2)).toHaveLength(5);
    expect(rig.engine.status()).toMatchObject({ provedEqual: true, lastError: null });
  });

  it("[U2] [U7] learns from a gap that the cloud was set back", async () => {
    await rig.start();
    await rig.sellAndSend(10);
    rig.cloud.setBack(1, 0);
    await rig.sellAndSend(1);
    expect(rig.pushes()).toEqual(["push 1/1+10", "push 1/11+1", "push 1/1+11"]);
    expect(rig.engine.status().provedEqual).toBe(true);
  });

  it("[U2] begins a new epoch when the cloud holds more than the journal (an old disk image)", async () => {
    const before = createMemoryLedger({ terminalId: rigTerminalId, sha256 });
    for (let i = 0; i < 5; i++) before.till().sell(["milk"]);
    await rig.cloud.push(before.till().push(1));
    rig.sell(3);
    await rig.start();
    expect(rig.ledger.forks).toEqual([before.head()]);
    expect(rig.cloud.chain(1)).toEqual(before.till().facts);
    expect(rig.cloud.chain(2)).toEqual(rig.ledger.till().facts);
    expect(rig.engine.status()).toMatchObject({ provedEqual: true, head: { epoch: 2, seq: 3 } });
  });

  it("[U2] begins a new epoch when the cloud answers forked, and keeps the facts' ids", async () => {
    const other = createMemoryLedger({ terminalId: rigTerminalId, sha256, salt: 7 });
    for (let i = 0; i < 2; i++) other.till().sell(["milk"]);
    await rig.start();
    await rig.cloud.push(other.till().push(1));
    rig.sell(3);
    const ids = rig.ledger.till().facts.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    rig.engine.wake();
    await rig.clock.advance(10);
    expect(rig.ledger.forks).toHaveLength(1);
    const held = rig.cloud.chain(2).map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(held).toEqual(ids);
    expect(rig.engine.status().provedEqual).toBe(true);
  });

  it("[U2] does not copy the journal again and again for a cloud that always says forked", async () => {
    await rig.start();
    const lie = () =>
      rig.cloud.answerNext((answer) => {
        rig.cloud.setBack(answer.head.epoch, 0);
        lie();
        return { ...answer, outcome: "forked", head: { ...answer.head, seq: 0 }, verdicts: [] };
      });
    lie();
    await rig.sellAndSend(1);
    await rig.clock.advance(5_000);
    expect(rig.ledger.forks).toHaveLength(1);
    expect(rig.engine.status().connection).toBe("refused");
  });

  it("a full disk here is told, and tried again", async () => {
    await rig.start();
    rig.ledger.failOnce("recordAck", new Error("database or disk is full"));
    rig.sell(1);
    rig.engine.wake();
    await rig.clock.advance(10);
    expect(rig.engine.status()).toMatchObject({
      connection: "online",
      lastError: "database or disk is full",
      unsent: 1,
    });
    await rig.clock.advance(4_500);
    expect(rig.engine.status()).toMatchObject({ lastError: null, unsent: 0, provedEqual: true });
  });
});
