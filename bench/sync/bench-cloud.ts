import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAdminClient } from "../../cloud-infra/local/admin-client.ts";
import { demoStore } from "../../cloud-infra/local/demo-store.ts";
import { startStoreServerProcess } from "../../cloud-infra/local/store-server-process.ts";
import type { Enrolment } from "../../sync/protocol/wire.ts";
import { enrolTerminal } from "../../sync/transport/appsync.ts";
import { trustAuthority } from "../../sync/transport/trust.ts";

/** A store server in its own process: TLS, handlers, verdicts and fsync as in a shop. */
export interface BenchCloud {
  readonly endpoint: string;
  readonly storeId: string;
  /** Another store on the same server. */
  addStore(storeId: string): Promise<void>;
  enrol(storeId?: string): Promise<Enrolment>;
  /** Goods "SKU-100000" and on, with names and prices. */
  importGoods(count: number): Promise<void>;
  importFile(file: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startBenchCloud(folder: string): Promise<BenchCloud> {
  const server = await startStoreServerProcess(join(folder, "store"));
  trustAuthority(readFileSync(server.ready.caFile, "utf8"));
  const admin = createAdminClient(server.ready);
  const { settings, people } = await demoStore();
  const { storeId } = settings;
  await admin.createStore(settings, people);
  const { endpoint } = server.ready;
  return {
    endpoint,
    storeId,
    addStore: async (id) => void (await admin.createStore({ ...settings, storeId: id }, people)),
    async enrol(id = storeId) {
      const code = await admin.createEnrolmentCode(id);
      return enrolTerminal({ endpoint, code, name: "Till" });
    },
    async importGoods(count) {
      const file = join(folder, "goods.csv");
      const rows = Array.from({ length: count }, (_, n) => goodRow(n));
      writeFileSync(file, `sku,name,price,gtin,unit,tax_category\n${rows.join("")}`);
      await admin.importCatalogue({ storeId, file });
    },
    importFile: async (file) => void (await admin.importCatalogue({ storeId, file })),
    stop: async () => void (await server.stop()),
  };
}

const names = [
  "Organic whole milk 1L",
  "Sourdough loaf 800g",
  "Dark chocolate 70%",
  "Basmati rice",
];

function goodRow(n: number): string {
  const price = `${1 + (n % 18)}.${String(n % 100).padStart(2, "0")}`;
  return `SKU-${100_000 + n},${names[n % names.length]} #${n},${price},,each,standard\n`;
}
