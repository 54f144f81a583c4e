import type { Clock, Log, Random } from "../../domain/values/ports.ts";
import { fullJitterMs } from "./backoff.ts";
import { type BreakerStatus, createBreakerRecord } from "./breaker.ts";
import { createGate } from "./gate.ts";
import { createPause } from "./pause.ts";
import { TransportError } from "./ports.ts";
import type { Tuning } from "./tuning.ts";

/**
 * [L1] Whether the cloud can be reached: the circuit breaker that every call goes through. Up,
 * calls pass. One failure takes it down; then only the probe is sent, after a jittered pause or
 * when somebody wakes it.
 */
export interface Line {
  run(): Promise<void>;
  isUp(): boolean;
  /** Resolves when the line is up, or at the end. */
  whenUp(): Promise<void>;
  /** Makes a call and measures it. A failure on the way takes the line down. */
  call<T>(ask: () => Promise<T>): Promise<Answered<T>>;
  /** A line that is down is probed soon; one that is up stays so. */
  wake(): void;
  /** Gives up every call under way and probes anew. */
  rebuild(): void;
  /** [L1] The breaker as people see it. */
  breaker(): BreakerStatus;
  /** Why the line is down; null while it is up. */
  trouble(): TransportError | null;
  /** How long ago, on the monotonic clock, the cloud last answered; null when it never did. */
  sinceAnswerMs(): number | null;
  /** How long the last answer took; 0 before the first. */
  lastTookMs(): number;
  /** For how long the oldest call has been under way; 0 when none is. */
  longestCallMs(): number;
  stop(): void;
}

export interface Answered<T> extends Timing {
  readonly answer: T;
}

export interface Timing {
  readonly tookMs: number;
  /** When it came, on the monotonic clock: one that overtook another is read later. */
  readonly heardMs: number;
  /** When it was asked for, by this machine's time of day. */
  readonly askedAtMs: number;
}

export interface LineWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly tuning: Tuning;
  /** The smallest question that proves the line, asked through `call`. */
  readonly probe: () => Promise<void>;
  readonly onUp: () => void;
  readonly onDown: () => void;
  /** After every answer while the line is up. */
  readonly onAnswer: () => void;
}

export function createLine(world: LineWorld): Line {
  const { clock, tuning, log } = world;
  const pause = createPause(clock);
  const gate = createGate();
  const calls = createCalls(clock);
  const record = createBreakerRecord(clock);
  let failures = 0;
  /** How often the line came up. */
  let lives = 0;
  let trouble: TransportError | null = null;

  function goUp(): void {
    log.info("sync.line.up", { failures });
    failures = 0;
    lives += 1;
    trouble = null;
    record.answered();
    gate.open();
    world.onUp();
  }

  function goDown(error: TransportError): void {
    if (gate.isOpen()) log.warn("sync.line.down", { kind: error.kind, why: error.message });
    trouble = error;
    record.failed(error.kind);
    gate.shut();
    world.onDown();
  }

  /** Asks once. Up with an answer, however late it comes; null while it has not come. */
  async function askOnce(): Promise<TransportError | null> {
    try {
      await world.probe();
      if (!pause.hasEnded() && !gate.isOpen()) goUp();
      return null;
    } catch (error) {
      return asTransportError(error);
    }
  }

  /**
   * On a slow line the first answer takes long, on one that comes back the first question may be on a
   * connection that died: so another is asked beside it, and whichever is answered first counts.
   */
  async function probe(): Promise<void> {
    const startedMs = clock.monotonicMs();
    pause.forgetWake();
    record.probing();
    const hedge = createHedge();
    const failure = await Promise.race([askOnce(), hedge.over]);
    hedge.cancel();
    if (failure === null || gate.isOpen()) return;
    failures += 1;
    if (failure === unanswered) return goDown(failure);
    const spentMs = clock.monotonicMs() - startedMs;
    const atLeastMs = Math.max(0, tuning.probeSpacingMs - spentMs);
    const delayMs = Math.max(atLeastMs, probeDelayMs(failures, failure, world));
    record.planned(delayMs);
    goDown(failure);
    await pause.sleep(delayMs, atLeastMs);
  }

  function createHedge() {
    const { promise: over, resolve } = Promise.withResolvers<TransportError>();
    return { over, cancel: clock.after(tuning.probeHedgeMs, () => resolve(unanswered)) };
  }

  return {
    async run() {
      while (!pause.hasEnded()) {
        if (gate.isOpen()) await gate.whenShut();
        else await probe();
      }
    },
    isUp: () => gate.isOpen(),
    whenUp: () => gate.whenOpen(),
    async call(ask) {
      const life = gate.isOpen() ? lives : null;
      try {
        const answered = await calls.make(ask);
        if (gate.isOpen()) world.onAnswer();
        return answered;
      } catch (error) {
        // A late word of a question that was asked before the line came up says nothing of it.
        if (gate.isOpen() && life === lives && isLineTrouble(error)) goDown(error);
        throw error;
      }
    },
    wake: () => pause.wake(),
    rebuild() {
      const error = new TransportError("unreachable", "The connection is built anew.");
      goDown(error);
      calls.giveUp(error);
      pause.wake();
    },
    breaker: () => record.status(),
    trouble: () => trouble,
    sinceAnswerMs: () => calls.sinceAnswerMs(),
    lastTookMs: () => calls.lastTookMs(),
    longestCallMs: () => calls.longestMs(),
    stop() {
      pause.end();
      calls.giveUp(new TransportError("unreachable", "The engine stops."));
      gate.end();
    },
  };
}

/** Calls under way, so that none can outlive the line. */
function createCalls(clock: Clock) {
  const underWay = new Set<{ startedMs: number; giveUp: (error: TransportError) => void }>();
  let answeredMs: number | null = null;
  let lastTookMs = 0;
  return {
    lastTookMs: () => lastTookMs,
    async make<T>(ask: () => Promise<T>): Promise<Answered<T>> {
      const { promise: given, reject: giveUp } = Promise.withResolvers<never>();
      const startedMs = clock.monotonicMs();
      const askedAtMs = clock.now();
      const entry = { startedMs, giveUp };
      underWay.add(entry);
      try {
        const answer = await Promise.race([ask(), given]);
        answeredMs = clock.monotonicMs();
        lastTookMs = answeredMs - startedMs;
        return { answer, tookMs: lastTookMs, heardMs: answeredMs, askedAtMs };
      } finally {
        underWay.delete(entry);
      }
    },
    giveUp(error: TransportError) {
      for (const { giveUp } of underWay) giveUp(error);
    },
    sinceAnswerMs: () => (answeredMs === null ? null : clock.monotonicMs() - answeredMs),
    longestMs() {
      const started = [...underWay].map(({ startedMs }) => startedMs);
      return started.length === 0 ? 0 : clock.monotonicMs() - Math.min(...started);
    },
  };
}

function probeDelayMs(failures: number, error: TransportError, world: LineWorld): number {
  const { tuning, random } = world;
  if (error.kind === "unauthorised" || error.kind === "refused") return tuning.patientMs;
  const backoff = { baseMs: tuning.backoffBaseMs, capMs: tuning.backoffCapMs };
  return fullJitterMs(failures, backoff, random);
}

/** What no lane can do anything about: the way to the cloud, or who we are. */
export function isLineTrouble(error: unknown): error is TransportError {
  if (!(error instanceof TransportError)) return false;
  switch (error.kind) {
    case "unreachable":
    case "timeout":
    case "unauthorised":
      return true;
    case "too-large":
    case "refused":
      return false;
  }
}

const unanswered = new TransportError("timeout", "The cloud did not answer yet.");

/** A probe that fails for a reason of our own (a full disk) is told as it is, and tried again. */
function asTransportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TransportError("unreachable", message);
}
