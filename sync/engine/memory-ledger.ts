import { genesisHash } from "../../domain/facts/chain.ts";
import { assert } from "../../domain/values/assert.ts";
import type { Sha256 } from "../../domain/values/ports.ts";
import { createSampleTill, type SampleTill } from "../protocol/sample-till.ts";
import type { SnapshotPage } from "../protocol/snapshot.ts";
import type { Change, Head, Verdict } from "../protocol/wire.ts";
import type { AckedMark, FeedSeen, SnapshotUnderWay, SyncLedger } from "./ports.ts";

/**
 * The engine's ledger without a disk: for tests of the engine. Keeps what it was told, to be looked
 * at.
 */
export interface MemoryLedger extends SyncLedger {
  /** The journal of the current epoch. */
  till(): SampleTill;
  readonly applied: readonly Change[];
  /** The pages of the last snapshot. */
  readonly pages: readonly SnapshotPage[];
  /** Verdicts that were not plain. */
  readonly verdicts: readonly Verdict[];
  /** What the cloud held when an epoch was closed. */
  readonly forks: readonly Head[];
  /** The next call of the named method throws this once. */
  failOnce(method: "recordAck" | "applyChanges" | "takeSnapshotPage", error: Error): void;
}

export interface MemoryLedgerOptions {
  readonly terminalId: string;
  readonly sha256: Sha256;
  readonly salt?: number;
  /** [D2] Begins with a snapshot, as a new till does; else it reads the feed from its beginning. */
  readonly isNew?: boolean;
}

export function createMemoryLedger(options: MemoryLedgerOptions): MemoryLedger {
  let till = createSampleTill(options);
  let mark: AckedMark = { ...till.head, provedAtMs: null };
  let cursor = 0;
  let seen: FeedSeen = { stamp: null, known: 0, read: null };
  let isNew = options.isNew === true;
  let underWay: SnapshotUnderWay | null = null;
  const applied: Change[] = [];
  const verdicts: Verdict[] = [];
  const pages: SnapshotPage[] = [];
  const past: SampleTill[] = [];
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
    ledgerId: () => `memory ${options.salt ?? 1}/${till.epoch}`,
    past: () => past.map(({ head }) => head),
    unsent(afterSeq, { maxCount, maxBytes }, epoch = till.epoch) {
      const journal = past.find((older) => older.epoch === epoch) ?? till;
      const entries = journal.facts
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
      past.push(till);
      till = createSampleTill({ ...options, epoch: till.epoch + 1 });
      mark = { ...till.head, provedAtMs: null };
      for (const fact of waiting) till.rewrite(fact);
    },
    seen: () => seen,
    hearsay: () => [],
    placeHearsay: () => {},
    isNew: () => isNew,
    applyChanges(changes, newCursor, about) {
      failIfTold("applyChanges");
      assert(newCursor >= cursor, "[D1] the cursor moves on");
      assert(newCursor > cursor || changes.length === 0, "[D1] the cursor moves on");
      applied.push(...changes);
      cursor = newCursor;
      seen = { ...seen, stamp: about?.stamp ?? null };
    },
    pages,
    snapshot: () => underWay,
    beginSnapshot(why) {
      pages.length = 0;
      underWay = { why, next: null, done: 0, total: 0 };
    },
    takeSnapshotPage(page) {
      failIfTold("takeSnapshotPage");
      assert(underWay !== null, "[D2] a page belongs to a snapshot");
      pages.push(page);
      const { next, done, total } = page;
      underWay = next === null ? null : { ...underWay, next, done, total };
      if (underWay !== null) return;
      cursor = page.floor;
      seen = { stamp: page.stampAtFloor, known: page.asOf, read: page.read ?? null };
      isNew = false;
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
