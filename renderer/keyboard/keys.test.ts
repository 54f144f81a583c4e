import { describe, expect, it } from "vitest";
import { belongsToField, keyOf, type KeyStroke } from "./keys.ts";

const stroke = (key: string, held: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

describe("the till's names of keys", () => {
  it.each([
    ["7", "7"],
    ["F12", "F12"],
    ["Escape", "ESC"],
    ["Enter", "ENTER"],
    ["ArrowUp", "UP"],
    ["Delete", "DELETE"],
    ["*", "QUANTITY"],
    [",", "DOT"],
  ])("%s is %s, as on the control card", (key, name) => {
    expect(keyOf(stroke(key))).toBe(name);
  });

  it("leaves letters, shortcuts and unknown F-keys to others", () => {
    expect(keyOf(stroke("b"))).toBeNull();
    expect(keyOf(stroke("F13"))).toBeNull();
    expect(keyOf(stroke("5", { ctrlKey: true }))).toBeNull();
    expect(keyOf(stroke("F4", { altKey: true }))).toBeNull();
  });

  it("voids the sale with Shift and Delete only", () => {
    expect(keyOf(stroke("Delete", { shiftKey: true }))).toBe("VOID");
  });

  it("leaves a field its editing keys, not the function keys and Esc", () => {
    for (const key of ["1", "ENTER", "UP", "DELETE", "BACKSPACE", "DOT", "SPACE"] as const) {
      expect(belongsToField(key)).toBe(true);
    }
    for (const key of ["F12", "ESC", "F3"] as const) expect(belongsToField(key)).toBe(false);
  });
});
