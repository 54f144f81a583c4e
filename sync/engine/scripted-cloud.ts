import type { Clock } from "../../domain/values/ports.ts";
import type { Change, PushResponse, WireFact } from "../protocol/wire.ts";
import { type Transport, TransportError, type TransportErrorKind } from "./ports.ts";
import { createScriptedChains } from "./scripted-chains.ts";
import { createScriptedFeed } from "./scripted-feed.ts";

/**
 * A line and a cloud that do as a test tells them. It keeps one terminal's chains and a feed, by
 * the same rules in few words; that the real service keeps them is proved elsewhere.
 */
export interface ScriptedCloud extends Transport {
  /** Every call fails so until told otherwise; null: they pass. */
  failWith(kind: TransportErrorKind | null): void;
  /** The next push is taken in, and its answer lost. */
  loseNextAnswer(): void;
  /** Calls get no answer and no error, for ever. */
  hang(hangs: boolean): void;
  /** What an answer to a push says instead of the truth, once. */
  answerNext(change: (answer: PushResponse) => PushResponse): void;
  /** Facts that mention this are parked. */
  parkThoseWith(text: string): void;
  /** Requests of more facts than this are too large. */
  takeAtMost(facts: number): void;
  /** Restores a backup: the chain of an epoch ends at `seq` again. */
  setBack(epoch: number, seq: number): void;
  publish(...changes: Change[]): void;
  /** [D5] A backup was put back: the feed's past is another one. */
  readonly beginLife: (name: string) => void;
  /** [D6] Entries up to here are told no more. */
  readonly forgetFeed: (upTo: number) => void;
  /** [D2] The snapshot under way cannot go on. */
  readonly expireSnapshot: () => void;
  /** Tells subscribers that there is something, or cuts them off. */
  poke(): void;
  cutSubscriptions(): void;
  chain(epoch: number): readonly WireFact[];
  readonly calls: readonly string[];
  resets(): number;
  serverClockAheadMs: number;
}

export function createScriptedCloud(clock: Clock): ScriptedCloud {
  const chains = createScriptedChains();
  const feed = createScriptedFeed();
  const calls: string[] = [];
  const subscribers = new Set<{ poke: () => void; connection: (up: boolean) => void }>();
  let fault: TransportErrorKind | null = null;
  let losesAnswer = false;
  let hangs = false;
  let most = Number.POSITIVE_INFINITY;
  let change: ((answer: PushResponse) => PushResponse) | null = null;
  let resets = 0;

  async function pass(call: string): Promise<void> {
    calls.push(call);
    if (hangs) await new Promise<never>(() => undefined);
    if (fault !== null) throw new TransportError(fault, `scripted: ${fault}`);
  }

  const cloud: ScriptedCloud = {
    calls,
    serverClockAheadMs: 0,
    async push(request) {
      await pass(`push ${request.epoch}/${request.firstSeq}+${request.facts.length}`);
      if (request.facts.length > most) throw new TransportError("too-large", "scripted: 413");
      const answer = {
        ...chains.take(request),
        serverTimeMs: clock.now() + cloud.serverClockAheadMs,
      };
      if (losesAnswer) {
        losesAnswer = false;
        throw new TransportError("unreachable", "scripted: the answer was lost");
      }
      const how = change;
      change = null;
      return how?.(answer) ?? answer;
    },
    async head(epoch) {
      await pass(`head ${epoch}`);
      return { ...chains.headOf(epoch), serverTimeMs: clock.now() + cloud.serverClockAheadMs };
    },
    async pull(after, limit, _held, seen) {
      await pass(`pull ${after}`);
      return feed.page(after, limit, seen);
    },
    async snapshot(after, limit) {
      await pass(`snapshot ${after ?? "-"}`);
      return feed.snapshot(after, limit);
    },
    subscribe(poke, connection) {
      calls.push("subscribe");
      const subscriber = { poke, connection };
      if (fault === null) {
        subscribers.add(subscriber);
        connection(true);
      } else {
        connection(false);
      }
      return () => void subscribers.delete(subscriber);
    },
    reset() {
      resets += 1;
      subscribers.clear();
    },
    close: async () => subscribers.clear(),
    failWith: (kind) => {
      fault = kind;
    },
    loseNextAnswer: () => {
      losesAnswer = true;
    },
    hang: (value) => {
      hangs = value;
    },
    answerNext: (how) => {
      change = how;
    },
    parkThoseWith: chains.parkThoseWith,
    takeAtMost: (facts) => {
      most = facts;
    },
    setBack: (epoch, seq) => void chains.chainOf(epoch).splice(seq),
    beginLife: feed.beginLife,
    forgetFeed: feed.forget,
    expireSnapshot: feed.expireSnapshot,
    publish: (...changes) => feed.publish(changes),
    poke: () => {
      for (const { poke } of subscribers) poke();
    },
    cutSubscriptions: () => {
      const cut = [...subscribers];
      subscribers.clear();
      for (const { connection } of cut) connection(false);
    },
    chain: chains.chainOf,
    resets: () => resets,
  };
  return cloud;
}
