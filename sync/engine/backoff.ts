import { assert } from "../../domain/values/assert.ts";
import type { Random } from "../../domain/values/ports.ts";

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/**
 * [L1] How long to wait after the `failures`-th failure in a row: full jitter, any whole
 * millisecond from 0 to `base × 2^(failures − 1)`, at most `cap`. A hundred tills do not come back
 * in one instant.
 */
export function fullJitterMs(failures: number, { baseMs, capMs }: Backoff, random: Random): number {
  assert(failures >= 1, "backoff begins with the first failure");
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 20));
  return Math.floor(fraction(random) * (ceiling + 1));
}

/** From 0 up to but not 1. */
function fraction(random: Random): number {
  const bytes = random.bytes(4);
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32;
}
