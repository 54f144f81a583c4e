import { createSocket } from "node:dgram";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { demoPeople, demoStore } from "../../../cloud-infra/local/demo-store.ts";
import { machineClock, machineLog, machineRandom } from "../../../cloud-infra/local/machine.ts";
import { startStoreServer } from "../../../cloud-infra/local/store-server.ts";
import { uuidv7 } from "../../../domain/values/id.ts";
import type { Input, OperationName, Output } from "../../contract/operations.ts";
import type { HostEndpoint } from "../../endpoint.ts";
import { openTill, type RunningTill } from "../open-till.ts";
import { isCommand } from "../replay/till-calls.ts";
import { readTillOptions } from "../till-options.ts";

/** For tests: a store server and tills that hear each other on this machine's loopback network. */
export interface StoreFloor {
  /** Where the store server keeps its authority for terminals. */
  readonly terminalsFolder: string;
  /**
   * Opens a till, with a shift of its own; the same number is the same till again. One that is `alone` is not on
   * the store's network.
   */
  till(number: number, options?: { readonly alone: boolean }): Promise<FloorTill>;
  /** What a closed till has on its disk. */
  disk(number: number): { copy(): void; putBack(): void };
  /** The internet goes: the store server is not there any more. */
  cutInternet(): Promise<void>;
  mendInternet(): Promise<void>;
  close(): Promise<void>;
}

export interface FloorTill {
  readonly running: RunningTill;
  /** Carries out an operation; throws where it fails. */
  do<N extends OperationName>(name: N, input: Omit<Input<N>, "commandId">): Promise<Output<N>>;
  /** The type of the failure of an operation that must fail. */
  refused<N extends OperationName>(name: N, input: Omit<Input<N>, "commandId">): Promise<string>;
  /** Sells one piece for cash; returns the receipt's number. */
  sell(sku: string, quantityMilli?: number): Promise<string>;
  levelMilli(sku: string): Promise<number>;
  close(): Promise<void>;
}

const catalogue = `sku,name,price,stock
bread,Sourdough loaf,4.20,100
milk,Milk,1.29,50
`;

export async function openStoreFloor(folder: string): Promise<StoreFloor> {
  const world = { clock: machineClock, random: machineRandom, log: machineLog };
  const dataOfServer = join(folder, "store");
  const start = (port: number) =>
    startStoreServer({ ...world, dataFolder: dataOfServer, port, host: "127.0.0.1" });
  let server = await start(0);
  const port = Number(new URL(server.endpoint).port);
  const { settings, people } = await demoStore();
  const { storeId } = settings;
  await server.admin.createStore(settings, people);
  const file = join(folder, "goods.csv");
  writeFileSync(file, catalogue);
  await server.admin.importCatalogue({ storeId, file });
  const beaconPort = await freeUdpPort();
  const open = new Set<FloorTill>();
  const enrolled = new Set<number>();

  return {
    terminalsFolder: join(dataOfServer, "terminals"),
    async till(number, { alone } = { alone: false }) {
      const env = { EVERTILL_ENROLMENT_CODE: await codeFor(number) };
      const data = ["--data", join(folder, `till-${number}`)];
      const line = [...data, "--store", server.endpoint, "--ca", server.caFile];
      const lan = alone ? [] : ["--lan", `127.0.0.1:${beaconPort}`];
      const running = await openTill(readTillOptions([...line, ...lan], env));
      await running.sellable;
      const till = floorTill(running, () => open.delete(till));
      open.add(till);
      await till.do("session.sign-in", { personId: manager.personId, pin: manager.pin });
      const { shift } = await till.do("register.view", {});
      if (shift === null) await till.do("shift.open", { floatMinor: 10_000 });
      return till;
    },
    disk(number) {
      const data = join(folder, `till-${number}`);
      const replace = (from: string, to: string) => {
        rmSync(to, { recursive: true, force: true });
        cpSync(from, to, { recursive: true });
      };
      return {
        copy: () => replace(data, `${data}-copy`),
        putBack: () => replace(`${data}-copy`, data),
      };
    },
    cutInternet: () => server.close(),
    async mendInternet() {
      server = await start(port);
    },
    async close() {
      for (const till of open) await till.close();
      await server.close();
    },
  };

  /** A till that was here before has no use for one, and a server that is cut off gives none. */
  async function codeFor(number: number): Promise<string> {
    if (enrolled.has(number)) return "";
    enrolled.add(number);
    return server.admin.createEnrolmentCode(storeId);
  }
}

const [, , manager] = demoPeople;

function floorTill(running: RunningTill, onClose: () => void): FloorTill {
  const { endpoint } = running;
  const ask = asker(endpoint);
  return {
    running,
    do: async (name, input) => {
      const result = await ask(name, input);
      if (result.ok) return result.value as never;
      throw new Error(`${name}: ${JSON.stringify(result.failure)}`);
    },
    refused: async (name, input) => {
      const result = await ask(name, input);
      if (result.ok) throw new Error(`${name} was expected to fail`);
      return (result.failure as { type: string }).type;
    },
    async sell(sku, quantityMilli = 1_000) {
      const { cart } = await this.do("cart.add-product", { sku, quantityMilli });
      const view = await this.do("tender.cash", { amountMinor: cart?.dueMinor ?? 0 });
      return view.lastSale?.receiptNumber ?? "";
    },
    async levelMilli(sku) {
      const rows = await this.do("stock.list", { text: sku });
      return rows.find((row) => row.sku === sku)?.stockMilli ?? Number.NaN;
    },
    async close() {
      onClose();
      await running.close();
    },
  };
}

function asker(endpoint: HostEndpoint) {
  return (name: OperationName, input: object) => {
    const commandId = uuidv7(machineClock, machineRandom);
    return endpoint.call(name, isCommand(name) ? { ...input, commandId } : input);
  };
}

/** Waits until it holds; throws with the last word after ten seconds. */
export async function until<T>(
  ask: () => Promise<T>,
  holds: (value: T) => boolean,
  mostMs = 15_000,
): Promise<T> {
  const endMs = machineClock.monotonicMs() + mostMs;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (machineClock.monotonicMs() > endMs) {
      throw new Error(`it did not come to pass; the last word was ${JSON.stringify(value)}`);
    }
    await pause(50);
  }
}

function freeUdpPort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
