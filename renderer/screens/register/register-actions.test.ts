import { describe, expect, it } from "vitest";
import { keyMap, registerActionOf } from "./register-actions.ts";

describe("the register's keys", () => {
  it("means the same by keyboard and by control card", () => {
    expect(registerActionOf("F12")).toBe(registerActionOf("PAY"));
    expect(registerActionOf("F6")).toBe(registerActionOf("SUSPEND"));
    expect(registerActionOf("F7")).toBe(registerActionOf("RETURN"));
    expect(registerActionOf("DELETE")).toBe(registerActionOf("REMOVE"));
  });

  it("[Enter] gives Enter no meaning of its own, and money keys only lead to the pay pane", () => {
    expect(registerActionOf("ENTER")).toBeNull();
    expect(registerActionOf("SPACE")).toBeNull();
    for (const key of ["CASH", "CARD", "EXACT"] as const) expect(registerActionOf(key)).toBe("pay");
  });

  it("lists in F1 only keys that do what the list says", () => {
    for (const { keys, action } of keyMap.filter(({ keys: face }) => /^F\d+$/.test(face))) {
      expect(registerActionOf(keys as "F1")).toBe(action);
    }
  });
});
