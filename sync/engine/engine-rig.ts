import type { ClockMeasured } from "../../domain/values/clock-reading.ts";
import type { Sha256 } from "../../domain/values/ports.ts";
import { createSyncEngine } from "./engine.ts";
import { createMemoryLedger, type MemoryLedger } from "./memory-ledger.ts";
import type { SyncEngine } from "./ports.ts";
import { createScriptedCloud, type ScriptedCloud } from "./scripted-cloud.ts";
import type { Tuning } from "./tuning.ts";
import { createSeededRandom, createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

/** A till's engine between a ledger in memory and a scripted cloud, in time that a test moves. */
export interface EngineRig {
  readonly clock: VirtualClock;
  readonly ledger: MemoryLedger;
  readonly cloud: ScriptedCloud;
  readonly engine: SyncEngine;
  /** Names of what was logged. */
  readonly logged: readonly string[];
  /** [L1] What was measured of the clock. */
  readonly measured: readonly ClockMeasured[];
  start(): Promise<void>;
  sell(count: number): void;
  sellAndSend(count: number): Promise<void>;
  pushes(): readonly string[];
  /** Another engine on the same ledger and cloud: the till was started again. */
  again(): EngineRig;
}

export interface RigOptions {
  readonly sha256: Sha256;
  /** Resolves when everything that needs no time has happened. */
  readonly settle: () => Promise<void>;
  readonly tuning?: Partial<Tuning>;
  /** [D2] The till never read anything. */
  readonly isNew?: boolean;
}

export const rigTerminalId = "0195d000-0000-7000-8000-00000000a001";
export const rigStartMs = Date.UTC(2026, 10, 23, 9);

export function createEngineRig(options: RigOptions): EngineRig {
  const clock = createVirtualClock(rigStartMs, options.settle);
  const ledger = createMemoryLedger({
    terminalId: rigTerminalId,
    sha256: options.sha256,
    isNew: options.isNew ?? false,
  });
  return assemble(options, clock, ledger, createScriptedCloud(clock));
}

function assemble(
  options: RigOptions,
  clock: VirtualClock,
  ledger: MemoryLedger,
  cloud: ScriptedCloud,
): EngineRig {
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const log = { info: note, warn: note, error: note };
  const random = createSeededRandom(20_261_123);
  const { tuning } = options;
  const measured: ClockMeasured[] = [];
  const onClock = (reading: ClockMeasured) => void measured.push(reading);
  const engine = createSyncEngine({
    ...{ ledger, transport: cloud, clock, random, log, tuning, onClock },
  });
  const sell = (count: number) => {
    for (let i = 0; i < count; i++) ledger.till().sell(["milk"]);
  };
  return {
    clock,
    ledger,
    cloud,
    engine,
    logged,
    measured,
    async start() {
      engine.start();
      await clock.advance(10);
    },
    sell,
    async sellAndSend(count) {
      sell(count);
      engine.wake();
      await clock.advance(10);
    },
    pushes: () => cloud.calls.filter((call) => call.startsWith("push")),
    again: () => assemble(options, clock, ledger, cloud),
  };
}
