import { describe, expect, it } from "vitest";
import { scrollTopFor, topOf, windowAt, windowAtEnd } from "./line-window.ts";

const none = { count: 300, selected: -1 };

describe("where lines stand", () => {
  it("one below the other, the newest taller, and what can be done with one right below it", () => {
    expect([0, 1, 299].map((index) => topOf(index, none))).toEqual([0, 56, 299 * 56]);
    expect(topOf(300, none)).toBe(299 * 56 + 68);
    const chosen = { count: 3, selected: 1 };
    expect([0, 1, 2, 3].map((index) => topOf(index, chosen))).toEqual([0, 56, 172, 240]);
    expect(topOf(0, { count: 0, selected: -1 })).toBe(0);
  });
});

describe("which lines are drawn", () => {
  it("every one that is in sight, however far somebody scrolled", () => {
    const height = 450;
    for (let scrollTop = 0; scrollTop <= topOf(300, none) - height; scrollTop += 7) {
      const { from, to } = windowAt(scrollTop, none, height);
      expect(topOf(from, none)).toBeLessThanOrEqual(scrollTop);
      expect(topOf(to, none)).toBeGreaterThanOrEqual(scrollTop + height);
      expect(to - from).toBeLessThan(30);
    }
  });

  it("the newest ones, at the end", () => {
    const { from, to } = windowAtEnd(none, 450);
    expect(to).toBe(300);
    expect(topOf(from, none)).toBeLessThan(topOf(300, none) - 450);
    expect(windowAtEnd({ count: 3, selected: -1 }, 450)).toEqual({ from: 0, to: 3 });
  });

  it("the same ones for a few rows of scrolling", () => {
    expect(windowAt(56 * 40, none, 450)).toEqual(windowAt(56 * 43, none, 450));
  });
});

it("scrolls to a chosen line only as far as it must", () => {
  const list = { count: 300, selected: 100 };
  const height = 450;
  expect(scrollTopFor(100, list, { scrollTop: 5_400, height })).toBe(5_400);
  expect(scrollTopFor(100, list, { scrollTop: 5_700, height })).toBe(5_600);
  expect(scrollTopFor(100, list, { scrollTop: 0, height })).toBe(101 * 56 + 60 - height);
});
