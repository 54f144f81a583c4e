import { describe, expect, it } from "vitest";
import { fromVerdictRuns, toVerdictRuns } from "./verdict-runs.ts";
import type { Verdict } from "./wire.ts";

describe("verdict runs", () => {
  it("[U4] tell every fact's verdict, in fewer words", () => {
    const verdicts: Verdict[] = [
      { seq: 5, verdict: "duplicate" },
      { seq: 6, verdict: "applied" },
      { seq: 7, verdict: "applied" },
      { seq: 8, verdict: "parked", reason: "not JSON" },
      { seq: 9, verdict: "parked", reason: "no fact type" },
      { seq: 10, verdict: "applied" },
    ];
    const runs = toVerdictRuns(verdicts);
    expect(runs.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [5, 5],
      [6, 7],
      [8, 8],
      [9, 9],
      [10, 10],
    ]);
    expect(fromVerdictRuns(runs)).toEqual(verdicts);
    expect(fromVerdictRuns(toVerdictRuns([]))).toEqual([]);
  });

  it("[U3] tell where facts are held that were said again, as long as they stand in a row there too", () => {
    const said = (seq: number, heldEpoch: number, heldSeq: number): Verdict => ({
      ...{ seq, verdict: "duplicate", reason: "held" },
      heldAt: { epoch: heldEpoch, seq: heldSeq },
    });
    const plain: Verdict = { seq: 5, verdict: "duplicate", reason: "held" };
    const verdicts = [said(1, 1, 4), said(2, 1, 5), said(3, 1, 7), said(4, 2, 8), plain];
    const runs = toVerdictRuns(verdicts);
    expect(runs.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [1, 2],
      [3, 3],
      [4, 4],
      [5, 5],
    ]);
    expect(fromVerdictRuns(runs)).toEqual(verdicts);
  });
});
