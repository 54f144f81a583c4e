import { genesisHash } from "../../domain/facts/chain.ts";
import { assert } from "../../domain/values/assert.ts";
import type { Sha256 } from "../../domain/values/ports.ts";
import { createSampleTill, type SampleTill } from "../protocol/sample-till.ts";
import type { Change, Head, Verdict } from "../protocol/wire.ts";
import type { AckedMark, SyncLedger } from "./ports.ts";

/**
 * The engine's ledger without a disk: for tests of the engine. Keeps what it was told, to be looked
 * at.
 */
export interface MemoryLedger extends SyncLedger {
  /** The journal of the current epoch. */
  till(): SampleTill;
  readonly applied: readonly Change[];
  /** Verdicts that were not plain. */
  readonly verdicts: readonly Verdict[];
  /** What the cloud held when an epoch was closed. */
  readonly forks: readonly Head[];
  /** The next call of the named method throws this once. */
  failOnce(method: "recordAck" | "applyChanges", error: Error): void;
}

export interface MemoryLedgerOptions {
  readonly terminalId: string;
  readonly sha256: Sha256;
  readonly salt?: number;
}

export function createMemoryLedger(options: MemoryLedgerOptions): MemoryLedger {
  let till = createSampleTill(options);
  let mark: AckedMark = { ...till.head, provedAtMs: null };
  let cursor = 0;
  const applied: Change[] = [];
  const verdicts: Verdict[] = [];
  const forks: Head[] = [];
  const failures = new Map<string, Error>();

  function failIfTold(method: string): void {
    const error = failures.get(method);
    failures.delete(method);
    if (error !== undefined) throw error;
  }

  return {
    till: () => till,
    applied,
    verdicts,
    forks,
    failOnce: (method, error) => void failures.set(method, error),
    head: () => till.head,
    acked: () => mark,
    cursor: () => cursor,
    unsent(afterSeq, { maxCount, maxBytes }) {
      const entries = till.facts
        .slice(afterSeq, afterSeq + maxCount)
        .map((fact, i) => ({ ...fact, seq: afterSeq + 1 + i }));
      let bytes = 0;
      return entries.filter(({ body }, i) => {
        bytes += body.length;
        return i === 0 || bytes <= maxBytes;
      });
    },
    backlog() {
      const count = till.facts.length - mark.seq;
      const oldest = till.facts[mark.seq];
      return { count, oldestAtMs: oldest === undefined ? null : atMsOf(oldest.body) };
    },
    recordAck(head, notPlain, atMs) {
      failIfTold("recordAck");
      assert(head.epoch === till.head.epoch, "the mark stays in its epoch");
      const held = head.seq === 0 ? genesisHash : till.facts[head.seq - 1]?.hash;
      assert(held === head.hash, "[U5] the mark is a place of the journal");
      mark = { ...head, provedAtMs: atMs };
      verdicts.push(...notPlain);
    },
    openNewEpoch(cloudHead) {
      forks.push(cloudHead);
      const waiting = till.facts.slice(mark.seq);
      till = createSampleTill({ ...options, epoch: till.epoch + 1 });
      mark = { ...till.head, provedAtMs: null };
      for (const fact of waiting) till.rewrite(fact);
    },
    applyChanges(changes, newCursor) {
      failIfTold("applyChanges");
      assert(newCursor > cursor, "[D1] the cursor moves on");
      applied.push(...changes);
      cursor = newCursor;
    },
  };
}

function atMsOf(body: string): number {
  try {
    return (JSON.parse(body) as { atMs: number }).atMs;
  } catch {
    return 0;
  }
}
