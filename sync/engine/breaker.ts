import type { Clock } from "../../domain/values/ports.ts";
import type { TransportErrorKind } from "./ports.ts";

/** [L1] How the circuit breaker of the line stands, for people. Times are the till's own. */
export interface BreakerStatus {
  /**
   * `closed`: calls pass. `open`: none passes before the next probe. `probing` (half open): one
   * question is on its way and decides.
   */
  readonly state: "closed" | "open" | "probing";
  /** Since when it is closed, or not; null before the first answer of this run. */
  readonly sinceMs: number | null;
  /** Failures in a row, the call that opened it among them; 0 while it is closed. */
  readonly failures: number;
  /** When the next probe goes out, unless somebody wakes it earlier; null while none is planned. */
  readonly nextTryAtMs: number | null;
  /** Why it opened last; null when it never did. */
  readonly last: LastTrouble | null;
}

export interface LastTrouble {
  readonly kind: TransportErrorKind;
  readonly atMs: number;
}

/** Keeps count of what the line does; decides nothing. */
export interface BreakerRecord {
  answered(): void;
  failed(kind: TransportErrorKind): void;
  /** The next probe goes out after `delayMs`. */
  planned(delayMs: number): void;
  probing(): void;
  status(): BreakerStatus;
}

export function createBreakerRecord(clock: Pick<Clock, "now">): BreakerRecord {
  let isClosed = false;
  let isProbing = false;
  let sinceMs: number | null = null;
  let failures = 0;
  let nextTryAtMs: number | null = null;
  let last: LastTrouble | null = null;
  const turn = (closed: boolean) => {
    if (sinceMs === null || closed !== isClosed) sinceMs = clock.now();
    isClosed = closed;
    isProbing = false;
  };
  return {
    answered() {
      turn(true);
      failures = 0;
      nextTryAtMs = null;
    },
    failed(kind) {
      turn(false);
      failures += 1;
      last = { kind, atMs: clock.now() };
    },
    planned(delayMs) {
      nextTryAtMs = clock.now() + delayMs;
    },
    probing() {
      isProbing = true;
      nextTryAtMs = null;
    },
    status: () => ({
      state: isClosed ? "closed" : isProbing ? "probing" : "open",
      sinceMs,
      failures,
      nextTryAtMs,
      last,
    }),
  };
}
