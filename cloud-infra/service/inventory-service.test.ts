import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSampleTill, type SampleTill } from "../../sync/protocol/sample-till.ts";
import { changeSchema, type PushRequest, pushResponseSchema } from "../../sync/protocol/wire.ts";
import { createInventoryService, type InventoryService } from "./inventory-service.ts";
import type { Caller } from "./receive-facts.ts";
import { sha256, sha256Bytes } from "./sha256.ts";
import { openSqliteStore } from "./sqlite/sqlite-store.ts";
import type { StorePort } from "./store-port.ts";
import { createTerminalAccess, type TerminalAccess } from "./terminal-access.ts";

const storeId = "0195d000-0000-7000-8000-000000000001";
const genesis = "0".repeat(64);

let folder: string;
let store: StorePort;
let service: InventoryService;
let access: TerminalAccess;
let nowMs: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "evertill-service-"));
  store = openSqliteStore(join(folder, "store.db"));
  nowMs = 1_795_000_000_000;
  const clock = { now: () => nowMs };
  const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
  service = createInventoryService({ store, clock });
  access = createTerminalAccess({ store, clock, random, certifier: null });
  await store.createStore(
    {
      storeId,
      storeName: "Service Store",
      addressLines: [],
      receiptFooter: [],
      timeZone: "Europe/Berlin",
      pricing: {
        currency: "EUR",
        pricesIncludeTax: true,
        taxRatesPpm: { zero: 0 },
        taxRounding: "line",
        rounding: "half-away",
      },
      weighedTemplates: [],
    },
    [],
  );
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function enrolTill(code: string, name: string) {
  return access.enrol({ code, name, publicKey: null });
}

async function enrolled(): Promise<{ caller: Caller; token: string }> {
  const { terminalId, secret } = await enrolTill(await access.createCode(storeId, 1000), "Till");
  return { caller: { storeId, terminalId }, token: `${terminalId}.${secret}` };
}

async function till(epoch = 1): Promise<{ caller: Caller; sample: SampleTill }> {
  const { caller } = await enrolled();
  return { caller, sample: createSampleTill({ ...caller, sha256, epoch }) };
}

async function push(caller: Caller, request: PushRequest) {
  return pushResponseSchema.parse(await service.push(caller, request));
}

async function levelOf(caller: Caller, sku: string): Promise<number | undefined> {
  return (await service.stock(caller, [sku]))[0]?.levelMilli;
}

async function feedBodies(caller: Caller): Promise<string[]> {
  const held = { epoch: 1, seq: 0, hash: genesis };
  const { changes } = await service.changes(caller, { after: 0, limit: 1000, held });
  return changes.filter(({ kind }) => kind === "fact").map(({ text }) => text);
}

describe("push", () => {
  it("[U2] takes a contiguous run and answers with the head and a verdict a fact", async () => {
    const { caller, sample } = await till();
    for (let i = 0; i < 3; i++) sample.sell(["milk"]);
    const answer = await push(caller, sample.push(1));
    expect(answer).toEqual({
      outcome: "accepted",
      head: sample.head,
      verdicts: [1, 2, 3].map((seq) => ({ seq, verdict: "applied" })),
      serverTimeMs: nowMs,
      news: await store.latestNews(storeId),
    });
    expect(await service.head(caller, 1)).toEqual({ ...sample.head, serverTimeMs: nowMs });
    expect(await levelOf(caller, "milk")).toBe(-3000);
  });

  it("[U2] answers a repeated and an overlapping batch without a second effect", async () => {
    const { caller, sample } = await till();
    for (let i = 0; i < 4; i++) sample.sell(["milk"]);
    await push(caller, sample.push(1, 2));
    const again = await push(caller, sample.push(1, 2));
    expect(again.verdicts.map(({ verdict }) => verdict)).toEqual(["duplicate", "duplicate"]);
    const overlapping = await push(caller, sample.push(2, 4));
    expect(overlapping.verdicts).toEqual([
      { seq: 2, verdict: "duplicate" },
      { seq: 3, verdict: "applied" },
      { seq: 4, verdict: "applied" },
    ]);
    const late = await push(caller, sample.push(1, 1));
    expect(late.head).toEqual(sample.head);
    expect(await levelOf(caller, "milk")).toBe(-4000);
    expect(await feedBodies(caller)).toHaveLength(4);
  });

  it("[U2] answers a gap with its head and keeps nothing of the batch", async () => {
    const { caller, sample } = await till();
    for (let i = 0; i < 5; i++) sample.sell(["milk"]);
    const ahead = await push(caller, sample.push(3, 5));
    expect(ahead).toMatchObject({ outcome: "gap", head: { seq: 0, hash: genesis }, verdicts: [] });
    await push(caller, sample.push(1, 2));
    const behind = await push(caller, sample.push(4, 5));
    expect(behind).toMatchObject({ outcome: "gap", head: { seq: 2 } });
    expect(await levelOf(caller, "milk")).toBe(-2000);
  });

  it("[U2] answers a forked chain, overwrites nothing and tells a person once", async () => {
    const { caller, sample } = await till();
    sample.sell(["milk"]);
    sample.sell(["milk"]);
    await push(caller, sample.push(1));
    const restored = createSampleTill({ ...caller, sha256, salt: 2 });
    restored.sell(["bread"]);
    restored.sell(["bread"]);
    restored.sell(["bread"]);
    for (const request of [restored.push(1), restored.push(2), restored.push(3)]) {
      const answer = await push(caller, request);
      expect(answer).toMatchObject({ outcome: "forked", head: sample.head, verdicts: [] });
    }
    expect(await feedBodies(caller)).toEqual(sample.facts.map(({ body }) => body));
    expect(await levelOf(caller, "bread")).toBeUndefined();
    const exceptions = await service.exceptions(caller, 10);
    expect(exceptions).toMatchObject([
      { kind: "forked", subject: `${caller.terminalId}/1`, times: 3 },
    ]);
  });

  it("[U2] a till that begins its next epoch unasked is told of to a person, once", async () => {
    const { caller, sample } = await till();
    sample.sell(["milk"]);
    await push(caller, sample.push(1));
    const next = createSampleTill({ ...caller, sha256, epoch: 2 });
    next.sell(["bread"]);
    next.sell(["bread"]);
    await push(caller, next.push(1, 1));
    await push(caller, next.push(1));
    const told = await service.exceptions(caller, 10);
    expect(told.filter(({ kind }) => kind === "forked")).toMatchObject([
      { subject: `${caller.terminalId}/1`, times: 1 },
    ]);
  });

  it("[U2] [U3] goes on in a new epoch, and what comes again there has no second effect", async () => {
    const { caller, sample } = await till();
    const sold = sample.sell(["milk"]);
    await push(caller, sample.push(1));
    const next = createSampleTill({ ...caller, sha256, epoch: 2 });
    next.rewrite(sold);
    next.sell(["milk"]);
    next.rewrite(next.facts[1] ?? sold);
    const answer = await push(caller, next.push(1));
    expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual([
      "duplicate",
      "applied",
      "duplicate",
    ]);
    expect(answer.head).toEqual(next.head);
    expect(await levelOf(caller, "milk")).toBe(-2000);
    expect(await feedBodies(caller)).toHaveLength(2);
    const again = await push(caller, next.push(1));
    expect(again.verdicts.map(({ verdict }) => verdict)).toEqual(Array(3).fill("duplicate"));
    const reason = "its id is held at another place";
    for (const { verdicts } of [answer, again]) {
      expect(verdicts.map((told) => told.reason)).toEqual([reason, undefined, reason]);
      expect(verdicts.map(({ heldAt }) => heldAt?.epoch)).toEqual([1, undefined, 2]);
    }
  });

  it("[U2] accepts a batch up to the place where its chain breaks", async () => {
    const { caller, sample } = await till();
    for (let i = 0; i < 4; i++) sample.sell(["milk"]);
    const request = sample.push(1);
    const facts = request.facts.map((fact, i) =>
      i === 2 ? { ...fact, body: fact.body.replace("milk", "silk") } : fact,
    );
    const answer = await push(caller, { ...request, facts });
    expect(answer).toMatchObject({ outcome: "accepted", head: { seq: 2 } });
    expect(answer.verdicts).toHaveLength(2);
    expect(await push(caller, { ...request, facts })).toMatchObject({
      outcome: "accepted",
      head: { seq: 2 },
    });
    const rest = await push(caller, { ...request, firstSeq: 3, facts: facts.slice(2) });
    expect(rest.outcome).toBe("forked");
  });

  it("[U4] parks what it cannot apply, says why, and applies the 199 others", async () => {
    const { caller, sample } = await till();
    for (let i = 1; i <= 200; i++) {
      if (i === 50) sample.writeRaw('{"type":"sale.completed","payload":');
      else sample.sell(["milk"]);
    }
    const { verdicts, head } = await push(caller, sample.push(1));
    expect(head).toEqual(sample.head);
    expect(verdicts.filter(({ verdict }) => verdict === "applied")).toHaveLength(199);
    expect(verdicts[49]).toEqual({ seq: 50, verdict: "parked", reason: "not JSON" });
    expect(await levelOf(caller, "milk")).toBe(-199_000);
    expect(await service.parked(caller, 10)).toMatchObject([
      { seq: 50, reason: "not JSON", body: '{"type":"sale.completed","payload":' },
    ]);
    const again = await push(caller, sample.push(50, 51));
    expect(again.verdicts).toEqual([
      { seq: 50, verdict: "parked", reason: "not JSON" },
      { seq: 51, verdict: "duplicate" },
    ]);
  });

  it.each([
    ["an unknown type", { type: "sale.imagined" }, /unknown fact type "sale.imagined"/],
    ["a type of the prototype", { type: "constructor" }, /unknown fact type/],
    ["another terminal", { terminalId: storeId }, /another terminal/],
    ["another epoch", { epoch: 7 }, /names epoch 7, stands in 1/],
    ["another seq", { seq: 9 }, /names seq 9, stands at 1/],
    ["a payload that breaks its schema", { payload: { reason: 5 } }, /payload.reason/],
    ["an amount with a fraction", { atMs: 1.5 }, /a number is not whole/],
  ])("[U4] parks %s", async (_, change, reason) => {
    const { caller, sample } = await till();
    const good = sample.write("drawer.no-sale", { reason: "change" });
    const broken = createSampleTill({ ...caller, sha256 });
    broken.writeRaw(JSON.stringify({ ...(JSON.parse(good.body) as object), ...change }));
    const { outcome, head, verdicts } = await push(caller, broken.push(1));
    expect(outcome).toBe("accepted");
    expect(head).toEqual(broken.head);
    expect(verdicts[0]?.verdict).toBe("parked");
    expect(verdicts[0]?.reason).toMatch(reason);
  });

  it("[U4] parks a fact that its store cannot apply, wherever it stands in the batch", async () => {
    const { caller, sample } = await till();
    for (let i = 0; i < 9; i++) sample.sell([i === 6 ? "poison" : "milk"]);
    const isPoison = ({ body, verdict }: { body: string; verdict: string }) =>
      verdict === "applied" && body.includes("poison");
    const fussy: StorePort = {
      ...store,
      commitFacts: async (commit) =>
        commit.facts.some(isPoison) ? { unfit: "no such good" } : store.commitFacts(commit),
    };
    const asks = createInventoryService({ store: fussy, clock: { now: () => 1 } });
    const reasons: unknown[] = [];
    for (let seq = 1; seq <= 9; seq = reasons.length + 1) {
      const { verdicts } = await asks.push(caller, sample.push(seq));
      for (const { reason = "" } of verdicts) reasons.push(reason);
    }
    expect(reasons.filter(Boolean)).toEqual([expect.stringMatching(/no such good/)]);
    expect(await levelOf(caller, "milk")).toBe(-8_000);
  });

  it("[U3] two pushes at the same moment are taken one after the other", async () => {
    const { caller, sample } = await till();
    for (let i = 0; i < 100; i++) sample.sell(["milk"]);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => push(caller, sample.push(1))),
    );
    const applied = answers
      .flatMap(({ verdicts }) => verdicts)
      .filter((v) => v.verdict === "applied");
    expect(applied).toHaveLength(100);
    expect(await levelOf(caller, "milk")).toBe(-100_000);
  });

  it("[G1] refuses in words what it does not speak", async () => {
    const { caller, sample } = await till();
    sample.sell(["milk"]);
    const request = sample.push(1);
    await expect(service.push(caller, { ...request, protocol: 3 })).rejects.toThrow(
      "UnsupportedProtocol: this cloud speaks versions 1 to 2, the till sent 3; update the cloud",
    );
    await expect(service.push(caller, { ...request, firstSeq: 0 })).rejects.toThrow(
      "BadRequest: push: firstSeq",
    );
    await expect(service.push(caller, { ...request, facts: [] })).rejects.toThrow("BadRequest");
  });
});

describe("changes", () => {
  it("[D1] leaves out the caller's own facts only where both sides agree on them", async () => {
    const a = await till();
    const b = await till();
    a.sample.sell(["milk"]);
    a.sample.sell(["milk"]);
    b.sample.sell(["bread"]);
    await push(a.caller, a.sample.push(1));
    await push(b.caller, b.sample.push(1));
    const factsFor = async (held: object) => {
      const page = await service.changes(a.caller, { after: 1, limit: 100, held });
      expect(page.cursor).toBe(page.upTo);
      return page.changes.map((change) => change.text);
    };
    const [first, second] = a.sample.facts;
    const foreign = b.sample.facts[0]?.body;
    expect(await factsFor(a.sample.head)).toEqual([foreign]);
    expect(await factsFor({ epoch: 1, seq: 1, hash: first?.hash })).toEqual([
      second?.body,
      foreign,
    ]);
    expect(await factsFor({ epoch: 1, seq: 2, hash: genesis })).toHaveLength(3);
    await expect(
      service.changes(a.caller, { after: 0, limit: 1, held: { epoch: 1 } }),
    ).rejects.toThrow("BadRequest");
  });

  it("[D1] is made of changes that the wire knows", async () => {
    const { caller } = await till();
    const held = { epoch: 1, seq: 0, hash: genesis };
    const { changes } = await service.changes(caller, { after: 0, limit: 0, held });
    expect(changes.map(({ text }) => changeSchema.parse(JSON.parse(text)))).toMatchObject([
      { kind: "settings", settings: { storeName: "Service Store" } },
    ]);
  });
});

describe("access", () => {
  it("[A1] a code is used once, in time, and however it was typed", async () => {
    const code = await access.createCode(storeId, 1000);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
    const enrolment = await enrolTill(typed, "Till 1");
    expect(enrolment).toMatchObject({ storeId, tillNumber: 1 });
    await expect(enrolTill(code, "Till 2")).rejects.toThrow("BadRequest: this enrolment code");
    const late = await access.createCode(storeId, 1000);
    nowMs += 1001;
    await expect(enrolTill(late, "Till 2")).rejects.toThrow("BadRequest");
    expect((await enrolled()).caller.storeId).toBe(storeId);
  });

  it("[A4] a terminal that enrols again is the same one, and its old secret is refused", async () => {
    const { caller, token } = await enrolled();
    const code = await access.createCode(storeId, 1000, undefined, caller.terminalId);
    const again = await enrolTill(code, "Till");
    expect(again).toMatchObject({ terminalId: caller.terminalId, tillNumber: 1 });
    expect(await access.authorise(token)).toBeNull();
    expect(await access.authorise(`${again.terminalId}.${again.secret}`)).toEqual(caller);
  });

  it("[A2] knows a terminal by its secret only, and keeps no secret", async () => {
    const { caller, token } = await enrolled();
    const other = await enrolled();
    expect(await access.authorise(token)).toEqual(caller);
    const [, secret = ""] = token.split(".");
    for (const wrong of [
      `${caller.terminalId}.${secret}x`,
      `${other.caller.terminalId}.${secret}`,
      `${caller.terminalId}.`,
      `${storeId}.${secret}`,
      secret,
      "",
    ]) {
      expect(await access.authorise(wrong)).toBeNull();
    }
    const record = await store.terminal(caller.terminalId);
    expect(Buffer.from(record?.secretHash ?? []).equals(sha256Bytes(secret))).toBe(true);
  });

  it("[A3] [P1] evidence is of the caller's chain, or of another terminal of its store", async () => {
    const a = await till();
    const b = await till();
    b.sample.sell(["milk"]);
    await push(b.caller, b.sample.push(1));
    const page = { epoch: 1, afterSeq: 0, limit: 10 };
    expect(await service.office.evidence(a.caller, page)).toEqual([]);
    const { terminalId } = b.caller;
    const [fact, ...others] = await service.office.evidence(a.caller, { ...page, terminalId });
    expect(others).toEqual([]);
    expect(fact).toMatchObject({ seq: 1, hash: b.sample.head.hash, verdict: "applied" });
    const strange = (id: string) => service.office.evidence(a.caller, { ...page, terminalId: id });
    for (const id of ["", storeId]) await expect(strange(id)).rejects.toThrow("BadRequest");
  });

  it("[A3] a terminal's calls reach its own chain and its own store only", async () => {
    const a = await till();
    const b = await till();
    a.sample.sell(["milk"]);
    const answer = await push(b.caller, a.sample.push(1));
    expect(answer.verdicts[0]).toMatchObject({ verdict: "parked" });
    expect(await service.head(a.caller, 1)).toMatchObject({ seq: 0 });
    expect(await levelOf(a.caller, "milk")).toBeUndefined();
  });
});
