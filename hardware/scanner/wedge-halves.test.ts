import { describe, expect, it } from "vitest";
import { foldWedge, usbWedge, wedgeAtRest } from "./wedge.ts";
import { typeText } from "./wedge-typist.ts";

const scanner = (gapMs: number) => ({ startMs: 1_000, gapMs: () => gapMs, after: ["Enter"] });

describe("[W8] the other half of a code", () => {
  it("a screen so busy that silence ended half a code: the other half is no code either", () => {
    const presses = typeText("7290004685447", scanner(8));
    let state = wedgeAtRest;
    const fold = (input: Parameters<typeof foldWedge>[1]) => {
      const step = foldWedge(state, input, usbWedge);
      state = step.state;
      return step.effects.filter(({ kind }) => kind !== "pending");
    };
    const first = presses.slice(0, 9).flatMap((press) => fold({ kind: "key", press }));
    const told = [0, 1].flatMap(() => fold({ kind: "tick", atMs: 2_000 }));
    const rest = presses.slice(9).flatMap((press) => fold({ kind: "key", press }));
    expect(first).toEqual([]);
    expect(told).toMatchObject([{ kind: "scan", code: "729000468" }]);
    expect(rest).toEqual([]);
    const again = typeText("7290004685447", { ...scanner(8), startMs: 3_000 });
    expect(again.flatMap((press) => fold({ kind: "key", press }))).toMatchObject([
      { kind: "scan", code: "7290004685447" },
    ]);
  });
});
