import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Member } from "./member.ts";

/**
 * The member's database as it stands at this instant, whatever it is in the middle of: the
 * program is stopped, the files are copied, and it goes on. `work` gets the copy, which is gone
 * afterwards.
 */
export async function onFrozenCopy<T>(member: Member, work: (database: string) => T): Promise<T> {
  const place = mkdtempSync(join(tmpdir(), "evertill-frozen-"));
  try {
    await whileStopped(member, () => copyDatabase(member.database, place));
    return work(join(place, "copy.db"));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Runs `work` while the member's process stands still; one that does not run stands still by
 * itself.
 */
export async function whileStopped<T>(member: Member, work: () => T): Promise<T> {
  const program = member.program();
  if (!program.isRunning()) return work();
  program.signal("SIGSTOP");
  try {
    await untilStopped(program.pid);
    return work();
  } finally {
    program.signal("SIGCONT");
  }
}

/**
 * Copies SQLite's file and its log to `place`/copy.db. The shared-memory index is made anew by
 * whoever opens it.
 */
function copyDatabase(database: string, place: string): void {
  copyFileSync(database, join(place, "copy.db"));
  if (existsSync(`${database}-wal`)) copyFileSync(`${database}-wal`, join(place, "copy.db-wal"));
}

/** A stop is carried out by each thread by itself; /proc says when all have. */
async function untilStopped(pid: number): Promise<void> {
  for (;;) {
    const state = stateOf(pid);
    if (state === null || "TtZX".includes(state)) return;
    await pause(1);
  }
}

function stateOf(pid: number): string | null {
  try {
    return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? null;
  } catch {
    return null;
  }
}
