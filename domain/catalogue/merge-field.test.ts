import { describe, expect, it } from "vitest";
import { present } from "../values/assert.ts";
import { editionOf, stampAfter, unedited } from "./field-version.ts";
import { type FieldEdit, type FieldState, type LostValue, mergeField } from "./merge-field.ts";
import { type EditPolicy, valueText } from "./product-edit.ts";
import { standingValue } from "./standing-value.ts";

const filed: FieldState = {
  ...{ value: 100, version: unedited(100), origin: "head-office", who: "file", atMs: 1_000 },
  ...{ root: unedited(100), rootValue: 100 },
};

function edit(editId: string, value: number, about: Partial<FieldEdit> = {}): FieldEdit {
  const made = { origin: "store", who: "noa", atMs: 2_000, stampMs: 2_000 } as const;
  return { editId, value, base: filed.version, ...made, ...about };
}

/** What stands after the edits, and every value that a person is told of. */
function mergeAll(edits: readonly FieldEdit[], policy: EditPolicy) {
  let state = filed;
  const lost: LostValue[] = [];
  for (const one of edits) {
    const merged = mergeField(state, one, policy);
    state = merged.state;
    if (merged.lost !== null) lost.push(merged.lost);
  }
  return { state, lost };
}

describe("merging one field [C3]", () => {
  it("an edit that saw what stands takes its place, whatever the policy, and nobody is bothered", () => {
    for (const policy of ["latest-wins", "head-office-wins", "ask"] as const) {
      const first = edit("a", 110);
      const { version } = mergeField(filed, first, policy).state;
      const second = edit("b", 120, { base: version, stampMs: 2_001 });
      expect(mergeAll([first, second], policy)).toMatchObject({ state: { value: 120 }, lost: [] });
    }
  });

  it("the head office's price stands against a store's that did not know of it, in either order", () => {
    const store = edit("a", 110, { stampMs: 9_000 });
    const office = edit("b", 130, { origin: "head-office", who: "Office", stampMs: 3_000 });
    for (const order of [
      [store, office],
      [office, store],
    ]) {
      const { state, lost } = mergeAll(order, "head-office-wins");
      expect(state).toMatchObject({ value: 130, origin: "head-office" });
      expect(lost).toMatchObject([{ value: 110, who: "noa" }]);
    }
  });

  it("a store may change the head office's price once it has seen it", () => {
    const office = edit("b", 130, { origin: "head-office", stampMs: 3_000 });
    const { version } = mergeField(filed, office, "head-office-wins").state;
    const store = edit("a", 125, { base: version, stampMs: 3_001 });
    const late = edit("c", 111, { stampMs: 99_000 });
    const { state, lost } = mergeAll([office, store, late], "head-office-wins");
    expect(state.value).toBe(125);
    expect(lost).toMatchObject([{ value: 111 }]);
  });

  it("the later of two names stands, and the other one is told", () => {
    const early = edit("a", 1, { stampMs: 2_000 });
    const late = edit("b", 2, { stampMs: 3_000 });
    expect(mergeAll([early, late], "latest-wins")).toMatchObject({
      state: { value: 2 },
      lost: [{ value: 1 }],
    });
    expect(mergeAll([late, early], "latest-wins")).toMatchObject({
      state: { value: 2 },
      lost: [{ value: 1 }],
    });
  });

  it("where a person is asked, what came first stays until then", () => {
    const { state, lost } = mergeAll([edit("a", 1), edit("b", 2, { stampMs: 9_000 })], "ask");
    expect(state.value).toBe(1);
    expect(lost).toMatchObject([{ value: 2 }]);
  });

  it("two who say the same do not disagree", () => {
    for (const policy of ["latest-wins", "head-office-wins", "ask"] as const) {
      const { state, lost } = mergeAll([edit("a", 7), edit("b", 7, { stampMs: 9_000 })], policy);
      expect(state.value).toBe(7);
      expect(lost).toEqual([]);
    }
  });
});

/** mulberry32: the same seed, the same history. */
function chanceOf(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** Three tills with clocks of their own, away from the cloud now and then, and a head office. */
function history(chance: (limit: number) => number, policy: EditPolicy): FieldEdit[] {
  const edits: FieldEdit[] = [];
  const tills = [0, 1, 2].map((no) => ({ no, skewMs: chance(4_000) - 2_000, seen: filed }));
  const waiting: FieldEdit[] = [];
  let cloud = filed;
  for (let step = 0; step < 12; step++) {
    const editId = `e${String(step).padStart(2, "0")}`;
    const atMs = 10_000 + step * 100;
    const who = chance(5);
    if (who < 3) {
      const till = present(tills[who], "the till");
      const base = till.seen.version;
      const stampMs = stampAfter(atMs + till.skewMs, [base]);
      const one = edit(editId, 1_000 + step, { base, stampMs, atMs: stampMs, who: `t${who}` });
      till.seen = mergeField(till.seen, one, policy).state;
      edits.push(one);
      waiting.push(one);
    } else if (who === 3) {
      const stampMs = stampAfter(atMs, [cloud.version]);
      const office = { origin: "head-office", who: "office", base: cloud.version } as const;
      const one = edit(editId, 1_000 + step, { ...office, stampMs, atMs });
      cloud = mergeField(cloud, one, policy).state;
      edits.push(one);
    } else {
      // One till comes back: sends what it has, and reads what stands.
      const till = present(tills[chance(3)], "the till");
      for (const one of waiting.filter(({ who: author }) => author === `t${till.no}`)) {
        cloud = mergeField(cloud, one, policy).state;
        waiting.splice(waiting.indexOf(one), 1);
      }
      till.seen = cloud;
    }
  }
  return edits;
}

/** Another order in which each edit still comes behind its author's last and behind its base. */
function shuffled(edits: readonly FieldEdit[], chance: (limit: number) => number): FieldEdit[] {
  const left = [...edits];
  const order: FieldEdit[] = [];
  while (left.length > 0) {
    const ready = left.filter((one) => {
      const base = editionOf(one.base)?.editId;
      const before = left.filter((other) => other.editId < one.editId);
      return before.every((other) => other.who !== one.who && other.editId !== base);
    });
    const next = present(ready[chance(ready.length)], "an edit that may come next");
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return order;
}

describe("whatever the order of arrival [C3]", () => {
  const seeds = Array.from({ length: 500 }, (_, i) => i + 1);

  it.each(seeds)("the same value stands as by the slow way, seed %i", (seed) => {
    for (const policy of ["latest-wins", "head-office-wins"] as const) {
      const chance = chanceOf(seed);
      const edits = history(chance, policy);
      const expected = standingValue(filed.value, edits, policy);
      for (let i = 0; i < 6; i++) {
        const order = i === 0 ? edits : shuffled(edits, chance);
        expect(mergeAll(order, policy).state.value).toBe(expected);
      }
    }
  });

  it.each(seeds)("no value is put aside without a record, seed %i", (seed) => {
    for (const policy of ["latest-wins", "head-office-wins", "ask"] as const) {
      const chance = chanceOf(seed);
      const edits = history(chance, policy);
      const { state, lost } = mergeAll(shuffled(edits, chance), policy);
      const told = new Set([...lost.map(({ value }) => valueText(value)), valueText(state.value)]);
      // What somebody changed further knew of it; what nobody built on stands or is told.
      const builtOn = new Set(edits.map(({ base }) => editionOf(base)?.editId));
      const ends = edits.filter(({ editId }) => !builtOn.has(editId));
      expect(ends.filter(({ value }) => !told.has(valueText(value)))).toEqual([]);
    }
  });
});
