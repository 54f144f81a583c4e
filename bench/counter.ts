import { randomBytes, scryptSync } from "node:crypto";
import { createHost } from "../host/create-host.ts";
import type { HostEndpoint } from "../host/endpoint.ts";
import { realClock, realRandom } from "../host/node/machine.ts";
import { openLedger } from "../ledger/ledger.ts";
import type { BenchGood } from "./goods.ts";

const terminal = {
  terminalId: "01900000-0000-7000-8000-000000000001",
  storeId: "01900000-0000-7000-8000-0000000000ff",
  tillNumber: 1,
};
const pin = "1111";

/** A host on a ledger of its own with `goods`, somebody signed in and a shift open; nothing is connected. */
export async function openCounter(
  ledgerPath: string,
  goods: readonly BenchGood[],
): Promise<HostEndpoint> {
  fill(ledgerPath, goods);
  const host = createHost(
    {
      clock: realClock,
      random: realRandom,
      log: { info() {}, warn() {}, error() {} },
      transport: null,
      devices: { printer: null, scanners: [], payment: null },
    },
    { ledgerPath, locale: "en", enrolled: terminal, program: "bench" },
  );
  await carryOut(host, "session.sign-in", { personId: "dana", pin });
  await carryOut(host, "shift.open", { floatMinor: 0 });
  return host;
}

/** Carries out a command; throws where it fails, because a benchmark of failures is none. */
export async function carryOut(host: HostEndpoint, name: string, input: object): Promise<void> {
  const result = await host.call(name, { commandId: commandId(), ...input });
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`);
}

function commandId(): string {
  const hex = randomBytes(16).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function fill(ledgerPath: string, goods: readonly BenchGood[]): void {
  const ledger = openLedger(ledgerPath);
  const salt = randomBytes(8);
  const key = scryptSync(pin, salt, 32, { N: 1024, r: 8, p: 1 });
  const pinHash = `scrypt$1024$8$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
  ledger.write(() => {
    ledger.people.upsert({
      personId: "dana",
      name: "Dana",
      role: "cashier",
      pinHash,
      active: true,
    });
    ledger.settings.set("store", {
      storeId: terminal.storeId,
      storeName: "Corner Market",
      addressLines: [],
      receiptFooter: [],
      timeZone: "Europe/Berlin",
      pricing: {
        currency: "EUR",
        pricesIncludeTax: true,
        taxRatesPpm: { standard: 190_000 },
        taxRounding: "line",
        rounding: "half-away",
      },
      weighedTemplates: [],
    });
  });
  for (let from = 0; from < goods.length; from += 5_000) {
    ledger.write(() => {
      for (const { sku, gtin, name, priceMinor } of goods.slice(from, from + 5_000)) {
        ledger.catalogue.upsert({
          ...{ sku, name, priceMinor, gtins: [gtin.padStart(14, "0")] },
          ...{ unit: "each", taxCategory: "standard" },
        });
      }
    });
  }
  ledger.close();
}
