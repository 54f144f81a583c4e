import type { Log } from "../../domain/values/ports.ts";
import type { RelayChain } from "../../ledger/tables/relay.ts";
import { protocolVersion } from "../../sync/protocol/versions.ts";
import type { Till } from "../state/till.ts";
import { writeInLoop } from "../loops/write.ts";
import { factsOf } from "./relay.ts";

/** How often a hub looks for facts that the cloud may lack; a till usually brings its own first. */
const everyMs = 5_000;
/** What the cloud has is kept for tills that were away for a day or two. */
const keptMs = 48 * 3_600_000;

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

  function look(): void {
    void once().finally(() => {
      if (!stopped) cancel = clock.after(everyMs, look);
    });
  }

  async function once(): Promise<void> {
    if (till.loops.syncStatus()?.connection !== "online") return;
    try {
      for (const chain of relay.unrelayed(terminalId)) await handOn(chain);
      if (!stopped) writeInLoop(till, () => void relay.forget(clock.now() - keptMs));
    } catch (error) {
      log.warn("relay.failed", { why: String(error) });
    }
  }

  async function handOn(chain: RelayChain): Promise<void> {
    let cloudSeq = chain.cloudSeq;
    while (!stopped && cloudSeq < chain.seq) {
      const batch = relay.batchWith(chain.terminalId, chain.epoch, cloudSeq + 1);
      if (batch === null || transport === null) return;
      const { epoch, firstSeq, signature } = batch;
      const answer = await transport.push({
        protocol: protocolVersion,
        ...{ epoch, firstSeq, facts: [...factsOf(batch)] },
        relayed: { terminalId: chain.terminalId, signature },
      });
      const next = seqAfter(answer, batch.lastSeq);
      if (answer.outcome === "forked") {
        // The till itself will begin a new epoch; of this one nothing more is wanted.
        log.error("relay.forked", { epoch, seq: batch.lastSeq });
      }
      if (stopped || (next <= cloudSeq && answer.outcome === "accepted")) return;
      // A gap: the cloud was set back. What is still here goes again, the rest the till brings.
      if (next < firstSeq - 1 && relay.batchWith(chain.terminalId, epoch, next + 1) === null)
        return;
      cloudSeq = next;
      keepCloudSeq(chain, cloudSeq);
    }
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

function seqAfter(
  { outcome, head }: { readonly outcome: string; readonly head: { readonly seq: number } },
  lastSeq: number,
): number {
  return outcome === "forked" ? lastSeq : head.seq;
}
