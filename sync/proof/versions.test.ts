import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Transport } from "../engine/ports.ts";
import { changesDocument1, headDocument1, pushDocument1 } from "../protocol/operations-1.ts";
import { headDocument, pushDocument } from "../protocol/operations.ts";
import { changeKinds1, protocolVersion } from "../protocol/versions.ts";
import { createRigCloud, createRigTill, type RigCloud, type RigTill } from "./snapshot-rig.ts";

/** Tills and clouds of two generations, on the schemas that each really has. */

let cloud: RigCloud;
const tills: RigTill[] = [];

beforeEach(async () => {
  cloud = await createRigCloud();
  await cloud.importGoods({ milk: 1, tea: 2 });
});

afterEach(async () => {
  for (const till of tills.splice(0)) till.close();
  await cloud.end();
});

async function newTill(over: "transport" | "transportToVersion1"): Promise<RigTill> {
  const terminal = await cloud.enrol();
  const transport: Transport = cloud[over](terminal);
  const till = createRigTill(cloud, terminal, { transport });
  tills.push(till);
  return till;
}

const start = { epoch: 1, seq: 0, hash: "0".repeat(64) };

describe("an older till and a newer cloud", () => {
  it("[V1] is answered in its own version, with nothing that it does not know", async () => {
    const seller = await newTill("transport");
    seller.sell("milk", 5000);
    await seller.push();
    expect((await cloud.store().exceptions(cloud.storeId, 9)).length).toBe(1);
    const till = await newTill("transport");
    const { terminal } = till;
    expect(await cloud.call(terminal, headDocument1, { epoch: 1 })).toMatchObject({ head: start });
    const asked = { after: 0, limit: 100, held: till.sync().head() };
    const answer = (await cloud.call(terminal, changesDocument1, asked)) as {
      readonly changes: { readonly changes: readonly { readonly kind: string }[] };
    };
    const kinds = new Set(answer.changes.changes.map(({ kind }) => kind));
    expect(kinds).toContain("fact");
    expect([...kinds].filter((kind) => !changeKinds1.has(kind))).toEqual([]);
  });

  it("[V1] [V3] pushes with the fields it knows, and with some that nobody knows", async () => {
    const till = await newTill("transport");
    till.sell("milk", 1000);
    const facts = till.sync().unsent(0, { maxCount: 9, maxBytes: 1e9 });
    const request = { protocol: 1, epoch: 1, firstSeq: 1 };
    const plain = facts.map(({ body, hash }) => ({ body, hash }));
    const variables = { ...request, facts: plain };
    expect(await cloud.call(till.terminal, pushDocument1, variables)).toMatchObject({
      push: { outcome: "accepted" },
    });
    const odd = { ...request, facts: plain.map((fact) => ({ ...fact, mood: "fine" })), mood: 1 };
    const caller = { storeId: cloud.storeId, terminalId: till.terminal.terminalId };
    expect(await cloud.service().push(caller, odd)).toMatchObject({ outcome: "accepted" });
  });

  it("[V1] one that would need a snapshot is told to be updated", async () => {
    const seller = await newTill("transport");
    seller.sell("milk", 1000);
    await seller.push();
    await cloud.service().forgetFeedBefore(Number.MAX_SAFE_INTEGER);
    const asked = { after: 0, limit: 100, held: start };
    const answer = cloud.call(seller.terminal, changesDocument1, asked);
    await expect(answer).rejects.toThrow("UnsupportedProtocol");
  });
});

describe("a newer till and an older cloud", () => {
  it("[V1] falls back to what that cloud speaks: it sells, sends and receives", async () => {
    const till = await newTill("transportToVersion1");
    await till.pull();
    expect(till.ledger().catalogue.count()).toBe(2);
    till.sell("milk", 1000);
    await till.push();
    expect(till.sync().backlog().count).toBe(0);
    expect(till.sync().seen().stamp).toBeNull();
    const head = await cloud.transportToVersion1(till.terminal).head(1, undefined, 2);
    expect(head.seq).toBe(1);
  });

  it("[V2] reads the store anew when it was updated: the older version left out what it did not know", async () => {
    const terminal = await cloud.enrol();
    const older = cloud.transportToVersion1(terminal);
    let now = older;
    const transport: Transport = { ...older, pull: (...asked) => now.pull(...asked) };
    const till = createRigTill(cloud, terminal, { transport });
    const seller = await newTill("transport");
    tills.push(till);
    const card = { account: "gift-card", accountId: "CARD0001" } as const;
    const payload = { ...card, deltaMinor: 5_000, reason: "sold" };
    const id = "0195d000-0000-7000-8000-0000000000c1";
    const moved = { id, type: "account.moved", atMs: 1, payload } as const;
    seller.ledger().write(() => void seller.ledger().append(seller.terminal.terminalId, moved));
    await seller.push();
    await till.pull();
    const balance = () => till.ledger().accounts.balanceMinor(card.account, card.accountId);
    expect(balance()).toBeNull();
    now = cloud.transport(terminal);
    transport.snapshot = (...asked) => now.snapshot(...asked);
    await till.pull();
    expect(balance()).toBe(5_000);
  });

  it("[V1] a version outside the window is refused in words that name the window and the side", async () => {
    const { terminal } = await newTill("transport");
    const facts = [{ body: "{}", hash: "0".repeat(64) }];
    for (const [protocol, side] of [
      [protocolVersion + 1, "update the cloud"],
      [0, "push: protocol"],
    ] as const) {
      const variables = { protocol, epoch: 1, firstSeq: 1, facts };
      await expect(cloud.call(terminal, pushDocument, variables)).rejects.toThrow(side);
    }
  });
});

describe("what is not known", () => {
  it("[V2] a kind of change is passed over, remembered, and read anew by a till that knows it", async () => {
    const till = await newTill("transport");
    await till.pull();
    till.sync().applyChanges([], till.sync().cursor(), { stamp: "s", passedOver: ["recipe"] });
    till.restart();
    expect(till.ledger().snapshot.passedOver()).toMatchObject([{ kind: "recipe", times: 1 }]);
    expect(till.sync().snapshot()).toBeNull();
    till.sync().applyChanges([], till.sync().cursor(), { stamp: "s", passedOver: ["person"] });
    till.restart();
    expect(till.sync().snapshot()).toMatchObject({ why: "too-old", next: null });
    await till.pull();
    expect(
      till
        .ledger()
        .snapshot.passedOver()
        .map(({ kind }) => kind),
    ).toEqual(["recipe"]);
  });

  it("[V3] unknown fields of an answer are passed over", async () => {
    const { terminal } = await newTill("transport");
    const honest = cloud.transport(terminal);
    expect(await honest.head(1)).toMatchObject({ seq: 0 });
    const document = headDocument.replace("serverTimeMs", "serverTimeMs __typename");
    expect(await cloud.call(terminal, document, { epoch: 1 })).toMatchObject({
      head: { __typename: "HeadAnswer" },
    });
  });
});
