import type { Clock } from "../../domain/values/ports.ts";
import type { Transport } from "./ports.ts";

/** [L1] The subscription to pokes, asked for anew whenever it is lost and the cloud answers. */
export interface Pokes {
  /** The cloud answered just now: if there is no subscription this is the moment for one. */
  ensure(): void;
  isConnected(): boolean;
  /** Forgets the subscription that there was. */
  drop(): void;
  stop(): void;
}

export interface PokesWorld {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly resubscribeMs: number;
  readonly onPoke: () => void;
  /** With `true` pokes may have been missed; with `false` the cloud may be gone. */
  readonly onConnection: (connected: boolean) => void;
}

type State = "none" | "asked" | "connected";

export function createPokes(world: PokesWorld): Pokes {
  const { clock, transport } = world;
  let state: State = "none";
  let askedMs: number | null = null;
  let isStopped = false;
  let cancel: () => void = () => undefined;
  /** Tells the subscription that counts from those that were given up. */
  let current: object = {};

  function ask(): void {
    const mine = {};
    current = mine;
    state = "asked";
    askedMs = clock.monotonicMs();
    cancel = transport.subscribe(
      () => {
        if (current === mine) world.onPoke();
      },
      (connected) => {
        if (current !== mine) return;
        state = connected ? "connected" : "none";
        world.onConnection(connected);
      },
    );
  }

  function drop(): void {
    current = {};
    state = "none";
    cancel();
  }

  return {
    ensure() {
      if (isStopped || state !== "none") return;
      const sinceMs = askedMs === null ? null : clock.monotonicMs() - askedMs;
      if (sinceMs === null || sinceMs >= world.resubscribeMs) ask();
    },
    isConnected: () => state === "connected",
    drop,
    stop() {
      isStopped = true;
      drop();
    },
  };
}
