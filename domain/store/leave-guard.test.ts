import { describe, expect, it } from "vitest";
import { judgeLeaving } from "./leave-guard.ts";

const quiet = { unsent: 0, isSaleOpen: false, isShiftOpen: false };

describe("leaving a till", () => {
  it("[P2] warns a cashier at the day's end of what is unsent, and never keeps anybody", () => {
    expect(judgeLeaving("sign-out", { ...quiet, unsent: 3 })).toEqual({
      mayGo: true,
      reasons: ["unsent"],
    });
    expect(judgeLeaving("sign-out", { ...quiet, unsent: 3, isShiftOpen: true })).toEqual({
      mayGo: true,
      reasons: [],
    });
  });

  it.each(["update", "uninstall"] as const)("[P2] keeps an %s while anything waits", (what) => {
    expect(judgeLeaving(what, quiet)).toEqual({ mayGo: true, reasons: [] });
    expect(judgeLeaving(what, { ...quiet, unsent: 1, isSaleOpen: true })).toEqual({
      mayGo: false,
      reasons: ["sale-open", "unsent"],
    });
  });
});
