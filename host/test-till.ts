import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scryptSync } from "node:crypto";
import { uuidv7 } from "../domain/values/id.ts";
import { openLedger } from "../ledger/ledger.ts";
import { createHost } from "./create-host.ts";
import type { Failure, Input, OperationName, Output } from "./contract/operations.ts";
import type { HostEndpoint } from "./endpoint.ts";
import { asks, queries } from "./operations.ts";
import { type TestWorld, testWorld } from "./test-world.ts";

/** A till on a real ledger file in a folder of its own, with a few goods and two people. */
export interface TestTill {
  readonly world: TestWorld;
  readonly host: HostEndpoint;
  readonly ledgerPath: string;
  /** Carries out a command with a fresh id, or asks a question; throws where it fails. */
  do<N extends OperationName>(name: N, input: Omit<Input<N>, "commandId">): Promise<Output<N>>;
  /** The failure of an operation that must fail. */
  refused<N extends OperationName>(
    name: N,
    input: Omit<Input<N>, "commandId">,
  ): Promise<Failure<N>>;
  /** Closes the till as a power cut would: nothing is told to anybody. Then opens it again. */
  restart(whileClosed?: () => void): Promise<void>;
  close(): Promise<void>;
}

export const testPin = "1111";
export const testTerminal = {
  terminalId: "01900000-0000-7000-8000-000000000001",
  storeId: "01900000-0000-7000-8000-0000000000ff",
  tillNumber: 2,
};

export async function openTestTill(
  seed: number,
  parts: Parameters<typeof testWorld>[1] = {},
): Promise<TestTill> {
  const folder = mkdtempSync(join(tmpdir(), "evertill-host-"));
  const ledgerPath = join(folder, "ledger.db");
  const world = testWorld(seed, parts);
  stock(ledgerPath);
  const options = { ledgerPath, locale: "en", enrolled: testTerminal, program: "test" };
  let host = createHost(world, options);

  async function call<N extends OperationName>(name: N, input: Omit<Input<N>, "commandId">) {
    const isQuery = queryNames.has(name);
    const commandId = uuidv7(world.clock, world.random);
    return host.call(name, isQuery ? input : { commandId, ...input });
  }

  return {
    world,
    get host() {
      return host;
    },
    ledgerPath,
    async do(name, input) {
      const result = await call(name, input);
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`);
      return result.value as never;
    },
    async refused(name, input) {
      const result = await call(name, input);
      if (result.ok) throw new Error(`${name} was expected to fail`);
      return result.failure as never;
    },
    async restart(whileClosed = () => undefined) {
      await host.close();
      whileClosed();
      host = createHost(world, options);
    },
    async close() {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const queryNames = new Set([...Object.keys(queries), ...Object.keys(asks)]);

function stock(ledgerPath: string): void {
  const ledger = openLedger(ledgerPath);
  ledger.write(() => {
    ledger.settings.set("store", {
      storeId: testTerminal.storeId,
      storeName: "Corner Market",
      addressLines: ["1 High Street"],
      receiptFooter: ["Thank you"],
      timeZone: "Europe/Berlin",
      pricing: {
        currency: "EUR",
        pricesIncludeTax: true,
        taxRatesPpm: { standard: 190_000, reduced: 70_000, zero: 0 },
        taxRounding: "line",
        rounding: "half-away",
      },
      weighedTemplates: ["21PPPPPWWWWWC", "20PPPPPVVVVVC"],
    });
    for (const [personId, name, role] of [
      ["dana", "Dana", "cashier"],
      ["noa", "Noa", "manager"],
    ] as const) {
      ledger.people.upsert({ personId, name, role, pinHash: pinHash(testPin), active: true });
    }
    for (const product of goods) ledger.catalogue.upsert(product);
  });
  ledger.close();
}

const goods = [
  {
    sku: "beans",
    name: "Espresso beans",
    gtins: ["04006381333931"],
    priceMinor: 649,
    unit: "each",
    taxCategory: "reduced",
  },
  {
    sku: "bread",
    name: "Sourdough loaf",
    gtins: [],
    priceMinor: 420,
    unit: "each",
    taxCategory: "reduced",
  },
  {
    sku: "banana",
    name: "Bananas",
    gtins: [],
    plu: "4011",
    priceMinor: 199,
    unit: "kg",
    taxCategory: "reduced",
    favourite: "Fruit",
  },
  {
    sku: "gift",
    name: "Gift wrap",
    gtins: [],
    priceMinor: null,
    unit: "each",
    taxCategory: "standard",
  },
] as const;

function pinHash(pin: string): string {
  const salt = Buffer.from("test-salt");
  const key = scryptSync(pin, salt, 32, { N: 1024, r: 8, p: 1 });
  return `scrypt$1024$8$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
}
