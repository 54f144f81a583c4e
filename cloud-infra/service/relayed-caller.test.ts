import { generateKeyPairSync, hash, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { signedText } from "../../sync/protocol/relayed.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import type { PushRequest } from "../../sync/protocol/wire.ts";
import { demoStore } from "../local/demo-store.ts";
import { createInventoryService, type InventoryService } from "./inventory-service.ts";
import type { Caller } from "./receive-facts.ts";
import { openSqliteStore } from "./sqlite/sqlite-store.ts";
import type { StorePort } from "./store-port.ts";
import { createTerminalAccess } from "./terminal-access.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");
const clock = { now: () => 1_795_000_000_000 };
let folder: string;
let store: StorePort;
let service: InventoryService;
let storeId: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "evertill-relayed-"));
  store = openSqliteStore(join(folder, "store.db"));
  service = createInventoryService({ store, clock });
  const { settings, people } = await demoStore();
  ({ storeId } = settings);
  await store.createStore(settings, people);
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

interface Signer {
  readonly caller: Caller;
  word(request: PushRequest): string;
}

async function enrolled(): Promise<Signer> {
  const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
  const access = createTerminalAccess({ store, clock, random, certifier: null });
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { terminalId } = await access.enrol({
    code: await access.createCode(storeId, 1_000),
    name: "Till",
    publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
  });
  return {
    caller: { storeId, terminalId },
    word({ epoch, firstSeq, facts }) {
      const last = { epoch, seq: firstSeq + facts.length - 1, hash: facts.at(-1)?.hash ?? "" };
      const text = Buffer.from(signedText(terminalId, last));
      return sign("sha256", text, privateKey).toString("base64");
    },
  };
}

it("[H5] a hub hands on another till's facts with that till's own word, into that till's chain", async () => {
  const hub = await enrolled();
  const origin = await enrolled();
  const sample = createSampleTill({ ...origin.caller, sha256, epoch: 1 });
  sample.sell(["bread"], 2_000);
  const request = sample.push(1);
  const relayed = { terminalId: origin.caller.terminalId, signature: origin.word(request) };
  const answer = await service.push(hub.caller, { ...request, relayed });
  expect(answer).toMatchObject({ outcome: "accepted", head: { seq: request.facts.length } });
  expect(await service.head(origin.caller, 1)).toMatchObject(answer.head);
  expect(await service.head(hub.caller, 1)).toMatchObject({ seq: 0 });

  const again = await service.push(origin.caller, request);
  expect(again.verdicts.every(({ verdict }) => verdict === "duplicate")).toBe(true);
});

it("[A3] without that till's word nobody writes its chain, whatever was changed", async () => {
  const hub = await enrolled();
  const origin = await enrolled();
  const sample = createSampleTill({ ...origin.caller, sha256, epoch: 1 });
  sample.sell(["bread"], 2_000);
  const request = sample.push(1);
  const { terminalId } = origin.caller;
  const forged = [
    { terminalId, signature: hub.word(request) },
    { terminalId, signature: origin.word({ ...request, epoch: 2 }) },
    { terminalId, signature: "AAAA" },
    { terminalId: crypto.randomUUID(), signature: origin.word(request) },
  ];
  for (const relayed of forged) {
    await expect(service.push(hub.caller, { ...request, relayed })).rejects.toThrow(
      /BadRequest: .*signature/,
    );
  }
  const stranger = { ...hub.caller, storeId: "another store" };
  const relayed = { terminalId, signature: origin.word(request) };
  await expect(service.push(stranger, { ...request, relayed })).rejects.toThrow("signature");
  expect(await service.head(origin.caller, 1)).toMatchObject({ seq: 0 });
});

it("[A3] [H5] facts that a hub puts before the signed last one of another till are not taken", async () => {
  const hub = await enrolled();
  const origin = await enrolled();
  const { terminalId } = origin.caller;
  const sold = createSampleTill({ terminalId, sha256, epoch: 1 });
  sold.sell(["bread"], 2_000);
  sold.sell(["bread"], 2_000);
  const request = sold.push(1);
  const signature = origin.word(request);
  // The first fact is invented, in the other till's name; the last keeps its signed hash.
  const invented = createSampleTill({ terminalId, sha256, epoch: 1, salt: 9 });
  invented.sell(["whisky"], 90_000);
  const facts = [...invented.facts, ...request.facts.slice(1)];
  const forged = { ...request, facts, relayed: { terminalId, signature } };
  await expect(service.push(hub.caller, forged)).rejects.toThrow("signature");
  expect(await store.stock(storeId, ["whisky"])).toEqual([]);
  // And the till itself is not driven into a new epoch by it.
  expect(await service.push(origin.caller, request)).toMatchObject({ outcome: "accepted" });
});
