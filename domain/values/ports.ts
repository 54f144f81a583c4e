/**
 * What the program may ask of the world. Shells pass real ones, the simulator passes seeded ones;
 * nothing else in domain, ledger, sync or host may ask for time or chance.
 */

export interface Clock {
  /** Wall time, epoch milliseconds. May jump; never used for order or for durations. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes back. For durations only. */
  monotonicMs(): number;
  /** Calls `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

export interface Random {
  /** `count` random bytes. Cryptographically strong in the real shells. */
  bytes(count: number): Uint8Array;
}

export interface Log {
  /** `fields` are JSON values; never secrets, PINs, or card data. */
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * SHA-256 over UTF-8 text (FIPS 180-4) as 64 lower-case hex digits. The shells and the ledger bring the
 * machine's; domain has none.
 */
export type Sha256 = (text: string) => string;
