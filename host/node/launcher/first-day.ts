import { createWriteStream, mkdirSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { createAdminClient } from "../../../cloud-infra/local/admin-client.ts";
import { demoStore } from "../../../cloud-infra/local/demo-store.ts";
import type { DataFolder } from "../data-folder.ts";
import { houseRoot } from "../build/fresh.ts";

/** What a store needs before its first sale, and what the launcher does about a file of goods. */
export interface FirstDay {
  /** Makes the demo store when there is none. */
  createStore(): Promise<void>;
  importDemoGoods(): Promise<void>;
  /** Imports a person's file into the store and explains what was refused. How many rows were taken. */
  importGoods(file: string): Promise<number>;
  enrolmentCode(): Promise<string>;
}

/** The file as a whole could not be read; nothing of it was imported. */
class CatalogueUnreadableError extends Error {
  override readonly name = "CatalogueUnreadableError";
}

const doorSchema = z.object({
  adminUrl: z.url(),
  adminTokenFile: z.string(),
  caFile: z.string(),
});
const shownRefusals = 10;

/** Speaks to the store server whose ready line is `ready`. */
export function firstDay(
  ready: unknown,
  folder: DataFolder,
  say: (text: string) => void,
): FirstDay {
  const admin = createAdminClient(doorSchema.parse(ready));

  async function storeId(): Promise<string> {
    const [store] = await admin.stores();
    if (store === undefined) throw new Error("the store server has no store yet");
    return store.storeId;
  }

  async function importFile(file: string, title: string): Promise<number> {
    const report = openReport(folder);
    const progress = progressLine(title, say);
    const { imported, refused, unreadable } = await admin.importCatalogue({
      storeId: await storeId(),
      file,
      onProgress: progress,
      onRefused: (refusal) => report.add(refusal),
    });
    const reportFile = await report.close();
    if (unreadable !== null || imported === null) {
      throw new CatalogueUnreadableError(
        `${file} was not imported: ${unreadable ?? "it could not be read"}. Nothing was changed.`,
      );
    }
    const { added, changed, unchanged } = imported;
    say(`${title}: ${added} new, ${changed} changed, ${unchanged} as before, ${refused} refused.`);
    if (refused > 0) explain(report.first, refused, reportFile);
    return imported.read;
  }

  function explain(first: readonly string[], refused: number, file: string): void {
    for (const line of first) say(`  ${line}`);
    if (refused > first.length) say(`  … and ${refused - first.length} more.`);
    say(`  All refused rows, with the reason for each: ${file}`);
  }

  return {
    async createStore() {
      const { settings, people } = await demoStore();
      await admin.createStore(settings, people);
    },
    async importDemoGoods() {
      await importFile(join(houseRoot, "data", "demo-catalogue.csv"), "Demo goods");
    },
    importGoods: (file) => importFile(file, "Goods"),
    enrolmentCode: async () => admin.createEnrolmentCode(await storeId()),
  };
}

interface Refusal {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly why: string;
}

/** Every refused row as a line of CSV; the first ones also in words. */
function openReport(folder: DataFolder) {
  mkdirSync(folder.reports, { recursive: true });
  const name = new Date().toISOString().replaceAll(":", "-").slice(0, 19);
  const file = join(folder.reports, `refused-rows-${name}.csv`);
  const first: string[] = [];
  let out: ReturnType<typeof createWriteStream> | null = null;
  return {
    first,
    add({ row, column, value, why }: Refusal) {
      if (first.length < shownRefusals) first.push(`row ${row}, column ${column}: ${why}`);
      if (out === null) {
        out = createWriteStream(file);
        out.write("row,column,value,why\r\n");
      }
      out.write(`${[String(row), column, value, why].map(cell).join(",")}\r\n`);
    },
    async close(): Promise<string> {
      if (out !== null) {
        out.end();
        await once(out, "finish");
      }
      return file;
    },
  };
}

/** [RFC 4180] */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Speaks at each tenth of the file, and not more than once a second. */
function progressLine(title: string, say: (text: string) => void) {
  let saidAtMs = performance.now();
  let saidTenth = 0;
  return ({ rows, bytesRead, totalBytes }: Progress) => {
    const tenth = totalBytes === 0 ? 10 : Math.floor((10 * bytesRead) / totalBytes);
    if (tenth === saidTenth || performance.now() - saidAtMs < 1_000) return;
    saidTenth = tenth;
    saidAtMs = performance.now();
    say(`${title}: ${rows} rows, ${tenth * 10} %`);
  };
}

interface Progress {
  readonly rows: number;
  readonly bytesRead: number;
  readonly totalBytes: number;
}
