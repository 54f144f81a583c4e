import { describe, expect, it } from "vitest";
import { addEvidence, evidenceState, heardEvidenceState, noEvidence } from "./evidence.ts";

const fact = { seq: 5, hash: "aa", held: null, isOfOpenEpoch: true, ackedSeq: 4 };

describe("the evidence of one fact", () => {
  it.each([
    ["equal", { ...fact, held: { hash: "aa", verdict: "applied" } }],
    ["equal", { ...fact, held: { hash: "aa", verdict: "duplicate" } }],
    ["parked", { ...fact, held: { hash: "aa", verdict: "parked" } }],
    ["unsent", fact],
    ["missing", { ...fact, ackedSeq: 5 }],
    ["differs", { ...fact, held: { hash: "bb", verdict: "applied" } }],
    ["moved", { ...fact, isOfOpenEpoch: false }],
    ["moved", { ...fact, isOfOpenEpoch: false, held: { hash: "bb", verdict: "applied" } }],
    ["equal", { ...fact, isOfOpenEpoch: false, held: { hash: "aa", verdict: "applied" } }],
  ] as const)("[P1] is %s", (state, compared) => {
    expect(evidenceState(compared)).toBe(state);
  });

  const heard = { hashHere: "aa", held: { hash: "aa", verdict: "applied" }, isOfOpenEpoch: true };

  it.each([
    ["equal", heard],
    ["parked", { ...heard, held: { hash: "aa", verdict: "parked" } }],
    ["differs", { ...heard, hashHere: "bb" }],
    ["elsewhere", { ...heard, hashHere: null }],
    ["unsent", { ...heard, hashHere: null, held: null }],
    ["moved", { ...heard, hashHere: null, held: null, isOfOpenEpoch: false }],
  ] as const)("[P1] of another till is %s", (state, compared) => {
    expect(heardEvidenceState(compared)).toBe(state);
  });

  it("[P1] adds up to the penny, each receipt once", () => {
    const rows = [
      { state: "equal", totalHereMinor: 1_299, totalThereMinor: 1_299, isDuplicate: false },
      { state: "equal", totalHereMinor: null, totalThereMinor: null, isDuplicate: false },
      { state: "moved", totalHereMinor: 500, totalThereMinor: 77, isDuplicate: false },
      { state: "equal", totalHereMinor: 500, totalThereMinor: 500, isDuplicate: true },
      { state: "parked", totalHereMinor: 3, totalThereMinor: null, isDuplicate: false },
      { state: "unsent", totalHereMinor: -250, totalThereMinor: null, isDuplicate: false },
    ] as const;
    expect(rows.reduce(addEvidence, noEvidence)).toEqual({
      facts: 6,
      receiptsHere: 3,
      totalHereMinor: 1_052,
      receiptsThere: 2,
      totalThereMinor: 1_376,
      states: { equal: 3, parked: 1, unsent: 1, moved: 1, differs: 0, missing: 0, elsewhere: 0 },
    });
  });
});
