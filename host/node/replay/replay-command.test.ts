import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataFolder, type DataFolder, makeDataFolder } from "../data-folder.ts";
import { takeFolderLock } from "../folder-lock.ts";
import { salesTitles, totalsOfFile, totalsOfLedger } from "./replay-fixture.ts";

const house = join(import.meta.dirname, "../../..");
const sample = join(house, "data/uci-sample.csv.gz");

let root: string;
let folder: DataFolder;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "evertill-replay-"));
  folder = dataFolder(join(root, "data"));
});
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

function evertill(...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(house, "host/node/cli/evertill.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function run(...args: string[]) {
  const child = evertill(...args);
  const [out, err] = await Promise.all([
    child.stdout === null ? "" : text(child.stdout),
    child.stderr === null ? "" : text(child.stderr),
    once(child, "close"),
  ]);
  return { code: child.exitCode, out, err };
}

/** Kills the replay at its `writes`-th write to the ledger, in the middle of whatever it does then. */
async function runAndKill(writes: number): Promise<void> {
  makeDataFolder(folder);
  const child = evertill("replay", sample, "--data", folder.root, "--store-server", "off");
  const ended = once(child, "exit");
  let seen = 0;
  const watcher = watch(join(folder.root, "till"), (_, name) => {
    if (name?.endsWith("-wal") === true && ++seen === writes) child.kill("SIGKILL");
  });
  const [, signal] = (await ended) as [number | null, string | null];
  watcher.close();
  expect(signal, "the replay was killed in the middle").toBe("SIGKILL");
}

describe("evertill replay", () => {
  it("ends with the ledger and the store server proved equal, and agrees with the file", async () => {
    const { code, out, err } = await run("replay", sample, "--data", folder.root);
    expect(err).toContain("Rung up 3969 rows of 148 invoices");
    expect(code).toBe(0);
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).toMatchObject({
      ...totalsOfFile(sample),
      ...{ currency: "EUR", verified: true, provedEqual: true, parked: 0 },
    });
    expect(report["rowsRefused"]).toEqual([
      expect.objectContaining({ invoice: "550193", code: "PADS", amountMinor: null }) as unknown,
      expect.objectContaining({ invoice: "561226", code: "PADS", amountMinor: null }) as unknown,
      expect.objectContaining({ invoice: "A563186", amountMinor: -1_106_206 }) as unknown,
      expect.objectContaining({ invoice: "A563187", amountMinor: -1_106_206 }) as unknown,
    ]);
    const proof = await run("ledger", "verify", "--data", folder.root);
    expect(proof.code).toBe(0);
    const [, facts = ""] = /^Intact: (\d+) facts/.exec(proof.out) ?? [];
    // 2292 and a clock that is set for each of 148 invoices; how often an answer measures it between two
    // of them is the machine's, at most once each.
    expect(Number(facts)).toBeGreaterThanOrEqual(2_440);
    expect(Number(facts)).toBeLessThanOrEqual(2_440 + 149);
    const again = await run("replay", sample, "--data", folder.root, "--json");
    expect(again).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(again.out)).toMatchObject({
      ...totalsOfFile(sample),
      ...{ invoicesThere: 148, goodsAdded: 0, verified: true, provedEqual: true },
    });
  }, 120_000);

  it("killed three times and run again, has every invoice once and none by half", async () => {
    for (const writes of [150, 900, 2500]) await runAndKill(writes);
    const killed = totalsOfLedger(folder.ledger);
    const { invoices } = totalsOfFile(sample);
    expect(killed.invoices).toBeGreaterThan(0);
    expect(killed.invoices).toBeLessThan(invoices);
    const { code, out } = await run(
      ...["replay", sample, "--data", folder.root, "--store-server", "off"],
    );
    expect(code).toBe(0);
    const { lines: _, ...documents } = totalsOfFile(sample);
    expect(JSON.parse(out)).toMatchObject({ ...totalsOfFile(sample), verified: true });
    expect(totalsOfLedger(folder.ledger)).toEqual(documents);
  }, 120_000);

  it("refuses a file that it cannot read, and makes nothing", async () => {
    const empty = join(root, "empty.csv");
    writeFileSync(empty, "");
    const { code, out, err } = await run("replay", empty, "--data", folder.root);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toContain("The file is empty. Nothing was changed.");
    expect(existsSync(folder.root)).toBe(false);
  });

  it("refuses a folder that is in use, and one whose till has no store server", async () => {
    const path = join(root, "sales.csv");
    writeFileSync(path, `${salesTitles}\n1,22423,X,1,2010-12-01 08:26:00,1.00\n`);
    const alone = ["replay", path, "--data", folder.root, "--store-server", "off"];
    makeDataFolder(folder);
    const lock = takeFolderLock(folder.lock);
    expect(await run(...alone)).toMatchObject({ code: 75 });
    lock?.release();
    expect(await run(...alone)).toMatchObject({ code: 0 });
    const joined = await run("replay", path, "--data", folder.root);
    expect(joined.code).toBe(1);
    expect(joined.err).toContain("Add --store-server off");
    expect(readdirSync(folder.root)).not.toContain("store");
  });

  it("asks for the manager's name and PIN where they are not the demo's", async () => {
    const path = join(root, "sales.csv");
    writeFileSync(path, `${salesTitles}\n1,22423,X,1,2010-12-01 08:26:00,1.00\n`);
    const args = ["replay", path, "--data", folder.root, "--store-server", "off"];
    const nobody = await run(...args, "--person", "Nobody");
    expect(nobody).toMatchObject({
      code: 1,
      err: expect.stringContaining("EVERTILL_PIN") as unknown,
    });
    const noPin = await run(...args, "--person", "Noa");
    expect(noPin).toMatchObject({
      code: 1,
      err: expect.stringContaining("could not sign in") as unknown,
    });
  });
});
