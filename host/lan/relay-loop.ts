import type { Log } from "../../domain/values/ports.ts";
import type { PlacedBatch, RelayChain } from "../../ledger/tables/relay.ts";
import { TransportError } from "../../sync/engine/ports.ts";
import { protocolVersion } from "../../sync/protocol/versions.ts";
import type { Till } from "../state/till.ts";
import { writeInLoop } from "../loops/write.ts";
import { factsOf } from "./relay-pages.ts";

/** How often a hub looks for facts that the cloud may lack; a till usually brings its own first. */
const everyMs = 5_000;
/** What the cloud has is kept for tills that were away for a day or two. */
const keptMs = 48 * 3_600_000;
/** What the cloud refused as another chain waits for its till. */
const lostKeptMs = 90 * 24 * 3_600_000;

/**
 * [H5] Hands on to the cloud what other tills brought, each in its own chain and with its own
 * signature: whoever comes first, the till or its hub, the cloud ends with the same.
 */
export function createRelayLoop(world: {
  readonly till: Till;
  readonly terminalId: string;
  readonly log: Log;
}): { stop(): void } {
  const { till, terminalId, log } = world;
  const { clock, transport } = till.world;
  const { relay } = till.ledger;
  let stopped = false;
  let cancel = clock.after(everyMs, look);

  const isStopped = () => stopped;

  function look(): void {
    void once().finally(() => {
      if (!stopped) cancel = clock.after(everyMs, look);
    });
  }

  async function once(): Promise<void> {
    try {
      if (till.loops.syncStatus()?.connection !== "online") return;
      for (const chain of relay.unrelayed(terminalId)) await handOnIfTaken(chain);
      if (!isStopped()) writeInLoop(till, () => void relay.forget(clock.now() - keptMs));
    } catch (error) {
      log.warn("relay.failed", { why: String(error) });
    }
  }

  /** What the cloud will not have of one till keeps no other's waiting. */
  async function handOnIfTaken(chain: RelayChain): Promise<void> {
    try {
      await handOn(chain);
    } catch (error) {
      if (!(error instanceof TransportError) || error.kind !== "refused") throw error;
      log.warn("relay.refused", { epoch: chain.epoch, why: error.message });
    }
  }

  async function handOn(chain: RelayChain): Promise<void> {
    let { cloudSeq } = chain;
    let wentBack = false;
    while (!isStopped() && cloudSeq < chain.seq) {
      const batch = relay.batchWith(chain.terminalId, chain.epoch, cloudSeq + 1);
      const next = batch === null ? null : await send(batch, chain);
      if (next === null || next === cloudSeq || isStopped()) return;
      // Less than before: the cloud was set back. What is still here goes again, once; the rest the till brings.
      if (next < cloudSeq && wentBack) return;
      wentBack ||= next < cloudSeq;
      cloudSeq = next;
      keepCloudSeq(chain, cloudSeq);
    }
  }

  /** Up to where the chain need not be handed on, by the cloud's word; null without a line to it. */
  async function send(batch: PlacedBatch, chain: RelayChain): Promise<number | null> {
    if (transport === null) return null;
    const { terminalId: of, epoch, firstSeq, lastSeq, signature } = batch;
    const { outcome, head } = await transport.push({
      protocol: protocolVersion,
      ...{ epoch, firstSeq, facts: [...factsOf(batch)] },
      relayed: { terminalId: of, signature },
    });
    if (outcome !== "forked") return head.seq;
    // [H6] The till, put back from an older copy, takes from here what its journal has lost.
    log.error("relay.forked", { epoch, seq: lastSeq });
    const untilMs = clock.now() + lostKeptMs;
    writeInLoop(till, () => relay.keepLost(batch, firstSeq - 1, untilMs));
    return chain.seq;
  }

  function keepCloudSeq({ terminalId: of, epoch }: RelayChain, cloudSeq: number): void {
    writeInLoop(till, () => {
      const now = relay.chain(of, epoch);
      if (now !== null) relay.putChain({ ...now, cloudSeq: Math.min(cloudSeq, now.seq) });
    });
  }

  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}
