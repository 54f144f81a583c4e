import { join } from "node:path";
import { demoPeople, demoStore } from "../cloud-infra/local/demo-store.ts";
import { createHost } from "../host/create-host.ts";
import type { HostEndpoint } from "../host/endpoint.ts";
import { realClock, realRandom } from "../host/node/machine.ts";
import { createTillCalls, type TillCalls } from "../host/node/replay/till-calls.ts";
import { openLedger } from "../ledger/ledger.ts";
import type { Transport } from "../sync/engine/ports.ts";
import type { BenchGood } from "./goods.ts";

/** A whole till in this process, on a real ledger, without devices; without a cloud unless one is given. */
export interface BenchTill {
  readonly ledgerPath: string;
  readonly host: HostEndpoint;
  readonly calls: TillCalls;
}

/** A new ledger in `folder` with the demo store's people and these goods. */
export async function stockLedger(folder: string, goods: readonly BenchGood[]): Promise<string> {
  const { settings, people } = await demoStore();
  const ledgerPath = join(folder, "ledger.sqlite");
  const ledger = openLedger(ledgerPath);
  ledger.write(() => {
    ledger.settings.set("store", settings);
    ledger.settings.set("terminal", {
      terminalId: "01900000-0000-7000-8000-000000000001",
      storeId: settings.storeId,
      tillNumber: 1,
    });
    for (const person of people) ledger.people.upsert(person);
    for (const { sku, name, gtin, priceMinor } of goods) {
      const good = { sku, name, gtins: [`0${gtin}`], priceMinor };
      ledger.catalogue.upsert({ ...good, unit: "each", taxCategory: "standard" });
    }
  });
  ledger.close();
  return ledgerPath;
}

/** Opens the till on it, signed in and with a shift open; nothing is written where it already is. */
export async function openBenchTill(
  ledgerPath: string,
  transport: Transport | null = null,
): Promise<BenchTill> {
  const host = createHost(
    {
      clock: realClock,
      random: realRandom,
      log: { info() {}, warn() {}, error() {} },
      transport,
      devices: { printer: null, scanners: [], payment: null },
    },
    { ledgerPath, locale: "en", program: "bench" },
  );
  const calls = createTillCalls(host);
  const { person, shift } = await calls.ask("register.view", {});
  const { personId, pin } = demoPeople[2];
  if (person === null) await calls.ask("session.sign-in", { personId, pin });
  if (shift === null) await calls.ask("shift.open", { floatMinor: 0 });
  return { ledgerPath, host, calls };
}
