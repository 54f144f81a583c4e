import type { Clock, Log } from "../../domain/values/ports.ts";
import type { ClockMeasured } from "../../domain/values/clock-reading.ts";
import { genesisHash } from "../../domain/facts/chain.ts";
import { unreachable } from "../../domain/values/assert.ts";
import type { Head } from "../protocol/wire.ts";
import { compareHeads, hashAt, isSameHead } from "./compare-heads.ts";
import type { Timing } from "./line.ts";
import { type SyncLedger, TransportError } from "./ports.ts";

/** [U5] What the cloud last said of this terminal's chain, and what follows from it. */
export interface CloudWord {
  /** Null until it was heard in this run, or of this epoch. */
  head(): Head | null;
  /** Server time − local time, milliseconds; null when never measured. */
  clockSkewMs(): number | null;
  heard(head: Head, serverTimeMs: number, timing: Timing): void;
  /** [L1] An answer whose word on the chain is old: only its time counts. */
  timed(serverTimeMs: number, timing: Timing): void;
  /** [R3] The cloud is another than the one that said it. */
  forget(): void;
  /** Takes in an answer to `head`: proves, moves the mark back, or begins a new epoch. */
  compare(head: Head): void;
  /** [U7] The mark moves back to the cloud's word. */
  setBack(head: Head): void;
  /** [U2] Closes the forked epoch. */
  beginEpoch(cloudHead: Head): void;
  isProvedEqual(): boolean;
}

export interface CloudWordWorld {
  readonly ledger: SyncLedger;
  readonly clock: Clock;
  readonly log: Log;
  /** The cloud has said nothing yet of the epoch that begins. */
  readonly onNewEpoch: () => void;
  /** [R3] The cloud holds less than it did. */
  readonly onSetBack: () => void;
  /** [L1] After each answer. */
  readonly onClock?: ((measured: ClockMeasured) => void) | undefined;
}

/**
 * Two forks in so short a time are a fault of somebody's: a journal must not grow by being copied.
 */
const forkSpacingMs = 10_000;

export function createCloudWord(world: CloudWordWorld): CloudWord {
  const { ledger, clock, log } = world;
  let word: Head | null = null;
  let skewMs: number | null = null;
  let forkedAtMs: number | null = null;

  function beginEpoch(cloudHead: Head): void {
    const nowMs = clock.monotonicMs();
    if (forkedAtMs !== null && nowMs - forkedAtMs < forkSpacingMs) {
      throw new TransportError("refused", "The cloud calls a new chain forked. Ask for help.");
    }
    forkedAtMs = nowMs;
    const { epoch, seq } = ledger.head();
    log.error("sync.forked", { epoch, seq, cloudSeq: cloudHead.seq });
    // [R3] The chains part before the mark: what a cloud acknowledged that is gone travels again too.
    const isBelowMark = cloudHead.epoch === epoch && cloudHead.seq <= ledger.acked().seq;
    if (isBelowMark && hashAt(ledger, cloudHead.seq) !== cloudHead.hash) {
      ledger.recordAck({ epoch, seq: 0, hash: genesisHash }, [], clock.now());
    }
    ledger.openNewEpoch(plain(cloudHead), clock.now());
    word = null;
    world.onNewEpoch();
  }

  function setBack(head: Head): void {
    log.error("sync.set-back", { epoch: head.epoch, from: ledger.acked().seq, to: head.seq });
    ledger.recordAck(plain(head), [], clock.now());
    world.onSetBack();
  }

  function timed(serverTimeMs: number, { tookMs, heardMs, askedAtMs }: Timing): void {
    const nowMs = clock.now();
    const sinceHeardMs = clock.monotonicMs() - heardMs;
    // The answer was made somewhere between asking and hearing: half way is the best guess.
    skewMs = Math.round(serverTimeMs + tookMs / 2 + sinceHeardMs - nowMs);
    // The clock was set meanwhile, or the machine slept, which a monotonic clock does not count.
    const movedMs = Math.abs(nowMs - askedAtMs - tookMs - sinceHeardMs);
    world.onClock?.({ skewMs, uncertaintyMs: Math.ceil(tookMs / 2 + movedMs) + 1 });
  }

  return {
    head: () => (word?.epoch === ledger.head().epoch ? word : null),
    clockSkewMs: () => skewMs,
    heard(head, serverTimeMs, timing) {
      word = plain(head);
      timed(serverTimeMs, timing);
    },
    timed,
    forget() {
      word = null;
    },
    compare(head) {
      const relation = compareHeads(ledger, head);
      switch (relation) {
        case "equal":
          // With verdicts still to be learnt the mark stays: the same facts are sent again.
          if (isSameHead(head, ledger.acked())) ledger.recordAck(plain(head), [], clock.now());
          return;
        case "behind":
        case "outdated":
          return;
        case "set-back":
          return setBack(head);
        case "forked":
          return beginEpoch(head);
        default:
          return unreachable(relation);
      }
    },
    setBack,
    beginEpoch,
    isProvedEqual() {
      const head = ledger.head();
      return word !== null && isSameHead(word, head) && isSameHead(ledger.acked(), head);
    },
  };
}

function plain({ epoch, seq, hash }: Head): Head {
  return { epoch, seq, hash };
}
