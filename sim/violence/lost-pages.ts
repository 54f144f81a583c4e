import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Chance } from "../world/chance.ts";
import type { DiskCall } from "./strace.ts";

/**
 * A disk writes sectors, in whatever order it likes, until it is told to flush. What else stands
 * in a sector that is written stays as it is (SQLite's "powersafe overwrite", which disks of
 * today keep).
 */
const sectorBytes = 512;

/** What one write put into one sector. */
interface Piece {
  readonly path: string;
  readonly at: number;
  readonly bytes: number;
}

function piecesOf(call: DiskCall & { readonly kind: "write" }): Piece[] {
  const pieces: Piece[] = [];
  const end = call.at + call.bytes;
  for (let at = call.at; at < end; ) {
    const next = Math.min(end, (Math.floor(at / sectorBytes) + 1) * sectorBytes);
    pieces.push({ path: call.path, at, bytes: next - at });
    at = next;
  }
  return pieces;
}

/** What was written after its file's last fsync, and what before it. */
export function dividedBySync(calls: readonly DiskCall[]): {
  readonly unsynced: readonly Piece[];
  /** "path at" of pieces on the disk: what stood there before may not come back. */
  readonly synced: ReadonlySet<string>;
} {
  const written = new Map<string, Piece[]>();
  const synced = new Set<string>();
  for (const call of calls) {
    const ofFile = written.get(call.path) ?? [];
    written.set(call.path, ofFile);
    if (call.kind === "write") ofFile.push(...piecesOf(call));
    else if (call.kind === "sync") for (const piece of ofFile.splice(0)) synced.add(keyOf(piece));
  }
  return { unsynced: [...written.values()].flat(), synced };
}

const keyOf = ({ path, at }: Piece) => `${path} ${at}`;

/** The files as they were when strace began, for what falls back to them. */
export type Before = ReadonlyMap<string, Buffer>;

export function filesNow(database: string): Before {
  const paths = [database, `${database}-wal`].filter((path) => existsSync(path));
  return new Map(paths.map((path) => [path, readFileSync(path)]));
}

/**
 * What a power cut would have left: each piece that was not fsynced is there, or is as it was
 * before, as chance has it; sometimes all of them are lost. A log that lost its end is shorter.
 * How many were lost.
 */
export function loseUnsynced(
  database: string,
  before: Before,
  calls: readonly DiskCall[],
  pick: Chance,
): { readonly atRisk: number; readonly lost: number } {
  const files = new Set([database, `${database}-wal`]);
  const { unsynced, synced } = dividedBySync(calls);
  const atRisk = unsynced.filter(({ path }) => files.has(path));
  const keepPerMille = pick.pick([0, 500, 900]);
  const lost = atRisk.filter(() => !pick.happens(keepPerMille));
  for (const path of files) {
    const gone = lost.filter((piece) => piece.path === path);
    if (gone.length === 0 || !existsSync(path)) continue;
    writeFileSync(path, without(path, gone, { before: before.get(path), synced }));
  }
  return { atRisk: atRisk.length, lost: lost.length };
}

interface Past {
  readonly before: Buffer | undefined;
  readonly synced: ReadonlySet<string>;
}

function without(path: string, gone: readonly Piece[], { before, synced }: Past): Buffer {
  const content = readFileSync(path);
  const isLog = path.endsWith("-wal");
  let end = content.length;
  for (const piece of gone.toSorted((a, b) => b.at - a.at)) {
    const { at, bytes } = piece;
    const wasThere = before !== undefined && at + bytes <= before.length;
    const isNewer = synced.has(keyOf(piece));
    // What the database held between two writes of it is unknown: it stays.
    if (!isLog && isNewer) continue;
    if (wasThere && !isNewer) before.copy(content, at, at, at + bytes);
    else if (isLog && !wasThere && at + bytes >= end) end = Math.min(end, at);
    else content.fill(0, at, Math.min(at + bytes, content.length));
  }
  return content.subarray(0, end);
}
