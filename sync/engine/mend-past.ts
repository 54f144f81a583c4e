import { present } from "../../domain/values/assert.ts";
import { protocolVersion } from "../protocol/versions.ts";
import type { Head } from "../protocol/wire.ts";
import { hashAtSeq } from "./compare-heads.ts";
import { createLane, type Lane, type LaneWorld } from "./lane.ts";
import type { SyncLedger, Transport } from "./ports.ts";

export interface MendWorld extends Omit<LaneWorld, "name" | "step" | "idleMs"> {
  readonly ledger: SyncLedger;
  readonly transport: Transport;
  readonly limits: () => { readonly maxCount: number; readonly maxBytes: number };
}

/**
 * [R3] A cloud that was put back may lack the end of an epoch that this journal has closed since. Asks
 * once in a run, and again when the cloud was set back; what is missing is sent again, in its place.
 */
export interface MendPast {
  readonly lane: Lane;
  /** The cloud was set back: look anew. */
  lookAgain(): void;
}

export function createMendPast(world: MendWorld): MendPast {
  let unchecked: Head[] | null = null;

  const lane = createLane({
    ...world,
    name: "mending",
    idleMs: () => world.tuning.proofMs,
    async step() {
      unchecked ??= [...world.ledger.past()];
      const [end] = unchecked;
      if (end === undefined) return "idle";
      const isWhole = await mend(world, end);
      // Meanwhile the cloud may have been set back: then all are looked at anew.
      if (isWhole) unchecked = unchecked?.filter((other) => other !== end) ?? null;
      return "again";
    },
  });
  return {
    lane,
    lookAgain() {
      unchecked = null;
      lane.wake();
    },
  };
}

/** True when the cloud holds all of the epoch, or another chain that nobody can join to it. */
async function mend(world: MendWorld, end: Head): Promise<boolean> {
  const { ledger, transport, line, log } = world;
  const { epoch } = end;
  const { answer: cloud } = await line.call(() => transport.head(epoch));
  const isOurs = cloud.seq < end.seq && hashAtSeq(ledger, epoch, cloud.seq) === cloud.hash;
  if (!isOurs) return true;
  const entries = ledger.unsent(cloud.seq, world.limits(), epoch);
  const firstSeq = present(entries[0], "the first missing fact").seq;
  log.warn("sync.past.sent-again", { epoch, firstSeq, missing: end.seq - cloud.seq });
  const facts = entries.map(({ body, hash }) => ({ body, hash }));
  const about = { protocol: protocolVersion, ledgerId: ledger.ledgerId() };
  const request = { ...about, epoch, firstSeq, facts };
  const { answer } = await line.call(() => transport.push(request));
  // Another chain stands there after all: whoever wrote it was told of the fork.
  return answer.outcome === "forked";
}
