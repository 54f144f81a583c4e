import type { Clock, Log, Random } from "../../domain/values/ports.ts";
import type { TillReport } from "../protocol/office.ts";
import type { ClockMeasured } from "../../domain/values/clock-reading.ts";
import type { Change } from "../protocol/wire.ts";
import { createBatchSize } from "./batch-size.ts";
import { createCloudWord } from "./cloud-word.ts";
import { isSameHead } from "./compare-heads.ts";
import { createLane, type Lane } from "./lane.ts";
import { createLine, type Line } from "./line.ts";
import { createPokes, type Pokes } from "./pokes.ts";
import {
  type SyncEngine,
  type SyncLedger,
  type SyncStatus,
  type Transport,
  TransportError,
} from "./ports.ts";
import { createMendPast } from "./mend-past.ts";
import { pullOnce } from "./pull.ts";
import { createPusher } from "./push.ts";
import { createSelling } from "./selling.ts";
import { statusOf } from "./status.ts";
import { type Tuning, usualTuning } from "./tuning.ts";
import { createWatchdog } from "./watchdog.ts";

export interface SyncEngineWorld {
  readonly ledger: SyncLedger;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly tuning?: Partial<Tuning> | undefined;
  /** [L1] Hears of every measurement of the clock; what is worth keeping is the listener's to say. */
  readonly onClock?: ((measured: ClockMeasured) => void) | undefined;
  /** What the till says of itself whenever the heads are compared. */
  readonly report?: (() => TillReport) | undefined;
}

/**
 * Keeps a terminal's ledger and its cloud in step, by the rules of sync/SPEC.md. Asks nobody but
 * its world for time, chance and the network, so that the same world runs the same way.
 */
export function createSyncEngine(world: SyncEngineWorld): SyncEngine {
  const statusListeners = new Set<(status: SyncStatus) => void>();
  const snapshotListeners = new Set<() => void>();
  const changeListeners = new Set<(changes: readonly Change[]) => void>();
  let feedEnd: number | null = null;
  let ended: Promise<unknown> = Promise.resolve();

  const parts = assemble(world, {
    onChange() {
      if (statusListeners.size === 0) return;
      const status = statusOrNull();
      if (status === null) return;
      for (const listener of statusListeners) listener(status);
    },
    onPage(page) {
      ({ feedEnd } = page);
      if (page.changes.length === 0) return;
      for (const listener of changeListeners) listener(page.changes);
    },
    onSnapshot() {
      for (const listener of snapshotListeners) listener();
    },
  });
  const { line, push, pull, proof, mending, pokes, watchdog, selling } = parts;
  const lanes = [push, pull, proof, mending];
  /**
   * A ledger that cannot be read (a damaged file) has no status to tell; the lanes go on all the
   * same.
   */
  const statusOrNull = () => {
    try {
      return statusNow();
    } catch (error) {
      world.log.error("sync.status.unread", { why: String(error) });
      return null;
    }
  };
  const statusNow = () =>
    statusOf({ ...parts, ledger: world.ledger, lanes, feedEnd: () => feedEnd });

  return {
    start() {
      watchdog.start();
      ended = Promise.all([line.run(), ...lanes.map((lane) => lane.run())]);
    },
    wake() {
      selling.look();
      line.wake();
      push.wake();
      // Nothing to send: whoever wakes us wants to know what is new.
      if (world.ledger.backlog().count === 0) pull.wake();
    },
    status: statusNow,
    onStatus: (listener) => enlist(statusListeners, listener),
    onChanges: (listener) => enlist(changeListeners, listener),
    onSnapshot: (listener) => enlist(snapshotListeners, listener),
    async stop() {
      watchdog.stop();
      pokes.stop();
      for (const lane of lanes) lane.stop();
      line.stop();
      await world.transport.close();
      await ended;
    },
  };
}

interface Listeners {
  readonly onChange: () => void;
  readonly onPage: (page: {
    readonly changes: readonly Change[];
    readonly feedEnd: number;
  }) => void;
  readonly onSnapshot: () => void;
}

/** The parts, each knowing of the others only what it must. */
function assemble(world: SyncEngineWorld, { onChange, onPage, onSnapshot }: Listeners) {
  const { ledger, transport, clock } = world;
  const tuning = { ...usualTuning, ...world.tuning };
  const selling = createSelling(world, tuning);
  const size = createBatchSize(tuning, () => selling.isNow());
  const never = Number.NEGATIVE_INFINITY;
  let comparedMs = never;
  const cloud = createCloudWord({
    ...world,
    onNewEpoch() {
      comparedMs = never;
      proof.wake();
    },
    onSetBack() {
      past.lookAgain();
      pull.wake();
    },
  });

  /** [R3] What the cloud said before says nothing any more: it is asked anew, and nothing is proved. */
  function onRestored(): void {
    cloud.forget();
    comparedMs = never;
    proof.wake();
    past.lookAgain();
  }

  /** [U5] Asks the cloud for its head: at start, when the line was down, and now and then. */
  async function compare(): Promise<void> {
    const { epoch } = ledger.head();
    const mark = ledger.acked();
    const ask = () => transport.head(epoch, world.report?.(), mark.seq);
    const { answer, ...timing } = await line.call(ask);
    comparedMs = clock.monotonicMs();
    // [U7] A push was answered meanwhile: this may have been said before it arrived there.
    if (!isSameHead(mark, ledger.acked())) return cloud.timed(answer.serverTimeMs, timing);
    cloud.heard(answer, answer.serverTimeMs, timing);
    cloud.compare(answer);
  }

  const line: Line = createLine({
    ...world,
    tuning,
    probe: compare,
    onUp() {
      for (const lane of [push, pull]) lane.wake();
      pokes.ensure();
      onChange();
    },
    onDown: onChange,
    onAnswer: () => pokes.ensure(),
  });
  const laneWorld = { ...world, tuning, line, onChange };
  const past = createMendPast({ ...laneWorld, limits: () => size.limits() });
  const push: Lane = createLane({
    ...laneWorld,
    name: "push",
    step: createPusher({ ...world, line, size, cloud, onNews: () => pull.wake() }),
    idleMs: () => tuning.pollMs,
  });
  const pull: Lane = createLane({
    ...laneWorld,
    name: "pull",
    step: () => pullOnce({ ...world, ...tuning, line, onPage, onRestored, onSnapshot }),
    idleMs: () => (pokes.isConnected() ? tuning.pollMs : tuning.pollUnpokedMs),
  });
  const proof: Lane = createLane({
    ...laneWorld,
    name: "proof",
    async step() {
      if (clock.monotonicMs() - comparedMs < tuning.probeSpacingMs) return "idle";
      await compare();
      push.wake();
      return "idle";
    },
    idleMs: () => tuning.proofMs,
  });
  const pokes: Pokes = createPokes({
    clock,
    transport,
    resubscribeMs: tuning.resubscribeMs,
    onPoke() {
      line.wake();
      pull.wake();
    },
    onConnection() {
      // Connected: what was poked before was not heard, and it may be another cloud that answers.
      // Not any more: the first sign of a cloud that goes.
      pull.wake();
      proof.wake();
      onChange();
    },
  });
  const watchdog = createWatchdog({
    clock,
    line,
    ledger,
    tuning,
    isRefused: () => push.trouble() instanceof TransportError,
    onStuck(why) {
      world.log.error("sync.rebuild", { why, unsent: ledger.backlog().count });
      transport.reset();
      pokes.drop();
      line.rebuild();
    },
  });
  return { cloud, line, push, pull, proof, mending: past.lane, pokes, watchdog, selling };
}

function enlist<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
