import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { genesisHash } from "../../domain/facts/chain.ts";
import type { FactType } from "../../domain/facts/fact.ts";
import type { FactPayloads } from "../../domain/facts/payloads.ts";
import { createSampleTill, type SampleTill } from "../../sync/protocol/sample-till.ts";
import { demoStore } from "../local/demo-store.ts";
import { createInventoryService, type InventoryService } from "./inventory-service.ts";
import { judgeFact } from "./judge-fact.ts";
import type { ContractTills } from "./office-contract.ts";
import { sha256 } from "./sha256.ts";
import { openSqliteStore } from "./sqlite/sqlite-store.ts";
import { enrolTill } from "./stock-rig.ts";
import type { StorePort } from "./store-port.ts";

/** A real store in a folder of its own, with two tills that send what they wrote when they are told to. */
export interface StoreRig {
  /** Another one after `reopen`. */
  readonly store: StorePort;
  /** As terminals reach that store. */
  readonly service: InventoryService;
  readonly tills: ContractTills;
  till(terminalId: string, epoch?: number): SendingTill;
  /** Keeps a copy of the store as it is. */
  backUp(): Promise<void>;
  /** Starts the store anew, on its own file or on the copy. */
  reopen(on?: "its file" | "the backup"): Promise<void>;
  end(): Promise<void>;
}

export interface SendingTill extends SampleTill {
  /** Everything written since the last time, in one batch. */
  send(): Promise<void>;
  /** Writes a fact; its id. */
  put<T extends FactType>(type: T, payload: FactPayloads[T]): string;
}

export const rigTillA = "0195d000-0000-7000-8000-00000000a001";
export const rigTillB = "0195d000-0000-7000-8000-00000000b002";
export const rigAtMs = 1_795_000_000_000;

export async function openStoreRig(): Promise<StoreRig> {
  const folder = mkdtempSync(join(tmpdir(), "evertill-store-rig-"));
  const files = { "its file": join(folder, "store.db"), "the backup": join(folder, "backup.db") };
  let store = openSqliteStore(files["its file"]);
  const { settings } = await demoStore();
  const { storeId } = settings;
  await store.createStore(settings, []);
  for (const terminalId of [rigTillA, rigTillB]) await enrolTill(store, storeId, terminalId);

  async function reopen(on: keyof typeof files = "its file"): Promise<void> {
    await store.close();
    store = openSqliteStore(files[on]);
  }

  return {
    get store() {
      return store;
    },
    get service() {
      return createInventoryService({ store, clock: { now: () => rigAtMs } });
    },
    tills: { storeId, terminalId: rigTillA, otherTerminalId: rigTillB, atMs: rigAtMs },
    till: (terminalId, epoch = 1) => sendingTill(() => store, { storeId, terminalId, epoch }),
    async backUp() {
      await store.close();
      copyFileSync(files["its file"], files["the backup"]);
      await reopen();
    },
    reopen,
    async end() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function sendingTill(
  storeNow: () => StorePort,
  of: { readonly storeId: string; readonly terminalId: string; readonly epoch: number },
): SendingTill {
  const { storeId, terminalId, epoch } = of;
  const till = createSampleTill({ terminalId, sha256, epoch });
  let sent = 0;
  return Object.assign(till, {
    async send() {
      const hash = till.facts[sent - 1]?.hash ?? genesisHash;
      const place = (i: number) => ({ terminalId, epoch, seq: sent + i + 1 });
      const facts = till.facts.slice(sent).map((fact, i) => judgeFact(fact, place(i)));
      const expected = { epoch, seq: sent, hash };
      const batch = { storeId, terminalId, expected, facts, receivedAtMs: rigAtMs };
      assert.equal(await storeNow().commitFacts(batch), "committed");
      sent = till.facts.length;
    },
    put<T extends FactType>(type: T, payload: FactPayloads[T]): string {
      const { body } = till.write(type, payload);
      return (JSON.parse(body) as { id: string }).id;
    },
  });
}
