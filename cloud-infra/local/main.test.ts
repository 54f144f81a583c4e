import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createAdminClient } from "./admin-client.ts";
import { demoStore } from "./demo-store.ts";

const main = new URL("./main.ts", import.meta.url).pathname;
const readySchema = z.object({
  ready: z.literal(true),
  endpoint: z.string(),
  realtime: z.string(),
  adminUrl: z.string(),
  caFile: z.string(),
  adminTokenFile: z.string(),
});

let folder: string;
let started: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-main-"));
  started = [];
});

afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

function run(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString("utf8");
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, complaint }));
  return { child, ended, lines: createInterface({ input: child.stdout }) };
}

async function start(...args: string[]) {
  const server = run("--data", join(folder, "store"), "--port", "0", "--json", ...args);
  const [line] = (await once(server.lines, "line")) as [string];
  return { ...server, ready: readySchema.parse(JSON.parse(line)) };
}

describe("the store server's process", () => {
  it("says when it is ready, ends politely, and keeps its data", async () => {
    const { settings, people } = await demoStore();
    const first = await start();
    expect(await createAdminClient(first.ready).createStore(settings, people)).toBe(true);
    first.child.kill("SIGTERM");
    expect(await first.ended).toEqual({ code: 0, complaint: "" });
    const second = await start();
    expect(await createAdminClient(second.ready).stores()).toEqual([settings]);
  });

  it("refuses a data folder that another process has, also after that one was killed", async () => {
    const first = await start();
    const second = await run("--data", join(folder, "store"), "--port", "0").ended;
    expect(second.code).toBe(75);
    expect(second.complaint).toMatch(
      /^Another store server already runs on .*store\. Use that one/,
    );
    first.child.kill("SIGKILL");
    await first.ended;
    await start();
  });

  it("says what is wrong with its command line or its port", async () => {
    expect(await run().ended).toMatchObject({
      code: 64,
      complaint: expect.stringMatching(/^--data DIR is missing/) as unknown,
    });
    const data = ["--data", folder];
    expect(await run(...data, "--port", "x").ended).toMatchObject({ code: 64 });
    expect(await run(...data, "--keep-days", "0").ended).toMatchObject({ code: 64 });
    expect(await run(...data, "--what").ended).toMatchObject({ code: 64 });
    expect(await run("--help").ended).toEqual({ code: 0, complaint: "" });
    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as { port: number };
    expect(await run(...data, "--port", String(port)).ended).toMatchObject({
      code: 69,
      complaint: expect.stringContaining("EADDRINUSE") as unknown,
    });
    blocker.close();
  });
});

describe("importing a catalogue", () => {
  async function startWithStore() {
    const server = await start();
    const admin = createAdminClient(server.ready);
    const { settings, people } = await demoStore();
    await admin.createStore(settings, people);
    return { server, admin, storeId: settings.storeId };
  }

  it("[D4] tells progress and every refused row, and takes the good ones", async () => {
    const { admin, storeId } = await startWithStore();
    const file = join(folder, "goods.csv");
    writeFileSync(
      file,
      "sku,name,price,stock\ntea,Tea,2.50,10\nbad,Bad,cheap,1\nmilk,Milk,1.29,\n",
    );
    const refused: unknown[] = [];
    const rows: number[] = [];
    const report = await admin.importCatalogue({
      storeId,
      file,
      onProgress: (progress) => rows.push(progress.rows),
      onRefused: (refusal) => refused.push(refusal),
    });
    expect(report).toEqual({
      imported: { read: 2, added: 2, changed: 0, unchanged: 0 },
      refused: 1,
      unreadable: null,
    });
    expect(refused).toMatchObject([{ row: 3, column: "price", value: "cheap" }]);
    expect(rows.at(-1)).toBe(3);
    const again = await admin.importCatalogue({ storeId, file });
    expect(again.imported).toEqual({ read: 2, added: 0, changed: 0, unchanged: 2 });
  });

  it("[D4] takes nothing of a file that cannot be read, and says why", async () => {
    const { admin, storeId } = await startWithStore();
    const file = join(folder, "goods.csv");
    writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00, 0x01, 0x00, 0x02]));
    const report = await admin.importCatalogue({ storeId, file });
    expect(report.imported).toBeNull();
    expect(report.unreadable).toMatch(/^row 1: /);
    await expect(admin.importCatalogue({ storeId: "nowhere", file })).rejects.toThrow(
      "there is no store nowhere",
    );
  });

  it("[D4] killed in the middle, nothing of the file is there", async () => {
    const { server, admin, storeId } = await startWithStore();
    const file = join(folder, "goods.csv");
    const rows = Array.from({ length: 60_000 }, (_, i) => `sku-${i},Good ${i},1.00,5`);
    writeFileSync(file, `sku,name,price,stock\n${rows.join("\n")}\n`);
    const importing = admin.importCatalogue({
      storeId,
      file,
      onProgress: ({ rows: read }) => {
        if (read >= 20_000) server.child.kill("SIGKILL");
      },
    });
    await expect(importing).rejects.toThrow();
    await server.ended;
    const db = new Database(join(folder, "store", "store.db"), { readonly: true });
    expect(db.prepare("SELECT count(*) FROM product").pluck().get()).toBe(0);
    expect(db.prepare("SELECT count(*) FROM movement").pluck().get()).toBe(0);
    db.close();
    const next = await start();
    const report = await createAdminClient(next.ready).importCatalogue({ storeId, file });
    expect(report.imported?.added).toBe(60_000);
    expect(readFileSync(next.ready.caFile, "utf8")).toContain("BEGIN CERTIFICATE");
  });
});
