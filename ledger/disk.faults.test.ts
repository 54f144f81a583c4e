import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ledger, openLedger } from "./ledger.ts";
import type { NewFact } from "./tables/journal.ts";
import { ledgerProblemOf } from "./problem.ts";
import { verifyLedger } from "./verify.ts";

const terminalId = "01900000-0000-7000-8000-000000000001";

let folder: string;
let path: string;
let ledger: Ledger | null = null;
const cleanUp: (() => void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-faults-"));
  path = join(folder, "ledger.db");
});

afterEach(() => {
  ledger?.close();
  ledger = null;
  for (const task of cleanUp.splice(0).toReversed()) task();
  rmSync(folder, { recursive: true, force: true });
});

function open(file = path): Ledger {
  ledger = openLedger(file);
  return ledger;
}

/** A fact of about `bytes` bytes; its place in the journal is the caller's count. */
function note(to: Ledger, n: number, bytes = 500): void {
  to.write(() => void to.append(terminalId, noteOf(n, bytes)));
}

function noteOf(n: number, bytes: number): NewFact {
  return {
    id: `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`,
    type: "drawer.no-sale",
    atMs: n,
    shiftId: "01900000-0000-7000-8000-0000000000aa",
    businessDate: "2026-11-23",
    actorId: terminalId,
    payload: { reason: "x".repeat(bytes) },
  };
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

function problemOf(work: () => void): string | null {
  try {
    work();
  } catch (error) {
    return ledgerProblemOf(error);
  }
  return null;
}

/** A disk of its own, so that it can be filled; null where this machine does not allow it. */
function smallDisk(kilobytes: number): string | null {
  const place = join(folder, "disk");
  execFileSync("mkdir", ["-p", place]);
  try {
    const size = `size=${kilobytes}k`;
    execFileSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", place], { stdio: "ignore" });
  } catch {
    return null;
  }
  cleanUp.push(() => execFileSync("umount", ["-l", place]));
  return place;
}

const maySmallDisk = (() => {
  folder = mkdtempSync(join(tmpdir(), "evertill-faults-"));
  const made = smallDisk(64) !== null;
  for (const task of cleanUp.splice(0)) task();
  rmSync(folder, { recursive: true, force: true });
  if (!made) say("No tmpfs can be mounted here: faults of a real small disk are skipped.");
  return made;
})();

describe("[F1] a write that the disk refuses leaves nothing, and the next one goes on", () => {
  it("when SQLite finds no page for it", () => {
    const till = open();
    note(till, 1);
    const pages = Number(till.database.pragma("page_count", { simple: true }));
    till.database.pragma(`max_page_count = ${pages}`);
    expect(problemOf(() => note(till, 2, 20_000))).toBe("disk-full");
    expect(till.journal.head().seq).toBe(1);
    till.database.pragma("max_page_count = 4294967294");
    note(till, 2, 20_000);
    expect(verifyLedger(till)).toMatchObject({ intact: true, facts: 2 });
  });

  it.runIf(maySmallDisk)("when the disk is full, at every size of a write", () => {
    const disk = smallDisk(12_288) ?? "";
    const till = open(join(disk, "ledger.db"));
    // The log has the migrations' size: what was there already no disk refuses.
    till.database.pragma("wal_checkpoint(TRUNCATE)");
    const filler = join(disk, "photos");
    let written = 0;
    let refused = 0;
    for (let round = 0; round < 40; round++) {
      fill(filler);
      for (let tries = 0; tries < 20; tries++) {
        const bytes = 100 + (((round * 20 + tries) * 977) % 9_000);
        const problem = problemOf(() => note(till, written + 1, bytes));
        if (problem === null) {
          written++;
          continue;
        }
        expect(problem).toBe("disk-full");
        refused++;
        break;
      }
      expect(till.journal.head().seq).toBe(written);
      rmSync(filler);
      note(till, ++written, 200);
      till.checkpoint();
    }
    expect(refused).toBeGreaterThan(20);
    expect(verifyLedger(till)).toMatchObject({ intact: true, facts: written });
    fill(filler);
    till.close();
    ledger = null;
    rmSync(filler);
    expect(verifyLedger(open(join(disk, "ledger.db")))).toMatchObject({ facts: written });
  });

  it.runIf(maySmallDisk)("a log that cannot be moved into the full disk's file waits", () => {
    const disk = smallDisk(12_288) ?? "";
    const till = open(join(disk, "ledger.db"));
    let written = 0;
    while (written < 120) note(till, ++written, 2_000);
    fill(join(disk, "photos"));
    expect([null, "disk-full"]).toContain(problemOf(() => till.checkpoint()));
    expect(till.journal.head().seq).toBe(written);
    expect(verifyLedger(till)).toMatchObject({ intact: true, facts: written });
    rmSync(join(disk, "photos"));
    till.checkpoint();
    note(till, ++written);
    expect(verifyLedger(till)).toMatchObject({ intact: true, facts: written });
  });
});

/** Takes every byte that is left. */
function fill(file: string): void {
  for (const size of [65_536, 4_096, 512, 1]) {
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(size), { flag: "a" });
      } catch {
        break;
      }
    }
  }
}

describe("[F2] what is wrong with the disk is named", () => {
  it.runIf(maySmallDisk)("a read-only disk, at the start", () => {
    const disk = smallDisk(12_288) ?? "";
    const file = join(disk, "ledger.db");
    note(open(file), 1);
    ledger?.close();
    ledger = null;
    execFileSync("mount", ["-o", "remount,ro", disk]);
    const before = readFileSync(file);
    expect(problemOf(() => open(file))).toBe("read-only");
    expect(readFileSync(file).equals(before)).toBe(true);
    execFileSync("mount", ["-o", "remount,rw", disk]);
    expect(verifyLedger(open(file))).toMatchObject({ intact: true, facts: 1 });
  });

  it.runIf(mayFreeze())("a file that became read-only while it is open", () => {
    const till = open();
    note(till, 1);
    const wal = `${path}-wal`;
    execFileSync("chattr", ["+i", wal, path]);
    cleanUp.push(() => execFileSync("chattr", ["-i", wal, path]));
    expect(problemOf(() => note(till, 2))).toBe("read-only");
    expect(till.journal.head().seq).toBe(1);
    for (const task of cleanUp.splice(0)) task();
    note(till, 2);
    expect(verifyLedger(till)).toMatchObject({ intact: true, facts: 2 });
  });

  it("something else in the ledger's place", () => {
    writeFileSync(path, "Dear diary, today I sold nothing.\n".repeat(500));
    const before = readFileSync(path);
    expect(problemOf(() => open())).toBe("corrupt");
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

/** Whether files can be made immutable here, which even the superuser's writes then meet. */
function mayFreeze(): boolean {
  const file = join(mkdtempSync(join(tmpdir(), "evertill-faults-")), "ice");
  writeFileSync(file, "");
  try {
    execFileSync("chattr", ["+i", file], { stdio: "ignore" });
    execFileSync("chattr", ["-i", file], { stdio: "ignore" });
    return true;
  } catch {
    say("chattr +i is not allowed here: a file that freezes while open is skipped.");
    return false;
  }
}

describe("[F4] opening and looking changes nothing", () => {
  it("a ledger that is only verified is the same file afterwards", () => {
    note(open(), 1);
    ledger?.close();
    const before = readFileSync(path);
    expect(verifyLedger(open())).toMatchObject({ intact: true });
    ledger?.close();
    ledger = null;
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe("[F5] damage is found, never guessed around", () => {
  it("2 kB of rubbish anywhere in the file are found, or were in nobody's place; seeds 1 to 24", () => {
    const till = open();
    till.write(() => {
      for (let n = 1; n <= 400; n++) till.append(terminalId, noteOf(n, 500));
    });
    till.close();
    ledger = null;
    const whole = readFileSync(path);
    const found = new Map<string, number>();
    for (let seed = 1; seed <= 24; seed++) {
      writeFileSync(path, whole);
      damage(path, seed);
      const before = readFileSync(path);
      const what = look();
      found.set(what, (found.get(what) ?? 0) + 1);
      expect(readFileSync(path).equals(before), "looking changed nothing").toBe(true);
    }
    const { intact = 0, corrupt = 0, chain = 0 } = Object.fromEntries(found);
    expect(intact + corrupt + chain).toBe(24);
    expect(corrupt + chain).toBeGreaterThan(12);
  });
});

/** What `verify` says of the file. */
function look(): string {
  try {
    const verdict = verifyLedger(open());
    if (!verdict.intact) return verdict.problem.kind;
    return verdict.facts === 400 ? "intact" : `only ${verdict.facts} facts`;
  } catch (error) {
    return ledgerProblemOf(error) ?? `not expected: ${String(error)}`;
  } finally {
    ledger?.close();
    ledger = null;
  }
}

/** Writes rubbish over 2 kB somewhere in the middle of a file. */
function damage(file: string, seed: number): void {
  const bytes = readFileSync(file);
  const at = 4_096 + ((seed * 7_919) % 89) * Math.floor((bytes.length - 8_192) / 89);
  for (let i = 0; i < 2_048; i++) bytes[at + i] = (seed * 31 + i * 17) & 0xff;
  writeFileSync(file, bytes);
}

describe("[F6] what was committed before the power went is there, and nothing else", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("a log cut off at any byte, seed %i", (seed) => {
    const till = open();
    const hashes: string[] = [till.journal.head().hash];
    for (let n = 1; n <= 60; n++) {
      note(till, n, 300 + ((n * seed) % 3_000));
      hashes.push(till.journal.head().hash);
    }
    const copy = join(folder, "copy.db");
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    const size = statSync(`${copy}-wal`).size;
    truncateSync(`${copy}-wal`, Math.floor((size * ((seed * 37) % 101)) / 101));
    till.close();
    const after = open(copy);
    const { seq, hash } = after.journal.head();
    expect(hash).toBe(hashes[seq]);
    expect(verifyLedger(after)).toMatchObject({ intact: true, facts: seq });
    note(after, seq + 1);
    expect(after.journal.head().seq).toBe(seq + 1);
  });

  it("a lost log leaves the file as it was before it", () => {
    const till = open();
    note(till, 1);
    till.checkpoint();
    note(till, 2);
    const copy = join(folder, "copy.db");
    copyFileSync(path, copy);
    till.close();
    expect(existsSync(`${copy}-wal`)).toBe(false);
    expect(verifyLedger(open(copy))).toMatchObject({ intact: true, facts: 1 });
  });

  it("a writer killed at any instant leaves what it was told is kept, seeds 1 to 12", async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const told = await writeUntilKilled((seed * 7_919) % 120);
      const after = open();
      const { seq } = after.journal.head();
      // The commit may have come before its word could be said.
      expect([told, told + 1]).toContain(seq);
      expect(verifyLedger(after)).toMatchObject({ intact: true, facts: seq });
      after.close();
      ledger = null;
    }
  });
});

/** Lets another process write facts into `path` and kills it `afterMs` after its first; the last it reported. */
async function writeUntilKilled(afterMs: number): Promise<number> {
  const { href } = pathToFileURL(join(import.meta.dirname, "ledger.ts"));
  const program = `
    import { writeSync } from "node:fs";
    const { openLedger } = await import(${JSON.stringify(href)});
    const ledger = openLedger(${JSON.stringify(path)});
    for (let n = ledger.journal.head().seq + 1; ; n++) {
      const fact = { ...${JSON.stringify(noteOf(0, 2_500))}, atMs: n };
      ledger.write(() => ledger.append(${JSON.stringify(terminalId)}, fact));
      writeSync(1, n + "\\n");
    }`;
  const options = ["--input-type=module", "-e", program];
  const writer = spawn(process.execPath, options, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  const { promise: began, resolve } = Promise.withResolvers<void>();
  writer.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    resolve();
  });
  await began;
  setTimeout(() => writer.kill("SIGKILL"), afterMs);
  await once(writer, "close");
  return Number(said.trimEnd().split("\n").at(-1));
}
