/** Thrown for a bug in this program, never for something a person or a device did. */
class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** States what must be true here. Stays on in production: a wrong total is worse than a stopped till. */
export function assert(condition: unknown, fact: string): asserts condition {
  if (!condition) throw new AssertionError(fact);
}

/** Closes a union: the compiler proves that every case was handled, the assertion proves it at run time. */
export function unreachable(value: never): never {
  throw new AssertionError(`unhandled case: ${JSON.stringify(value)}`);
}

/** Asserts that `value` is there and returns it; `what` names the thing in the message. */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is missing`);
  return value;
}

/** Asserts a whole number that a double holds exactly; SQLite and JSON would round it silently otherwise. */
export function assertInteger(value: number, what: string): number {
  // Asked for every amount of every sale: the sentence is made for the bug only.
  if (Number.isSafeInteger(value)) return value;
  throw new AssertionError(`${what} is not a safe integer: ${value}`);
}
