import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { demoPeople } from "../../../cloud-infra/local/demo-store.ts";
import { type DataFolder, dataFolder } from "../../../host/node/data-folder.ts";
import { startStore } from "../store-process.ts";
import { type Program, root, startProgram } from "./program.ts";
import { type SmallDisk, smallDisk } from "./small-disk.ts";

/** Where a household keeps the built screens. */
const pages = "pages";

/** What the programs of a store say when they are ready. */
export interface StoreServerReady {
  readonly endpoint: string;
  readonly adminUrl: string;
  readonly adminTokenFile: string;
  readonly caFile: string;
}
export interface DevicesReady {
  /** `host:port` */
  readonly printer: string;
  /** The page's address with its token. */
  readonly paper: string;
  readonly payment: string;
}
export interface TillReady {
  readonly register: string;
  readonly backOffice: string;
}

export type StoreServer = Program<StoreServerReady>;
export type VirtualDevices = Program<DevicesReady>;
export type TillProgram = Program<TillReady>;

/** A store whose every program is a child of the test: the folder of one that has sold nothing yet. */
export interface Household {
  readonly folder: DataFolder;
  readonly people: typeof demoPeople;
  /** Each at the port it had before, as a restart in the shop. */
  startStoreServer(): Promise<StoreServer>;
  startDevices(): Promise<VirtualDevices>;
  startTill(given?: TillGiven): Promise<TillProgram>;
  /** Kills what still runs and deletes the folder. */
  close(): Promise<void>;
}

export interface TillGiven {
  /** Another till than the first: its own folder, and the code that lets it in. */
  readonly folder?: DataFolder;
  readonly enrolmentCode?: string;
  /** Another address of the store server, e.g. a line that can be cut. */
  readonly endpoint?: string;
  readonly options?: readonly string[];
}

/** Puts a household up in a copy of `template`. */
export function openHousehold(template: string): Household {
  const folder = dataFolder(mkdtempSync(join(tmpdir(), "evertill-proof-")));
  cpSync(template, folder.root, { recursive: true });
  const programs = new Set<Program<unknown>>();
  let store: StoreServer | null = null;
  let devices: VirtualDevices | null = null;
  const tillPorts = new Map<string, string>();

  async function start<T>(file: string, args: string[], env?: NodeJS.ProcessEnv) {
    const program = await startProgram<T>(file, args, env);
    programs.add(program);
    return program;
  }

  return {
    folder,
    people: demoPeople,
    async startStoreServer() {
      const port = store === null ? "0" : new URL(store.ready.endpoint).port;
      store = await start<StoreServerReady>("cloud-infra/local/main.ts", [
        ...["--data", folder.store, "--port", port, "--json"],
      ]);
      return store;
    },
    async startDevices() {
      const ports = devices === null ? [] : portsOf(devices.ready);
      const args = ["--data", folder.devices, "--json", ...ports];
      devices = await start<DevicesReady>("hardware/virtual/main.ts", args);
      return devices;
    },
    async startTill(given = {}) {
      if (store === null)
        throw new Error("start the store server first: the till needs its address");
      const data = (given.folder ?? folder).root;
      const args = [
        ...["--data", data, "--port", tillPorts.get(data) ?? "0"],
        ...["--store", given.endpoint ?? store.ready.endpoint, "--ca", store.ready.caFile],
        ...(devices === null || given.folder !== undefined
          ? []
          : ["--printer", devices.ready.printer, "--payment", devices.ready.payment]),
        ...["--pages", join(folder.root, pages)],
        ...(given.options ?? []),
      ];
      const code = given.enrolmentCode;
      const env = code === undefined ? {} : { EVERTILL_ENROLMENT_CODE: code };
      const till = await start<TillReady>("host/node/till.ts", args, env);
      tillPorts.set(data, new URL(till.ready.register).port);
      return till;
    },
    async close() {
      await Promise.all([...programs].map((program) => program.kill()));
      rmSync(folder.root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function portsOf({ printer, paper, payment }: DevicesReady): string[] {
  return [
    ...["--printer-port", printer.split(":")[1] ?? ""],
    ...["--paper-port", new URL(paper).port],
    ...["--payment-port", new URL(payment).port],
  ];
}

/** The fixtures of the proofs: `template` is made once a worker by `npm start`'s own program. */
export const test = base.extend<
  {
    readonly household: Household;
    readonly dataFolder: string;
    readonly disk: SmallDisk | null;
  },
  { readonly template: string }
>({
  template: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), "evertill-template-"));
      const store = await startStore(data);
      await store.stop();
      // Pages that are built anew while a test runs are not what it is about.
      cpSync(join(root, "renderer", "dist"), join(data, pages), { recursive: true });
      await use(data);
      rmSync(data, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 60_000 },
  ],
  household: async ({ template }, use) => {
    const household = openHousehold(template);
    await use(household);
    await household.close();
  },
  /** A disk of 200 MB; null where this user may not mount one. */
  disk: async ({}, use) => {
    const disk = smallDisk(200);
    await use(disk);
    disk?.release();
  },
  /** A folder for `npm start`, stocked already. */
  dataFolder: async ({ template }, use) => {
    const data = mkdtempSync(join(tmpdir(), "evertill-proof-"));
    cpSync(template, data, { recursive: true });
    await use(data);
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  },
});

export { expect };
