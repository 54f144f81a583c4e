import type { Clock } from "../../domain/values/ports.ts";

/** A sleep that can be ended early. A wake that finds nobody asleep ends the next sleep early. */
export interface Pause {
  /** Resolves after `delayMs`, or on a wake, but not before `atLeastMs`. */
  sleep(delayMs: number, atLeastMs?: number): Promise<void>;
  wake(): void;
  /** Forgets a wake that came before now: whoever looks now sees what it was about. */
  forgetWake(): void;
  /** Nobody sleeps any more, now or later. */
  end(): void;
  hasEnded(): boolean;
}

export function createPause(clock: Clock): Pause {
  let isWoken = false;
  let isOver = false;
  let onWake: (() => void) | null = null;

  return {
    sleep(delayMs, atLeastMs = 0) {
      if (isOver) return Promise.resolve();
      const startedMs = clock.monotonicMs();
      const soonestMs = () => Math.max(0, startedMs + atLeastMs - clock.monotonicMs());
      const firstMs = isWoken ? atLeastMs : Math.max(delayMs, atLeastMs);
      isWoken = false;
      if (firstMs === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const finish = () => {
          onWake = null;
          resolve();
        };
        let cancel = clock.after(firstMs, finish);
        onWake = () => {
          cancel();
          const restMs = isOver ? 0 : soonestMs();
          if (restMs === 0) finish();
          else cancel = clock.after(restMs, finish);
        };
      });
    },
    wake() {
      if (onWake === null) isWoken = true;
      else onWake();
    },
    forgetWake() {
      isWoken = false;
    },
    end() {
      isOver = true;
      onWake?.();
    },
    hasEnded: () => isOver,
  };
}
