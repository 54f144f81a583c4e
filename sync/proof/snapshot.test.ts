import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asDuplicate, judgeFact } from "../../cloud-infra/service/judge-fact.ts";
import { retryParked } from "../../cloud-infra/service/retry-parked.ts";
import { verifyLedger } from "../../ledger/verify.ts";
import {
  createRigCloud,
  createRigTill,
  picture,
  type RigCloud,
  type RigTill,
} from "./snapshot-rig.ts";

/** The real ledger, the engine's download and the real service, page by page. */

let cloud: RigCloud;
let tills: RigTill[];

beforeEach(async () => {
  cloud = await createRigCloud();
  tills = [];
});

afterEach(async () => {
  for (const till of tills) till.close();
  await cloud.end();
});

async function newTill(options?: { snapshotLimit?: number }): Promise<RigTill> {
  const till = createRigTill(cloud, await cloud.enrol(), options);
  tills.push(till);
  return till;
}

const goods = { apple: 10, bread: 20, coffee: 30, milk: 40, tea: 50 };

function levelOf(till: RigTill, sku: string): number {
  return till.ledger().stock.levelMilli(sku);
}

async function cloudLevel(sku: string): Promise<number | undefined> {
  return (await cloud.store().stock(cloud.storeId, [sku]))[0]?.levelMilli;
}

describe("a new till", () => {
  it("[D2] knows goods, people, settings and levels after a snapshot, and the sales by the feed", async () => {
    await cloud.importGoods(goods);
    const first = await newTill();
    await first.pull();
    first.sell("milk", 3000);
    await first.push();
    const second = await newTill();
    await second.pull();
    expect(second.sync().snapshot()).toBeNull();
    expect(second.ledger().catalogue.count()).toBe(5);
    expect(second.ledger().people.active()).toHaveLength(2);
    expect(second.ledger().settings.get("store")?.storeName).toBe("Snapshot Store");
    expect(levelOf(second, "milk")).toBe(37_000);
    expect(second.ledger().receipts.list({ limit: 9, offset: 0 })).toHaveLength(1);
    first.sell("milk", 1000);
    await first.push();
    await second.pull();
    expect(levelOf(second, "milk")).toBe(36_000);
    expect(picture(second.ledger())).toEqual(picture(first.ledger()));
    // What a count here would say that it knew of: all that the snapshot's levels have in them.
    const { terminalId } = first.terminal;
    expect(second.ledger().stockCounts.applied(second.terminal.terminalId)).toEqual([
      { terminalId, epoch: 1, seq: 2 },
    ]);
    expect(verifyLedger(second.ledger())).toMatchObject({ intact: true });
  });

  it("[D2] that is stopped at any page goes on with the next, and ends the same", async () => {
    await cloud.importGoods(goods);
    const seller = await newTill();
    await seller.pull();
    seller.sell("tea", 2000);
    await seller.push();
    const whole = await newTill();
    const steps = await whole.pull();
    const paged = await newTill({ snapshotLimit: 1 });
    const progress: number[] = [];
    const pages = await paged.pull({
      afterEachStep() {
        paged.restart();
        const underWay = paged.sync().snapshot();
        if (underWay !== null) progress.push(underWay.done);
      },
    });
    expect(pages).toBeGreaterThanOrEqual(steps + 8);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(picture(paged.ledger())).toEqual(picture(whole.ledger()));
    expect(verifyLedger(paged.ledger())).toMatchObject({ intact: true });
  });

  it("[D2] is right also when the store sells and changes goods between the pages", async () => {
    await cloud.importGoods(goods);
    const seller = await newTill();
    await seller.pull();
    const late = await newTill({ snapshotLimit: 1 });
    let round = 0;
    for (;;) {
      if ((await late.step()) === "idle") break;
      round += 1;
      if (round > 8) continue;
      seller.sell(["apple", "milk", "tea"][round % 3] ?? "", 1000);
      await seller.push();
      await cloud.importGoods({ ...goods, [`new-${round}`]: round });
      if (round === 4) await cloud.store().removeProduct(cloud.storeId, "bread");
    }
    await seller.pull();
    expect(picture(late.ledger())).toEqual(picture(seller.ledger()));
    expect(levelOf(late, "milk")).toBe(await cloudLevel("milk"));
    expect(verifyLedger(late.ledger())).toMatchObject({ intact: true });
  });

  it("[D2] begins again when the snapshot it was reading has expired", async () => {
    await cloud.importGoods(goods);
    const till = await newTill({ snapshotLimit: 1 });
    const seller = await newTill();
    await seller.pull();
    for (let i = 0; i < 3; i++) await till.step();
    seller.sell("milk", 1000);
    await seller.push();
    await cloud.service().forgetFeedBefore(Number.MAX_SAFE_INTEGER);
    await till.pull();
    expect(levelOf(till, "milk")).toBe(39_000);
    expect(picture(till.ledger())).toEqual(picture(seller.ledger()));
  });
});

describe("a fact that was parked when the levels were read", () => {
  it("[D2] [V2] [U8] counts when it takes effect after all", async () => {
    await cloud.importGoods(goods);
    const seller = await newTill();
    await seller.pull();
    seller.sell("milk", 1000);
    const { epoch } = seller.sync().head();
    const [entry] = seller.sync().unsent(0, { maxCount: 1, maxBytes: 1 });
    const { storeId, terminalId } = seller.terminal;
    const { body = "", hash = "" } = entry ?? {};
    // A cloud that does not know sales yet: it parks what the next one applies.
    const judged = judgeFact({ body, hash }, { terminalId, epoch, seq: 1 });
    const parked = { ...asDuplicate(judged), verdict: "parked", reason: "unknown type" } as const;
    const expected = { epoch, seq: 0, hash: "0".repeat(64) };
    const commit = { storeId, terminalId, expected, facts: [parked], receivedAtMs: 1 };
    await cloud.store().commitFacts(commit);
    const late = await newTill();
    await late.pull();
    expect(levelOf(late, "milk")).toBe(40_000);
    await retryParked(cloud.store(), { storeId, by: "", atMs: 2 });
    await late.pull();
    expect(await cloudLevel("milk")).toBe(39_000);
    expect(levelOf(late, "milk")).toBe(39_000);
    expect(verifyLedger(late.ledger())).toMatchObject({ intact: true });
  });
});

describe("a till whose cursor is too old", () => {
  it("[D2] reads the store anew; its journal is untouched and its unsent sales still go up", async () => {
    await cloud.importGoods(goods);
    const away = await newTill({ snapshotLimit: 2 });
    const other = await newTill();
    for (const till of [away, other]) await till.pull();
    away.sell("milk", 1000);
    await away.push();
    away.sell("milk", 2000);
    away.sell("tea", 1000);
    const journal = [...away.ledger().journal.rows(1)];
    other.sell("milk", 5000);
    await other.push();
    await cloud.importGoods({ apple: 10, coffee: 30, milk: 40, tea: 50, water: 60 });
    await cloud.store().removeProduct(cloud.storeId, "bread");
    await cloud.service().forgetFeedBefore(Number.MAX_SAFE_INTEGER);
    await away.pull({ afterEachStep: () => away.restart() });
    expect([...away.ledger().journal.rows(1)]).toEqual(journal);
    expect(away.sync().backlog().count).toBe(2);
    expect(away.ledger().catalogue.bySku("bread")).toBeNull();
    expect(away.ledger().catalogue.bySku("water")).not.toBeNull();
    expect(levelOf(away, "milk")).toBe(32_000);
    await away.push();
    await other.pull();
    expect(await cloudLevel("milk")).toBe(32_000);
    expect(picture(other.ledger()).levels).toEqual(picture(away.ledger()).levels);
    expect(verifyLedger(away.ledger())).toMatchObject({ intact: true });
  });
});

describe("a cloud put back from a backup", () => {
  it("[D5] is noticed by the tills that read further, and healed without loss", async () => {
    await cloud.importGoods(goods);
    const a = await newTill();
    const b = await newTill();
    for (const till of [a, b]) await till.pull();
    a.sell("milk", 1000);
    await a.push();
    await cloud.backUp();
    a.sell("milk", 2000);
    await a.push();
    await b.pull();
    expect(levelOf(b, "milk")).toBe(37_000);
    await cloud.putBack();
    // The till learns by its own head that its facts are gone, and sends them again: [U7].
    const head = await cloud.transport(a.terminal).head(1, undefined, a.sync().acked().seq);
    a.sync().recordAck({ epoch: head.epoch, seq: head.seq, hash: head.hash }, [], 1);
    b.sell("milk", 4000);
    await b.push();
    await b.pull();
    await a.push();
    for (const till of [a, b]) await till.pull();
    expect(await cloudLevel("milk")).toBe(33_000);
    for (const till of [a, b]) expect(levelOf(till, "milk")).toBe(33_000);
    const told = await cloud.store().exceptions(cloud.storeId, 9);
    expect(told.map(({ kind, times }) => [kind, times])).toEqual([["cloud-restored", 1]]);
    for (const till of [a, b]) expect(verifyLedger(till.ledger())).toMatchObject({ intact: true });
  });

  it("[D2] [D5] in the middle of a snapshot begins it again, also where it began before the backup", async () => {
    await cloud.importGoods(goods);
    const till = await newTill({ snapshotLimit: 2 });
    await till.step();
    await till.step();
    await cloud.backUp();
    await cloud.importGoods({ ...goods, cheese: 5 });
    await till.step();
    expect(till.ledger().catalogue.bySku("cheese")).not.toBeNull();
    await cloud.putBack();
    await till.pull();
    expect(till.ledger().catalogue.count()).toBe(5);
    expect(till.ledger().catalogue.bySku("cheese")).toBeNull();
  });

  it("[D2] [D5] behind a snapshot's last page is noticed at the next look at the feed", async () => {
    await cloud.importGoods(goods);
    const till = await newTill({ snapshotLimit: 2 });
    await till.step();
    await cloud.backUp();
    await cloud.importGoods({ ...goods, cheese: 5 });
    do await till.step();
    while (till.sync().snapshot() !== null);
    expect(till.ledger().catalogue.bySku("cheese")).not.toBeNull();
    await cloud.putBack();
    // The new life writes at the places of the lost one.
    await cloud.importGoods({ ...goods, wine: 7 });
    await till.pull();
    expect(till.ledger().catalogue.bySku("cheese")).toBeNull();
    expect(till.ledger().catalogue.bySku("wine")).not.toBeNull();
    expect(verifyLedger(till.ledger())).toMatchObject({ intact: true });
  });

  it("[D5] an ordinary restart, or a backup that nobody read beyond, needs no snapshot", async () => {
    await cloud.importGoods(goods);
    const till = await newTill();
    await till.pull();
    await cloud.backUp();
    await cloud.restart();
    await cloud.putBack();
    const { cursor } = till.ledger().sync.mark();
    expect(await till.step()).toBe("idle");
    expect(till.sync().snapshot()).toBeNull();
    expect(till.sync().cursor()).toBe(cursor);
    expect(await cloud.store().exceptions(cloud.storeId, 9)).toEqual([]);
  });
});

describe("a lost till", () => {
  it("[R4] has its sales pulled back into the one that takes its place, under a number of its own", async () => {
    await cloud.importGoods(goods);
    const lost = await newTill();
    await lost.pull();
    for (let i = 0; i < 3; i++) lost.sell("milk", 1000);
    await lost.push();
    // This one nobody has seen but the customer.
    lost.sell("milk", 1000);
    const terminal = await cloud.enrol(lost.terminal.terminalId);
    const heir = createRigTill(cloud, terminal);
    tills.push(heir);
    await heir.pull();
    const record = await cloud.store().terminal(terminal.terminalId);
    expect(record).toMatchObject({ replaces: lost.terminal.terminalId });
    const receipts = heir.ledger().receipts.list({ limit: 9, offset: 0 });
    expect(receipts.map(({ fact }) => fact.terminalId)).toEqual(
      Array.from({ length: 3 }, () => lost.terminal.terminalId),
    );
    expect(heir.ledger().receipts.byNumber("1-000003")).not.toBeNull();
    expect(levelOf(heir, "milk")).toBe(37_000);
    expect(heir.ledger().receipts.highestNumber(terminal.tillNumber)).toBe(0);
    expect(terminal.tillNumber).not.toBe(lost.terminal.tillNumber);
    // Should it be found again, its last sale is welcome.
    await lost.push();
    await heir.pull();
    expect(levelOf(heir, "milk")).toBe(36_000);
  });
});
