import type { KeyPress } from "./key-press.ts";
import {
  foldWedge,
  usbWedge,
  type WedgeConfig,
  type WedgeEffect,
  type WedgeInput,
  wedgeAtRest,
} from "./wedge.ts";

/** What a till makes of a run of keys: a field with focus, and a button that Enter would press. */
export interface RehearsedTill {
  readonly scans: string[];
  field: string;
  clicks: number;
  readonly unread: string[];
  /** Keys that the application got, in order: passed or replayed. */
  readonly keys: string[];
  /** The longest that a key was held before it arrived. */
  slowestMs: number;
}

/** A till that only scanned. */
export const untouched: Omit<RehearsedTill, "scans"> = {
  field: "",
  clicks: 0,
  unread: [],
  keys: [],
  slowestMs: 0,
};

/**
 * Plays keys through the wedge with the timer that a renderer sets, and returns what came of them.
 * `late` names keys in front of which the screen was busy: the timer fires first though they had
 * been typed in time.
 */
export function rehearse(
  presses: readonly KeyPress[],
  config: WedgeConfig = usbWedge,
  late: (press: KeyPress) => boolean = () => false,
): RehearsedTill {
  const till: RehearsedTill = { ...untouched, scans: [], unread: [], keys: [] };
  let state = wedgeAtRest;
  let timer: number | undefined;
  const fold = (input: WedgeInput) => {
    const step = foldWedge(state, input, config);
    const nowMs = input.kind === "key" ? input.press.atMs : input.atMs;
    state = step.state;
    timer = undefined;
    for (const effect of step.effects) {
      if (effect.kind === "pending") timer = effect.untilMs;
      else carryOut(effect, till, nowMs);
    }
    return step.disposition;
  };
  const fireUntil = (untilMs: number) => {
    for (let due = timer; due !== undefined && due < untilMs; due = timer) {
      fold({ kind: "tick", atMs: due });
    }
  };
  for (const press of presses) {
    fireUntil(press.atMs);
    if (timer !== undefined && late(press)) fold({ kind: "tick", atMs: timer + 200 });
    if (fold({ kind: "key", press }) === "pass") arrive(till, press, "passed");
  }
  fireUntil(Number.POSITIVE_INFINITY);
  return till;
}

function carryOut(
  effect: Exclude<WedgeEffect, { kind: "pending" }>,
  till: RehearsedTill,
  nowMs: number,
): void {
  switch (effect.kind) {
    case "scan":
      till.scans.push(effect.code);
      break;
    case "unread":
      till.unread.push(`${effect.why}: ${effect.text}`);
      break;
    case "replay":
      for (const press of effect.keys) {
        arrive(till, press, "replayed");
        till.slowestMs = Math.max(till.slowestMs, nowMs - press.atMs);
      }
      break;
    case "retract":
      till.field = till.field.slice(0, till.field.length - effect.keys);
      till.keys.length -= effect.keys;
  }
}

function arrive(till: RehearsedTill, press: KeyPress, how: "passed" | "replayed"): void {
  if (/^(Shift|Alt|Control)(Left|Right)$/.test(press.code)) return;
  till.keys.push(press.key);
  if (press.code === "Enter" && how === "passed") till.clicks++;
  else if (Array.from(press.key).length === 1 && !press.ctrl && !press.alt) till.field += press.key;
}
