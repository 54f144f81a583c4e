import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "../world/chance.ts";
import { whileStopped } from "./frozen.ts";
import { filesNow, loseUnsynced } from "./lost-pages.ts";
import type { Member } from "./member.ts";
import type { Shop, ShopTill } from "./shop.ts";
import { strace } from "./strace.ts";
import type { Direction } from "./tcp-line.ts";

/** What befalls the shop. Each ends with everything mended and every program running. */
export const faultKinds = [
  "till killed",
  "server killed",
  "both killed",
  "till stopped",
  "server stopped",
  "cable cut",
  "cable reset",
  "cut in a request",
  "cut in an answer",
  "half-open up",
  "half-open down",
  "half-open both ways",
  "till's disk full",
  "server's disk full",
  "till's clock jumps",
  "server's clock jumps",
  "till's power cut, unsynced pages lost",
  "server's power cut, unsynced pages lost",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Needs strace to know which pages were not fsynced. */
export function needsStrace(kind: FaultKind): boolean {
  return kind.includes("power cut");
}

export interface FaultParts {
  readonly shop: Shop;
  readonly pick: Chance;
  /** The round, for names of files. */
  readonly round: number;
  /** Called between a program's death and its next life: its files are as they were left. */
  readonly onDead: (member: Member) => Promise<void>;
}

/** Carries a fault out under load, and mends it. What it did, in a few words. */
export async function commit(kind: FaultKind, parts: FaultParts): Promise<string> {
  const { shop, pick } = parts;
  const till = pick.pick(shop.tills);
  switch (kind) {
    case "till killed":
      return killed([till], parts);
    case "server killed":
      return killed([shop.server], parts);
    case "both killed":
      return killed([shop.server, ...shop.tills], parts);
    case "till stopped":
      return stopped(till, pick);
    case "server stopped":
      return stopped(shop.server, pick);
    case "cable cut":
    case "cable reset":
      return cut(till, kind === "cable cut" ? "fin" : "reset", pick);
    case "cut in a request":
      return cutInside(till, "up", pick);
    case "cut in an answer":
      return cutInside(till, "down", pick);
    case "half-open up":
      return halfOpen(till, ["up"], pick);
    case "half-open down":
      return halfOpen(till, ["down"], pick);
    case "half-open both ways":
      return halfOpen(till, ["up", "down"], pick);
    case "till's disk full":
      return diskFull(till, pick);
    case "server's disk full":
      return diskFull(shop.server, pick);
    case "till's clock jumps":
      return clockJumps(till, pick);
    case "server's clock jumps":
      return clockJumps(shop.server, pick);
    case "till's power cut, unsynced pages lost":
      return powerCut(till, parts);
    case "server's power cut, unsynced pages lost":
      return powerCut(shop.server, parts);
    default:
      return kind satisfies never;
  }
}

const names = (members: readonly Member[]) => members.map(({ name }) => name).join(", ");

async function killed(members: readonly Member[], { pick, onDead }: FaultParts): Promise<string> {
  const afterMs = pick.below(400);
  await pause(afterMs);
  await Promise.all(members.map((member) => member.program().kill()));
  for (const member of members) await onDead(member);
  await Promise.all(members.map((member) => member.start()));
  return `${names(members)} after ${afterMs} ms`;
}

async function stopped(member: Member, pick: Chance): Promise<string> {
  const forMs = pick.between(200, 3_000);
  member.program().signal("SIGSTOP");
  await pause(forMs);
  member.program().signal("SIGCONT");
  return `${member.name} for ${forMs} ms`;
}

async function cut({ name, line }: ShopTill, how: "fin" | "reset", pick: Chance): Promise<string> {
  const forMs = pick.between(50, 2_500);
  line.cut(how);
  await pause(forMs);
  line.mend("deliver");
  return `${name} for ${forMs} ms`;
}

async function cutInside({ name, line }: ShopTill, way: Direction, pick: Chance): Promise<string> {
  const cuts = pick.between(1, 4);
  for (let n = 0; n < cuts; n++) {
    line.cutAfter(way, pick.between(1, 6_000));
    await pause(pick.between(200, 700));
  }
  line.mend("deliver");
  return `${name}, ${cuts} times`;
}

async function halfOpen(
  { name, line }: ShopTill,
  ways: readonly Direction[],
  pick: Chance,
): Promise<string> {
  const forMs = pick.between(300, 6_000);
  const held = pick.pick(["deliver", "forget"] as const);
  line.hold(ways);
  await pause(forMs);
  line.mend(held);
  return `${name} for ${forMs} ms, then ${held}`;
}

async function diskFull(member: Member, pick: Chance): Promise<string> {
  const forMs = pick.between(100, 1_500);
  const { pid } = member.program();
  member.disk.fill(pid);
  await pause(forMs);
  member.disk.makeRoom(pid);
  return `${member.name} for ${forMs} ms (${member.disk.kind})`;
}

const minuteMs = 60_000;
const jumps = [1, -1, 61, -61, 25 * 60, -25 * 60, 5 * 24 * 60, -5 * 24 * 60].map(
  (minutes) => minutes * minuteMs,
);

/** Several jumps in a row; half of the time the clock stays wrong, for the rounds that follow. */
async function clockJumps(member: Member, pick: Chance): Promise<string> {
  for (let n = pick.between(1, 4); n > 0; n--) {
    member.clock.set(pick.pick(jumps) + pick.below(minuteMs), member.program());
    await pause(pick.between(50, 400));
  }
  if (pick.below(2) === 0) member.clock.set(0, member.program());
  return `${member.name}, left ${Math.round(member.clock.offsetMs() / minuteMs)} min beside`;
}

/**
 * Slow enough that a kill falls between a write and its fsync more often than not; the server writes
 * less often than the tills.
 */
const syncTakesMs = { till: 25, server: 150 };

async function powerCut(
  member: Member,
  { shop, pick, round, onDead }: FaultParts,
): Promise<string> {
  const program = member.program();
  const outFile = join(shop.folder, `round-${round}.strace`);
  const delayMs = member === shop.server ? syncTakesMs.server : syncTakesMs.till;
  const slowSync = `fsync,fdatasync:delay_enter=${delayMs * 1_000}`;
  const watch = await strace(program.pid, outFile, [slowSync]);
  const before = await whileStopped(member, () => filesNow(member.database));
  await pause(pick.between(150, 1_200));
  await program.kill();
  await watch.done;
  const { atRisk, lost } = loseUnsynced(member.database, before, watch.calls(), pick);
  await onDead(member);
  await member.start();
  return `${member.name}: ${lost} of ${atRisk} unsynced pieces lost`;
}
