import type { Chance } from "./chance.ts";
import type { Faults } from "./faults.ts";
import type { Schedule } from "./schedule.ts";

/**
 * The way between one machine and the cloud.
 * - `open`: as good as its weather
 * - `down`: no way at all, and both sides know at once
 * - `up-lost`, `down-lost`: one direction swallows everything
 * - `half-open`: both do; connections look alive
 */
export type Cut = "open" | "down" | "up-lost" | "down-lost" | "half-open";

export interface Weather {
  /** One way, each message. */
  readonly leastMs: number;
  readonly mostMs: number;
  /** In 1,000. */
  readonly drop: number;
  readonly duplicate: number;
  /** Held back by up to `delayMs`, so that later ones overtake it. */
  readonly delay: number;
  readonly delayMs: number;
  /** Each direction; 0: as fast as you like. */
  readonly bytesPerSecond: number;
}

export const fairWeather: Weather = {
  leastMs: 2,
  mostMs: 20,
  drop: 0,
  duplicate: 0,
  delay: 0,
  delayMs: 0,
  bytesPerSecond: 0,
};

export type Direction = "up" | "down";

export interface Link {
  cut(): Cut;
  setCut(cut: Cut): void;
  setWeather(weather: Weather): void;
  /** Carries a message, which may arrive later, twice, or never. */
  carry(direction: Direction, bytes: number, arrive: () => void): void;
  /** Hears of every change of the cut. */
  onCut(listener: () => void): () => void;
}

export function createLink(schedule: Schedule, chance: Chance, faults: Faults): Link {
  const listeners = new Set<() => void>();
  const busyUntilMs = { up: 0, down: 0 };
  let state: Cut = "open";
  let weather = fairWeather;

  function swallows(direction: Direction): boolean {
    if (state === "open") return false;
    if (state === "up-lost") return direction === "up";
    if (state === "down-lost") return direction === "down";
    return true;
  }

  function travelMs(direction: Direction, bytes: number): number {
    const { leastMs, mostMs, delay, delayMs, bytesPerSecond } = weather;
    let ms = chance.between(leastMs, mostMs);
    if (bytesPerSecond > 0) {
      const startMs = Math.max(schedule.nowMs(), busyUntilMs[direction]);
      busyUntilMs[direction] = startMs + (bytes / bytesPerSecond) * 1_000;
      ms += busyUntilMs[direction] - schedule.nowMs();
      faults.note("throttled");
    }
    if (delay > 0 && chance.happens(delay)) {
      ms += chance.between(1, delayMs);
      faults.note("delayed");
    }
    return ms;
  }

  function send(direction: Direction, bytes: number, arrive: () => void): void {
    schedule.after(travelMs(direction, bytes), () => {
      // Cut while it was on its way.
      if (!swallows(direction)) arrive();
    });
  }

  return {
    cut: () => state,
    setCut(cut) {
      if (cut === state) return;
      state = cut;
      for (const listener of listeners) listener();
    },
    setWeather(next) {
      weather = next;
      busyUntilMs.up = 0;
      busyUntilMs.down = 0;
    },
    carry(direction, bytes, arrive) {
      if (swallows(direction)) return faults.note("swallowed");
      if (chance.happens(weather.drop)) return faults.note("dropped");
      send(direction, bytes, arrive);
      if (!chance.happens(weather.duplicate)) return;
      faults.note("duplicated");
      send(direction, bytes, arrive);
    },
    onCut(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
