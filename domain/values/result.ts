/** The answer of anything that can fail in an expected way. Thrown errors are bugs only. */
export type Result<T, F> = Ok<T> | Failed<F>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Failed<F> {
  readonly ok: false;
  readonly failure: F;
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function failed<const F>(failure: F): Failed<F> {
  return { ok: false, failure };
}
