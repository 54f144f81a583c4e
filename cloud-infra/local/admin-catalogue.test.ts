import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushDocument } from "../../sync/protocol/operations.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import { changeSchema } from "../../sync/protocol/wire.ts";
import { sha256 } from "../service/sha256.ts";
import { openSqliteStore } from "../service/sqlite/sqlite-store.ts";
import type { Admin } from "./admin.ts";
import { createAdminClient } from "./admin-client.ts";
import { machineClock, machineRandom } from "./machine.ts";
import { startStoreServer } from "./store-server.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
let admin: Admin;

beforeAll(async () => {
  server = await startTestServer();
  admin = createAdminClient(server);
});

afterAll(async () => {
  await server.end();
});

const milk = { sku: "milk", name: "Milk", gtins: [], unit: "each", taxCategory: "zero" } as const;

describe("the head office at the admin's door", () => {
  it("[C3] changes fields of a good, and says when there is no such good", async () => {
    const { token, terminalId } = await server.enrol();
    const till = createSampleTill({ terminalId, sha256 });
    till.write("product.added", { ...milk, priceMinor: 100 });
    await server.graphql(pushDocument, till.push(1), token);
    const edit = { storeId: server.storeId, who: "Office", changes: { priceMinor: 149 } };
    expect(await admin.editProduct({ ...edit, sku: "milk" })).toBe(true);
    expect(await admin.editProduct({ ...edit, sku: "none" })).toBe(false);
    const seen = `=100`;
    till.write("product.edited", {
      ...{ sku: "milk", changes: { priceMinor: 90 }, base: { priceMinor: seen }, stampMs: 1 },
    });
    await server.graphql(pushDocument, till.push(2), token);
    const [conflict] = await admin.exceptions(server.storeId);
    expect(conflict).toMatchObject({ kind: "edit-conflict", times: 1 });
    expect(JSON.parse(conflict?.detail ?? "")).toMatchObject({
      kept: { value: 149, origin: "head-office", who: "Office" },
      other: { value: 90, origin: "store" },
    });
  });

  it("[C6] puts people, who are changes of the feed", async () => {
    const dana = { personId: "dana", name: "Dana", role: "cashier", pinHash: "scrypt$1" } as const;
    await admin.putPeople(server.storeId, [{ ...dana, active: false }]);
    const wrong = [{ ...dana, role: "king" }] as never;
    await expect(admin.putPeople(server.storeId, wrong)).rejects.toThrow("role");
  });

  it("[U8] lists what is parked with its bytes, judges it again on demand", async () => {
    const { token, terminalId } = await server.enrol();
    const till = createSampleTill({ terminalId, sha256 });
    till.writeRaw('{"type":"sale.imagined"}');
    await server.graphql(pushDocument, till.push(1), token);
    const [parked] = await admin.parked(server.storeId);
    expect(parked).toMatchObject({ terminalId, seq: 1, body: '{"type":"sale.imagined"}' });
    expect(await admin.retryParked(server.storeId)).toEqual({ applied: 0, stillParked: 1 });
  });
});

it("[U8] a server that starts judges again what was parked by one that knew less", async () => {
  const first = await startTestServer();
  const { terminalId } = await first.enrol();
  const { storeId } = first;
  await first.close();
  const path = join(first.folder, "store", "store.db");
  const till = createSampleTill({ terminalId, sha256 });
  const { body, hash } = till.sell(["milk"]);
  const before = openSqliteStore(path);
  const parked = {
    seq: 1,
    hash,
    body,
    verdict: "parked",
    reason: "unknown",
    identity: null,
  } as const;
  await before.commitFacts({
    ...{ storeId, terminalId, expected: { epoch: 1, seq: 0, hash: "0".repeat(64) } },
    facts: [{ ...parked, inFeed: false, movements: [], stock: null, accounts: [], effect: null }],
    receivedAtMs: machineClock.now(),
  });
  await before.close();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const again = await startStoreServer({
    ...{ dataFolder: join(first.folder, "store"), port: 0, host: "127.0.0.1", log },
    ...{ clock: machineClock, random: machineRandom },
  });
  expect(await again.admin.parked(storeId)).toEqual([]);
  expect(await again.admin.exceptions(storeId)).toEqual([]);
  await again.close();
  const after = openSqliteStore(path);
  expect(await after.stock(storeId, ["milk"])).toEqual([{ sku: "milk", levelMilli: -1_000 }]);
  const query = { storeId, after: 0, limit: 100, maxBytes: 100_000, without: null };
  const kinds = (await after.changes(query)).changes.map(({ kind, text }) =>
    kind === "fact" ? kind : changeSchema.parse(JSON.parse(text)).kind,
  );
  expect(kinds).toContain("fact");
  await after.close();
  rmSync(first.folder, { recursive: true });
});
