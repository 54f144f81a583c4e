import { hash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdminClient } from "../../cloud-infra/local/admin-client.ts";
import { type BadLine, createBadLine } from "../../cloud-infra/local/bad-line.ts";
import { demoStore } from "../../cloud-infra/local/demo-store.ts";
import { machineClock } from "../../cloud-infra/local/machine.ts";
import {
  type StoreServerProcess,
  startStoreServerProcess,
} from "../../cloud-infra/local/store-server-process.ts";
import { openSqliteStore } from "../../cloud-infra/service/sqlite/sqlite-store.ts";
import type { StoreException, StorePort } from "../../cloud-infra/service/store-port.ts";
import { createSyncEngine } from "../engine/engine.ts";
import { createMemoryLedger, type MemoryLedger } from "../engine/memory-ledger.ts";
import type { SyncEngine, SyncStatus } from "../engine/ports.ts";
import type { Tuning } from "../engine/tuning.ts";
import type { Enrolment } from "../protocol/wire.ts";
import { createAppsyncTransport, enrolTerminal } from "../transport/appsync.ts";
import type { Timeouts } from "../transport/graphql-transport.ts";
import { trustAuthority } from "../transport/trust.ts";

/**
 * A store server in its own process, a bad line in front of it, and tills with the real engine and
 * client.
 */
export interface LineRig {
  readonly folder: string;
  readonly storeId: string;
  readonly line: BadLine;
  readonly endpoint: string;
  server(): StoreServerProcess;
  /** Starts the server again, on the same port. */
  restart(): Promise<void>;
  enrol(): Promise<Enrolment>;
  importGoods(goods: Readonly<Record<string, number>>): Promise<void>;
  startTill(options?: TillOptions): Promise<RigTill>;
  /** Stops the server and looks into its file. */
  inCloud(): Promise<CloudContents>;
  end(): Promise<void>;
}

export interface RigTill {
  readonly enrolment: Enrolment;
  readonly ledger: MemoryLedger;
  readonly engine: SyncEngine;
  sell(count: number, sku?: string): void;
  /** Resolves with the first status that holds, from now on. */
  until(holds: (status: SyncStatus) => boolean): Promise<SyncStatus>;
}

export interface TillOptions {
  /** Another way to the server than the bad line. */
  readonly endpoint?: string;
  readonly enrolment?: Enrolment;
  readonly ledger?: MemoryLedger;
  readonly tuning?: Partial<Tuning>;
  readonly timeouts?: Partial<Timeouts>;
}

export interface CloudContents {
  readonly exceptions: readonly StoreException[];
  readonly parkedReasons: readonly string[];
  /** Bodies of the sales and returns of the feed. */
  readonly facts: readonly string[];
  readonly levelOf: (sku: string) => number | undefined;
}

const sha256 = (text: string) => hash("sha256", text, "hex");
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A till's ledger for an enrolment, as `startTill` makes one when none is given. */
export function newLedger(enrolment: Enrolment, salt = 1): MemoryLedger {
  return createMemoryLedger({ terminalId: enrolment.terminalId, sha256, salt });
}

/**
 * `bypassLine`: tills speak to the server directly, where the proxy's own cost would be measured.
 */
export async function createLineRig({
  bypassLine = false,
}: {
  readonly bypassLine?: boolean;
} = {}): Promise<LineRig> {
  const folder = mkdtempSync(join(tmpdir(), "evertill-line-"));
  const dataFolder = join(folder, "store");
  let server = await startStoreServerProcess(dataFolder);
  const line = await createBadLine(server.port);
  trustAuthority(readFileSync(server.ready.caFile, "utf8"));
  const endpoint = `https://127.0.0.1:${(bypassLine ? server : line).port}/graphql`;
  const engines: SyncEngine[] = [];
  const { settings, people } = await demoStore();
  const { storeId } = settings;
  await createAdminClient(server.ready).createStore(settings, people);

  async function enrol(): Promise<Enrolment> {
    const code = await createAdminClient(server.ready).createEnrolmentCode(storeId);
    return enrolTerminal({ endpoint, code, name: "Till" });
  }

  return {
    folder,
    storeId,
    line,
    endpoint,
    server: () => server,
    async restart() {
      server = await startStoreServerProcess(dataFolder, server.port);
    },
    enrol,
    async importGoods(goods) {
      const file = join(folder, "goods.csv");
      const rows = Object.entries(goods).map(([sku, pieces]) => `${sku},${sku},2.48,${pieces}`);
      writeFileSync(file, `sku,name,price,stock\n${rows.join("\n")}\n`);
      await createAdminClient(server.ready).importCatalogue({ storeId, file });
    },
    async startTill(options = {}) {
      const enrolment = options.enrolment ?? (await enrol());
      const till = createTill(options.endpoint ?? endpoint, enrolment, options);
      engines.push(till.engine);
      till.engine.start();
      return till;
    },
    async inCloud() {
      await server.stop();
      const store = openSqliteStore(join(dataFolder, "store.db"));
      const contents = await readContents(store, storeId);
      await store.close();
      return contents;
    },
    async end() {
      await Promise.all(engines.map((engine) => engine.stop()));
      await line.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function createTill(endpoint: string, enrolment: Enrolment, options: TillOptions): RigTill {
  const ledger = options.ledger ?? newLedger(enrolment);
  const { timeouts, tuning } = options;
  const engine = createSyncEngine({
    ledger,
    transport: createAppsyncTransport({ endpoint, ...enrolment, timeouts }),
    clock: machineClock,
    random: { bytes: (count) => randomBytes(count) },
    log: quiet,
    tuning,
  });
  return {
    enrolment,
    ledger,
    engine,
    sell(count, sku = "milk") {
      for (let i = 0; i < count; i++) ledger.till().sell([sku]);
      engine.wake();
    },
    until: (holds) =>
      new Promise((resolve) => {
        const look = (status: SyncStatus) => {
          if (!holds(status)) return;
          leave();
          resolve(status);
        };
        const leave = engine.onStatus(look);
        look(engine.status());
      }),
  };
}

async function readContents(store: StorePort, storeId: string): Promise<CloudContents> {
  const query = { storeId, after: 0, limit: 1_000_000, maxBytes: 1e9, without: null };
  const facts: string[] = [];
  let cursor = 0;
  for (;;) {
    const page = await store.changes({ ...query, after: cursor });
    facts.push(...page.changes.filter(({ kind }) => kind === "fact").map(({ text }) => text));
    ({ cursor } = page);
    if (cursor >= page.upTo) break;
  }
  const parked = await store.parked(storeId, 1_000);
  const stock = await store.stock(storeId, ["milk", "bread", "tea"]);
  return {
    exceptions: await store.exceptions(storeId, 1_000),
    parkedReasons: parked.map(({ reason }) => reason),
    facts,
    levelOf: (sku) => stock.find((level) => level.sku === sku)?.levelMilli,
  };
}
