/**
 * Notices a program that hangs without dying: it is asked now and then, and its answers are
 * heard.
 */
export interface Heartbeat {
  /** It answered. */
  heard(): void;
  stop(): void;
}

export interface HeartbeatParts {
  /** Sends the question; a program that lives says something soon. */
  readonly ask: () => void;
  /** It was asked and said nothing for `patienceMs`. Called once. */
  readonly onSilent: () => void;
  readonly patienceMs: number;
  /** Monotonic. */
  readonly nowMs?: () => number;
}

/**
 * A question may go unanswered while a disk is slow; half a minute without one is no slowness any
 * more.
 */
export const usualPatienceMs = 30_000;

/** How many questions fit into the patience. */
const questions = 6;

/**
 * Begins to ask. A machine that slept, or a watcher that was stopped itself, proves nothing:
 * where a question came much later than it was due, the patience begins anew.
 */
export function watchHeartbeat(parts: HeartbeatParts): Heartbeat {
  const { ask, onSilent, patienceMs, nowMs = () => performance.now() } = parts;
  const everyMs = patienceMs / questions;
  let heardMs = nowMs();
  let askedMs = heardMs;
  const timer = setInterval(() => {
    const now = nowMs();
    if (now - askedMs > 2 * everyMs) heardMs = now;
    askedMs = now;
    if (now - heardMs >= patienceMs) {
      clearInterval(timer);
      onSilent();
    } else ask();
  }, everyMs);
  return {
    heard() {
      heardMs = nowMs();
    },
    stop: () => clearInterval(timer),
  };
}
