import { createHash } from "node:crypto";
import { hexOf, type Uuid, uuidv7 } from "../../../domain/values/id.ts";
import type { Clock, Log, Random } from "../../../domain/values/ports.ts";
import type { Printer } from "../../../hardware/printer/port.ts";
import { silentStatus } from "../../../hardware/printer/port.ts";
import type { World } from "../../world.ts";
import { realClock, realRandom } from "../machine.ts";

/** A world whose day is the file's, and whose ids tell where they come from. */
export interface ReplayWorld extends World {
  /** What the clock shows from now on. Timers go on by the machine's. */
  setTime(atMs: number): void;
  /** Until the next call ids follow from `seed`; null: from chance. */
  setSeed(seed: string | null): void;
}

/** The last four bytes of every id made by a replay: "RPLY". Nobody mistakes its carts for their own. */
const mark = new TextEncoder().encode("RPLY");
const markText = hexOf(mark);

export function createReplayWorld(log: Log): ReplayWorld {
  let nowMs = 0;
  let random = markedRandom;
  const clock: Clock = { ...realClock, now: () => nowMs };
  return {
    clock,
    random: { bytes: (count) => random.bytes(count) },
    log,
    transport: null,
    devices: { printer: paperlessPrinter, scanners: [], payment: null },
    setTime(atMs) {
      nowMs = atMs;
    },
    setSeed(seed) {
      random = seed === null ? markedRandom : seededRandom(seed);
    },
  };
}

/** True for an id that some replay made. */
export function isMadeByReplay(id: Uuid): boolean {
  return id.endsWith(markText);
}

/** A till draws a handful of ids for a document; one of the first is the document's own. */
const idsOfADocument = 8;

/** Every id that a document rung up at `atMs` with this seed may have. */
export function possibleIds(seed: string, atMs: number): Uuid[] {
  const random = seededRandom(seed);
  return Array.from({ length: idsOfADocument }, () => uuidv7({ now: () => atMs }, random));
}

function seededRandom(seed: string): Random {
  let drawn = 0;
  return {
    bytes(count) {
      drawn++;
      return marked(createHash("sha256").update(`${drawn}\n${seed}`).digest().subarray(0, count));
    },
  };
}

const markedRandom: Random = { bytes: (count) => marked(realRandom.bytes(count)) };

function marked(bytes: Uint8Array): Uint8Array {
  bytes.set(mark, bytes.length - mark.length);
  return bytes;
}

/** Takes every job and prints none: these customers left with their paper long ago. */
const paperlessPrinter: Printer = {
  encode: () => Promise.resolve(new Uint8Array()),
  print(job) {
    job.beforeSend();
    return Promise.resolve({ kind: "printed" });
  },
  status: () => ({ ...silentStatus, connection: "connected", online: true }),
  onStatus: () => () => {},
  close: () => Promise.resolve(),
};
