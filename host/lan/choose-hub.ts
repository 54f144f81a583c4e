/** A till whose beacon was heard. */
export interface Candidate {
  readonly terminalId: string;
  readonly tillNumber: number;
  readonly address: string;
  readonly port: number;
  /** Of one run of that till. */
  readonly life: string;
  /** On the monotonic clock. */
  readonly heardMs: number;
}

/** A beacon comes each second: after three that are missing a till is taken for gone. */
export const silenceMs = 3_500;

/**
 * [H2] The hub is the till with the lowest number of those that are there. Everybody chooses by the
 * same rule and asks nobody; where two choose differently for a while (a network cut in two), each part
 * shares what it can, and nothing is lost, for a hub only hands on. Null while there is nobody else.
 */
export function chooseHub(
  candidates: Iterable<Candidate>,
  self: Candidate,
  nowMs: number,
  /** Tills that could not be spoken to, and until when they are passed over. */
  shunned: ReadonlyMap<string, number>,
): Candidate | null {
  const others = [...candidates].filter(
    ({ terminalId, heardMs }) => terminalId !== self.terminalId && nowMs - heardMs < silenceMs,
  );
  if (others.length === 0) return null;
  const able = others.filter(({ terminalId }) => (shunned.get(terminalId) ?? 0) <= nowMs);
  return [...able, self].reduce((best, next) => (comesBefore(next, best) ? next : best));
}

function comesBefore(a: Candidate, b: Candidate): boolean {
  if (a.tillNumber !== b.tillNumber) return a.tillNumber < b.tillNumber;
  return a.terminalId < b.terminalId;
}
