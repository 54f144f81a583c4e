import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AppsyncApi, createAppsyncApi } from "../../cloud-infra/local/appsync-api.ts";
import { loadSchema } from "../../cloud-infra/local/appsync-schema.ts";
import { machineClock } from "../../cloud-infra/local/machine.ts";
import { createResolver, type Resolver } from "../../cloud-infra/handlers/resolve.ts";
import {
  createInventoryService,
  type InventoryService,
} from "../../cloud-infra/service/inventory-service.ts";
import { RequestRefused } from "../../cloud-infra/service/request-refused.ts";
import { openSqliteStore } from "../../cloud-infra/service/sqlite/sqlite-store.ts";
import type { CatalogueItem, StorePort } from "../../cloud-infra/service/store-port.ts";
import { createTerminalAccess } from "../../cloud-infra/service/terminal-access.ts";
import type { Terminal } from "../../host/state/terminal.ts";
import { createSyncLedger } from "../../host/loops/sync-ledger.ts";
import { type Ledger, openLedger } from "../../ledger/ledger.ts";
import type { NewFact } from "../../ledger/tables/journal.ts";
import type { Line } from "../engine/line.ts";
import { type SyncLedger, type Transport, TransportError } from "../engine/ports.ts";
import { pullOnce } from "../engine/pull.ts";
import { protocolVersion } from "../protocol/versions.ts";
import type { StoreSettings } from "../protocol/wire.ts";
import { createGraphqlTransport, usualTimeouts } from "../transport/graphql-transport.ts";

/** The real service on a real file, behind its real GraphQL schema, without a socket. */
export interface RigCloud {
  readonly storeId: string;
  store(): StorePort;
  service(): InventoryService;
  /** Closed and opened again, as a store server that is restarted. */
  restart(): Promise<void>;
  backUp(): Promise<void>;
  /** Puts the last backup in the place of what is there. */
  putBack(): Promise<void>;
  importGoods(goods: Readonly<Record<string, number>>): Promise<void>;
  transport(terminal: Terminal): Transport;
  /** [V1] The same line to a cloud that is one protocol version older. */
  transportToVersion1(terminal: Terminal): Transport;
  /** A call as it is, past every transport. */
  call(terminal: Terminal, query: string, variables: object): Promise<unknown>;
  /** [R4] In the place of a lost terminal, if one is named. */
  enrol(replaces?: string): Promise<Terminal>;
  end(): Promise<void>;
}

/** A till's real ledger with the engine's download, driven step by step. */
export interface RigTill {
  readonly terminal: Terminal;
  ledger(): Ledger;
  sync(): SyncLedger;
  /** The power fails, and it is started again. */
  restart(): void;
  sell(sku: string, quantityMilli: number): void;
  push(): Promise<void>;
  /** Downloads until there is nothing more; how many steps. */
  pull(options?: { readonly afterEachStep?: () => void }): Promise<number>;
  /** Downloads one page. */
  step(): Promise<"again" | "idle">;
  close(): void;
}

const settings: StoreSettings = {
  storeId: "0195d000-0000-7000-8000-000000000001",
  storeName: "Snapshot Store",
  addressLines: ["1 High Street"],
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
};

const people = ["Dana", "Noa"].map((name, i) => ({
  personId: `0195d000-0000-7000-8000-00000000000${i + 2}`,
  name,
  role: i === 0 ? ("cashier" as const) : ("manager" as const),
  pinHash: "scrypt$1$1$1$x$x",
  active: true,
}));

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const random = { bytes: (count: number) => randomBytes(count) };

export async function createRigCloud(): Promise<RigCloud> {
  const folder = mkdtempSync(join(tmpdir(), "evertill-snapshot-"));
  const path = join(folder, "store.db");
  const schema = loadSchema();
  let open = openCloud(path, schema);
  await open.store.createStore(settings, people);

  async function restart(change: () => void = () => undefined): Promise<void> {
    await open.store.close();
    change();
    open = openCloud(path, schema);
  }

  return {
    storeId: settings.storeId,
    store: () => open.store,
    service: () => open.service,
    restart: () => restart(),
    backUp: () => restart(() => cpSync(path, `${path}.backup`)),
    putBack: () => restart(() => cpSync(`${path}.backup`, path)),
    async importGoods(goods) {
      const items = Object.entries(goods).map(([sku, pieces]) => good(sku, pieces));
      await open.store.importCatalogue({ storeId: settings.storeId, atMs: 1, items });
    },
    async enrol(replaces) {
      const code = await open.access.createCode(settings.storeId, 60_000, replaces);
      const { storeId, terminalId, tillNumber } = await open.access.enrol({
        code,
        name: "Till",
        publicKey: null,
      });
      return { storeId, terminalId, tillNumber };
    },
    call: (terminal, query, variables) => call(open.api, terminal, query, variables),
    transport: (terminal) =>
      transportOver((...asked) => call(open.api, terminal, ...asked), terminal),
    transportToVersion1: (terminal) =>
      transportOver((...asked) => call(open.version1, terminal, ...asked), terminal),
    async end() {
      await open.store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function call(api: AppsyncApi, terminal: Terminal, query: string, variables: object) {
  const { storeId, terminalId } = terminal;
  const caller = { resolverContext: { storeId, terminalId } };
  const { body } = await api.run({ query, variables: { ...variables } }, caller);
  if (body.errors === undefined) return body.data;
  throw new TransportError("refused", body.errors[0]?.message ?? "");
}

function transportOver(
  ask: (query: string, variables: object) => Promise<unknown>,
  terminal: Terminal,
): Transport {
  const wire = { call: ask, listen: () => () => undefined, cancelAll: () => undefined };
  return createGraphqlTransport(wire, terminal, usualTimeouts);
}

/** [V1] Refuses every version but its own, as a cloud of version 1 does. */
function onlyVersion1(resolve: Resolver): Resolver {
  return async (event) => {
    const { protocol } = event.arguments as { readonly protocol?: number };
    if (event.info.fieldName === "push" && protocol !== 1) {
      throw new RequestRefused("UnsupportedProtocol", `this cloud speaks version 1`);
    }
    return resolve(event);
  };
}

function openCloud(path: string, schema: ReturnType<typeof loadSchema>) {
  const store = openSqliteStore(path);
  const clock = machineClock;
  const access = createTerminalAccess({ store, clock, random, certifier: null });
  const service = createInventoryService({ store, clock });
  const onFault = (fault: unknown) => {
    throw fault;
  };
  const resolve = createResolver({ service, access });
  const api = createAppsyncApi({ schema, resolve, onFault });
  const version1 = createAppsyncApi({
    schema: loadSchema("past/version-1.graphql"),
    resolve: onlyVersion1(resolve),
    onFault,
  });
  return { store, access, service, api, version1 };
}

function good(sku: string, pieces: number): CatalogueItem {
  const product = {
    ...{ sku, name: `Good ${sku}`, priceMinor: 100 + sku.length, taxCategory: "zero" },
    gtins: [],
    unit: "each",
  } as const;
  return { product, openingMilli: pieces * 1000 };
}

export function createRigTill(
  cloud: RigCloud,
  terminal: Terminal,
  options: { readonly snapshotLimit?: number; readonly transport?: Transport } = {},
): RigTill {
  const folder = mkdtempSync(join(tmpdir(), "evertill-snapshot-till-"));
  const path = join(folder, "ledger.db");
  const transport = options.transport ?? cloud.transport(terminal);
  const line = {
    call: async <T>(ask: () => Promise<T>) => ({
      answer: await ask(),
      tookMs: 1,
      heardMs: 0,
      askedAtMs: 0,
    }),
  } as Line;
  const limits = { pageLimit: 500, snapshotLimit: options.snapshotLimit ?? 2_000 };
  let ledger = openLedger(path);
  let sync = createSyncLedger(ledger, terminal);
  const nothing = () => undefined;
  const told = { onPage: nothing, onRestored: nothing, onSnapshot: nothing };
  const step = () => pullOnce({ ledger: sync, transport, line, log: quiet, ...limits, ...told });

  return {
    terminal,
    ledger: () => ledger,
    sync: () => sync,
    restart() {
      ledger.close();
      ledger = openLedger(path);
      sync = createSyncLedger(ledger, terminal);
    },
    sell(sku, quantityMilli) {
      ledger.write(
        () => void ledger.append(terminal.terminalId, saleOf(terminal, ledger, sku, quantityMilli)),
      );
    },
    async push() {
      const { epoch } = sync.head();
      const entries = sync.unsent(sync.acked().seq, { maxCount: 1_000, maxBytes: 1e9 });
      const [first] = entries;
      if (first === undefined) return;
      const facts = entries.map(({ body, hash }) => ({ body, hash }));
      const request = { protocol: protocolVersion, epoch, firstSeq: first.seq, facts };
      const { head, verdicts } = await transport.push(request);
      sync.recordAck(head, verdicts, 1);
    },
    step,
    async pull({ afterEachStep } = {}) {
      for (let steps = 1; ; steps++) {
        if ((await step()) === "idle") return steps;
        afterEachStep?.();
      }
    },
    close() {
      ledger.close();
      rmSync(folder, { recursive: true });
    },
  };
}

let sales = 0;

function saleOf(terminal: Terminal, { journal }: Ledger, sku: string, quantityMilli: number) {
  sales += 1;
  const seq = journal.head().seq + 1;
  const hex = sales.toString(16).padStart(12, "0");
  const line = {
    ...{ lineNo: 1, sku, name: sku, quantityMilli, unit: "each", unitPriceMinor: 1 },
    ...{ amountMinor: 1, taxCategory: "zero", taxRatePpm: 0 },
  };
  return {
    id: `0195d000-0000-7000-9000-${hex}`,
    type: "sale.completed",
    atMs: 1_795_000_000_000 + seq,
    businessDate: "2026-11-23",
    shiftId: "0195d000-0000-7000-a000-000000000001",
    payload: {
      saleId: `0195d000-0000-7000-b000-${hex}`,
      receiptNumber: `${terminal.tillNumber}-${String(seq).padStart(6, "0")}`,
      ...{ currency: "EUR", pricesIncludeTax: true, totalMinor: 1, netMinor: 1, taxes: [] },
      ...{ lines: [line], tenders: [{ kind: "cash", amountMinor: 1 }], changeMinor: 0 },
    },
  } as unknown as NewFact;
}

/** What people see of a ledger: its goods, people and levels. */
export function picture(ledger: Ledger) {
  const rows = (sql: string) => ledger.database.prepare(sql).raw().all();
  return {
    products: rows("SELECT sku, name, price_minor FROM product ORDER BY sku"),
    people: rows("SELECT person_id, name, active FROM person ORDER BY person_id"),
    levels: rows("SELECT sku, quantity_milli FROM stock_level ORDER BY sku"),
    store: ledger.settings.get("store")?.storeName,
  };
}
