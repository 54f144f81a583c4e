import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Chance } from "../world/chance.ts";
import type { DiskCall } from "./strace.ts";

/** A disk writes sectors, in whatever order it likes, until it is told to flush. */
const sectorBytes = 512;

interface Sector {
  readonly path: string;
  readonly at: number;
}

/** Sectors that were written after their file's last fsync. */
export function unsyncedSectors(calls: readonly DiskCall[]): Sector[] {
  const dirty = new Map<string, Set<number>>();
  for (const call of calls) {
    const ofFile = dirty.get(call.path) ?? new Set();
    dirty.set(call.path, ofFile);
    if (call.kind === "sync") ofFile.clear();
    if (call.kind !== "write") continue;
    const first = Math.floor(call.at / sectorBytes);
    for (let n = first; n * sectorBytes < call.at + call.bytes; n++) ofFile.add(n);
  }
  return [...dirty].flatMap(([path, sectors]) =>
    [...sectors].map((n) => ({ path, at: n * sectorBytes })),
  );
}

/** Sectors that were written and fsynced: what stood in them before may not come back. */
function everSynced(calls: readonly DiskCall[]): Set<string> {
  const written = new Map<string, string[]>();
  const synced = new Set<string>();
  for (const call of calls) {
    const ofFile = written.get(call.path) ?? [];
    written.set(call.path, ofFile);
    if (call.kind === "write") {
      const first = Math.floor(call.at / sectorBytes);
      for (let n = first; n * sectorBytes < call.at + call.bytes; n++) {
        ofFile.push(`${call.path} ${n * sectorBytes}`);
      }
    } else if (call.kind === "sync") {
      for (const sector of ofFile.splice(0)) synced.add(sector);
    }
  }
  return synced;
}

/** The files as they were when strace began, for what falls back to them. */
export type Before = ReadonlyMap<string, Buffer>;

export function filesNow(database: string): Before {
  const paths = [database, `${database}-wal`].filter((path) => existsSync(path));
  return new Map(paths.map((path) => [path, readFileSync(path)]));
}

/**
 * What a power cut would have left: each sector that was not fsynced is there, or is as it was before, as
 * chance has it; sometimes all of them are lost. A log that lost its end is shorter. How many were lost.
 */
export function loseUnsynced(
  database: string,
  before: Before,
  calls: readonly DiskCall[],
  pick: Chance,
): { readonly atRisk: number; readonly lost: number } {
  const files = new Set([database, `${database}-wal`]);
  const atRisk = unsyncedSectors(calls).filter(({ path }) => files.has(path));
  const synced = everSynced(calls);
  const keepPerMille = pick.pick([0, 500, 900]);
  const lost = atRisk.filter(() => !pick.happens(keepPerMille));
  for (const path of files) {
    const gone = lost.filter((sector) => sector.path === path);
    if (gone.length === 0 || !existsSync(path)) continue;
    writeFileSync(path, without(path, gone, { before: before.get(path), synced }));
  }
  return { atRisk: atRisk.length, lost: lost.length };
}

interface Past {
  readonly before: Buffer | undefined;
  readonly synced: ReadonlySet<string>;
}

function without(path: string, gone: readonly Sector[], { before, synced }: Past): Buffer {
  const bytes = readFileSync(path);
  const isLog = path.endsWith("-wal");
  let end = bytes.length;
  for (const { at } of gone.toSorted((a, b) => b.at - a.at)) {
    const wasThere = before !== undefined && at < before.length;
    if (!isLog && synced.has(`${path} ${at}`)) continue; // Older content is unknown: it stays.
    if (isLog && !wasThere && at + sectorBytes >= end) end = Math.min(end, at);
    else if (wasThere && !synced.has(`${path} ${at}`)) {
      before.copy(bytes, at, at, Math.min(at + sectorBytes, before.length, bytes.length));
    } else bytes.fill(0, at, Math.min(at + sectorBytes, bytes.length));
  }
  return bytes.subarray(0, end);
}
