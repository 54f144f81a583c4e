import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAdminClient } from "../../cloud-infra/local/admin-client.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { movementsOf } from "../../domain/stock/movement.ts";
import type { SyncStatus } from "../engine/ports.ts";
import { parseFact } from "../protocol/facts.ts";
import { enrolTerminal } from "../transport/appsync.ts";
import { createLineRig, type LineRig, newLedger, type RigTill } from "./line-rig.ts";

/**
 * The real engine, the real aws-amplify client, TLS, and the store server in a process of its own.
 */

let rig: LineRig;

beforeEach(async () => {
  rig = await createLineRig();
});

afterEach(async () => {
  await rig.end();
});

const isProved = (status: SyncStatus) => status.provedEqual;
const isOnline = (status: SyncStatus) => status.connection === "online";
const isOffline = (status: SyncStatus) => status.connection === "offline";

function factOf(body: string): AnyFact[] {
  const parsed = parseFact(body);
  return parsed.ok ? [parsed.value] : [];
}

/** Facts of other tills that came with the feed. A till passes over its own, as its ledger does. */
function heardFacts({ ledger, enrolment }: RigTill): AnyFact[] {
  return ledger.applied
    .flatMap((change) => (change.kind === "fact" ? factOf(change.body) : []))
    .filter(({ terminalId }) => terminalId !== enrolment.terminalId);
}

/** A till's stock of one good: what the store's feed says, and what it sold itself. */
function stockAt(till: RigTill, sku: string): number {
  const { ledger } = till;
  const stated = ledger.applied.flatMap((change) => (change.kind === "movement" ? [change] : []));
  const own = ledger.till().facts.flatMap(({ body }) => factOf(body));
  const facts = [...heardFacts(till), ...own];
  return [...stated, ...facts.flatMap((fact) => movementsOf(fact))]
    .filter((movement) => movement.sku === sku)
    .reduce((sum, { deltaMilli }) => sum + deltaMilli, 0);
}

async function milliseconds(work: Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work;
  return performance.now() - startedMs;
}

describe("on a good line", () => {
  it("[U1] [U5] [D3] a till's facts are in the cloud, proved, and its journal is as it was", async () => {
    const till = await rig.startTill();
    till.sell(50);
    const status = await till.until(isProved);
    expect(status).toMatchObject({ connection: "online", unsent: 0, lastError: null });
    expect(status.cloud).toEqual(status.head);
    expect(Math.abs(status.clockSkewMs ?? Number.NaN)).toBeLessThan(1_000);
    const written = [...till.ledger.till().facts];
    const other = await rig.startTill();
    other.sell(1);
    await till.until(() => heardFacts(till).length === 1);
    expect(till.ledger.till().facts).toEqual(written);
    expect((await rig.inCloud()).facts).toHaveLength(51);
  });

  it("[D1] a poke brings another till's sale long before the next poll", async () => {
    const a = await rig.startTill();
    const b = await rig.startTill();
    await a.until(isOnline);
    b.sell(1);
    await b.until(isProved);
    // Both are subscribed by now or will be in a moment; from then on pokes are quick.
    await b.until(() => b.ledger.applied.length > 0);
    await a.until(() => heardFacts(a).length === 1);
    b.sell(1);
    const tookMs = await milliseconds(a.until(() => heardFacts(a).length === 2));
    expect(tookMs).toBeLessThan(2_000);
  });

  it("[C1] two tills sell the last piece: both count, stock agrees, a person hears of it", async () => {
    await rig.importGoods({ milk: 3 });
    const a = await rig.startTill();
    const b = await rig.startTill();
    a.sell(2);
    b.sell(2);
    const heardAll = (till: RigTill) =>
      till.until(() => stockAt(till, "milk") === -1_000 && till.engine.status().provedEqual);
    await Promise.all([heardAll(a), heardAll(b)]);
    const { exceptions, levelOf } = await rig.inCloud();
    expect(levelOf("milk")).toBe(-1_000);
    expect(exceptions).toMatchObject([{ kind: "oversold", subject: "milk", times: 1 }]);
  });

  it("[U4] one poison fact is parked and 199 others are applied, in one go", async () => {
    const till = await rig.startTill();
    await till.until(isOnline);
    for (let i = 1; i <= 200; i++) {
      if (i === 50) till.ledger.till().writeRaw('{"type":"sale.completed"');
      else till.ledger.till().sell(["milk"]);
    }
    till.engine.wake();
    await till.until(isProved);
    expect(till.ledger.verdicts).toEqual([{ seq: 50, verdict: "parked", reason: "not JSON" }]);
    const { facts, parkedReasons, levelOf } = await rig.inCloud();
    expect(facts).toHaveLength(199);
    expect(parkedReasons).toEqual(["not JSON"]);
    expect(levelOf("milk")).toBe(-199_000);
  });

  it("[G2] [U6] what is too large for one request, packed as it is, is split until it fits", async () => {
    const many = { firstBatchCount: 10_000, maxBatchCount: 10_000, maxBatchBytes: 100_000_000 };
    const till = await rig.startTill({ tuning: many });
    till.sell(10_000);
    await till.until(isProved);
    expect((await rig.inCloud()).facts).toHaveLength(10_000);
  }, 60_000);

  it("[A1] a code enrols once, and a code that is made up never", async () => {
    const admin = createAdminClient(rig.server().ready);
    const code = await admin.createEnrolmentCode(rig.storeId);
    const request = { endpoint: rig.endpoint, code, name: "Till" };
    expect(await enrolTerminal(request)).toMatchObject({ storeId: rig.storeId, tillNumber: 1 });
    await expect(enrolTerminal(request)).rejects.toMatchObject({ kind: "refused" });
    const madeUp = { ...request, code: "AAAA-AAAA-AAAA" };
    await expect(enrolTerminal(madeUp)).rejects.toMatchObject({ kind: "refused" });
  });

  it("[A2] a wrong secret is told as such, in words without the secret", async () => {
    const enrolment = await rig.enrol();
    const secret = "a-secret-that-nobody-knows-at-all";
    const till = await rig.startTill({ enrolment: { ...enrolment, secret } });
    const status = await till.until(({ connection }) => connection === "unauthorised");
    expect(status.lastError).toBe(
      "The cloud does not know this till. Enrol it again with a code that renews it.",
    );
    expect(JSON.stringify(status)).not.toContain(secret);
  });
});

describe("on a bad line", () => {
  it("[L1] a till that starts before its cloud is online within 5 s of it", async () => {
    const enrolment = await rig.enrol();
    await rig.server().kill();
    const till = await rig.startTill({ enrolment });
    till.sell(20);
    await till.until(isOffline);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await rig.restart();
    expect(await milliseconds(till.until(isProved))).toBeLessThan(5_000);
    expect((await rig.inCloud()).facts).toHaveLength(20);
  });

  it("[U2] [U3] killed in the middle of a push and started again, every sale is there once", async () => {
    const till = await rig.startTill({ tuning: { maxBatchCount: 100 } });
    await till.until(isOnline);
    till.sell(2_000);
    for (const left of [1_600, 1_000, 400]) {
      await till.until(({ unsent }) => unsent <= left);
      await rig.server().kill();
      await till.until(isOffline);
      await rig.restart();
    }
    await till.until(isProved);
    const { facts, levelOf } = await rig.inCloud();
    expect(facts).toEqual(till.ledger.till().facts.map(({ body }) => body));
    expect(levelOf("milk")).toBe(-2_000_000);
  });

  it("[U2] answers that are lost on the way change nothing", async () => {
    const till = await rig.startTill();
    await till.until(isOnline);
    for (let round = 0; round < 3; round++) {
      const lost = rig.line.loseNextAnswer(2_500);
      till.sell(40);
      await lost;
      await till.until(isProved);
    }
    const { facts, levelOf } = await rig.inCloud();
    expect(facts).toHaveLength(120);
    expect(levelOf("milk")).toBe(-120_000);
  });

  it("[L1] a line that swallows everything is left, and found again within 5 s", async () => {
    const timeouts = { questionMs: 700, bulkMs: 1_000 };
    const till = await rig.startTill({ timeouts });
    await till.until(isProved);
    rig.line.set("swallow");
    till.sell(10);
    await till.until(isOffline);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    rig.line.set("pass");
    expect(await milliseconds(till.until(isProved))).toBeLessThan(5_000);
  });

  it("[L1] pokes arrive again soon after the cloud is back", async () => {
    const a = await rig.startTill();
    await a.until(isProved);
    await rig.server().kill();
    await a.until(isOffline);
    await rig.restart();
    await a.until(isOnline);
    const b = await rig.startTill();
    b.sell(1);
    const heard = () => heardFacts(a).length === 1;
    expect(await milliseconds(a.until(heard))).toBeLessThan(6_000);
  });
});

describe("after a disaster", () => {
  it("[U2] a till restored from an old disk image goes on in a new epoch, and loses nothing", async () => {
    const enrolment = await rig.enrol();
    const till = await rig.startTill({ enrolment });
    till.sell(30);
    await till.until(isProved);
    await till.engine.stop();
    const image = newLedger(enrolment);
    for (let i = 0; i < 10; i++) image.till().sell(["milk"]);
    image.recordAck(image.head(), [], 0);
    const restored = await rig.startTill({ enrolment, ledger: image });
    await restored.until(({ head, provedEqual }) => provedEqual && head.epoch === 2);
    restored.sell(5);
    await restored.until(isProved);
    const { facts, exceptions, levelOf } = await rig.inCloud();
    expect(facts).toHaveLength(35);
    expect(levelOf("milk")).toBe(-35_000);
    // Nothing is lost, and a person learns that an old image was put back.
    expect(exceptions.filter(({ kind }) => kind === "forked")).toMatchObject([{ times: 1 }]);
  });

  it("[U2] two tills that think they are one are told apart, and both keep their sales", async () => {
    const enrolment = await rig.enrol();
    const till = await rig.startTill({ enrolment });
    till.sell(5);
    await till.until(isProved);
    const clone = await rig.startTill({ enrolment, ledger: newLedger(enrolment, 2) });
    clone.sell(7, "bread");
    await clone.until(({ head, provedEqual }) => provedEqual && head.epoch === 2);
    till.sell(5);
    await till.until(isProved);
    const { levelOf } = await rig.inCloud();
    expect([levelOf("milk"), levelOf("bread")]).toEqual([-10_000, -7_000]);
  });

  it("[U7] a cloud restored from a backup gets what it had lost", async () => {
    const till = await rig.startTill();
    till.sell(10);
    await till.until(isProved);
    const [data, backup] = [join(rig.folder, "store"), join(rig.folder, "backup")];
    await rig.server().stop();
    cpSync(data, backup, { recursive: true });
    await rig.restart();
    till.sell(10);
    await till.until(isProved);
    await rig.server().stop();
    rmSync(data, { recursive: true });
    cpSync(backup, data, { recursive: true });
    await rig.restart();
    till.sell(1);
    await till.until(({ head, provedEqual }) => provedEqual && head.seq === 21);
    const { facts, levelOf } = await rig.inCloud();
    expect(facts).toHaveLength(21);
    expect(levelOf("milk")).toBe(-21_000);
  });
});
