import type { Log } from "../../domain/values/ports.ts";

/** Who wants to be told. A listener that throws hurts neither the teller nor the other listeners. */
export interface Listeners<T> {
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
}

export function createListeners<T>(log: Pick<Log, "error">): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      // A function of its own, so that one listener may be added twice.
      const own = (value: T) => listener(value);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    tell: (value) => {
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          log.error("scanner.listener-failed", { message });
        }
      }
    },
  };
}
