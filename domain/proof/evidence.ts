/** [P1] How one fact of a till's journal stands to what the cloud holds at its place. */
export type EvidenceState =
  /** The same hash on both sides, and it had its effect. */
  | "equal"
  /** The same hash on both sides; stored without effect, with the reason. */
  | "parked"
  /** Not acknowledged yet: it waits here. */
  | "unsent"
  /** Of a closed epoch: it was journaled again in the next one, and counts there. */
  | "moved"
  /** The cloud holds other bytes there. */
  | "differs"
  /** The cloud acknowledged it and does not hold it. */
  | "missing"
  /** Of another till: the cloud holds it, and this till was not told of it. */
  | "elsewhere";

/** What the rows so far add up to. Amounts in minor units. */
export interface EvidenceSummary {
  readonly facts: number;
  readonly receiptsHere: number;
  readonly totalHereMinor: number;
  readonly receiptsThere: number;
  readonly totalThereMinor: number;
  readonly states: { readonly [S in EvidenceState]: number };
}

export const noEvidence: EvidenceSummary = {
  facts: 0,
  receiptsHere: 0,
  totalHereMinor: 0,
  receiptsThere: 0,
  totalThereMinor: 0,
  states: { equal: 0, parked: 0, unsent: 0, moved: 0, differs: 0, missing: 0, elsewhere: 0 },
};

/** What the judgement of one fact needs to know. */
export interface ComparedFact {
  readonly seq: number;
  readonly hash: string;
  /** What the cloud holds at its place; null when nothing. */
  readonly held: { readonly hash: string; readonly verdict: string } | null;
  readonly isOfOpenEpoch: boolean;
  /** How far the cloud acknowledged the open epoch. */
  readonly ackedSeq: number;
}

/** [P1] */
export function evidenceState(fact: ComparedFact): EvidenceState {
  const { held, seq, hash, isOfOpenEpoch, ackedSeq } = fact;
  if (held !== null && held.hash === hash) return held.verdict === "parked" ? "parked" : "equal";
  if (!isOfOpenEpoch) return "moved";
  if (held !== null) return "differs";
  return seq > ackedSeq ? "unsent" : "missing";
}

/** [P1] Of another till's fact: what is held here is proved by the cloud's hashes on both sides of it. */
export function heardEvidenceState(fact: {
  /** What the bytes held here make of the cloud's hash before them; null when none are held. */
  readonly hashHere: string | null;
  readonly held: { readonly hash: string; readonly verdict: string } | null;
  readonly isOfOpenEpoch: boolean;
}): EvidenceState {
  const { hashHere, held, isOfOpenEpoch } = fact;
  if (held === null) return isOfOpenEpoch ? "unsent" : "moved";
  if (hashHere === null) return "elsewhere";
  if (hashHere !== held.hash) return "differs";
  return held.verdict === "parked" ? "parked" : "equal";
}

export interface CountedEvidence {
  readonly state: EvidenceState;
  /** Of receipts. */
  readonly totalHereMinor: number | null;
  readonly totalThereMinor: number | null;
  /** The cloud had the same fact at another place already: neither side counts it here. */
  readonly isDuplicate: boolean;
}

/** Adds one row. A receipt that was journaled twice counts once, on either side. */
export function addEvidence(sum: EvidenceSummary, row: CountedEvidence): EvidenceSummary {
  const here = row.isDuplicate || row.state === "moved" ? null : row.totalHereMinor;
  const there = row.isDuplicate || row.state === "parked" ? null : row.totalThereMinor;
  return {
    facts: sum.facts + 1,
    receiptsHere: sum.receiptsHere + (here === null ? 0 : 1),
    totalHereMinor: sum.totalHereMinor + (here ?? 0),
    receiptsThere: sum.receiptsThere + (there === null ? 0 : 1),
    totalThereMinor: sum.totalThereMinor + (there ?? 0),
    states: { ...sum.states, [row.state]: sum.states[row.state] + 1 },
  };
}

/** Several tills' evidence as one. */
export function addedUp(summaries: readonly EvidenceSummary[]): EvidenceSummary {
  return summaries.reduce(
    (sum, one) => ({
      facts: sum.facts + one.facts,
      receiptsHere: sum.receiptsHere + one.receiptsHere,
      totalHereMinor: sum.totalHereMinor + one.totalHereMinor,
      receiptsThere: sum.receiptsThere + one.receiptsThere,
      totalThereMinor: sum.totalThereMinor + one.totalThereMinor,
      states: {
        equal: sum.states.equal + one.states.equal,
        parked: sum.states.parked + one.states.parked,
        unsent: sum.states.unsent + one.states.unsent,
        moved: sum.states.moved + one.states.moved,
        differs: sum.states.differs + one.states.differs,
        missing: sum.states.missing + one.states.missing,
        elsewhere: sum.states.elsewhere + one.states.elsewhere,
      },
    }),
    noEvidence,
  );
}
