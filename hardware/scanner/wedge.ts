import {
  controlCharacter,
  isChord,
  isModifier,
  type KeyPress,
  type Written,
  writtenBy,
} from "./key-press.ts";
import {
  type HeldKey,
  isMachines,
  isPersons,
  isScan,
  isTooLong,
  patienceMs,
  textOf,
  type WedgeState,
  wedgeAtRest,
} from "./wedge-burst.ts";
import type { WedgeConfig } from "./wedge-config.ts";

// This file is the one door for the renderer; nothing behind it needs Node or a DOM.
export { type KeyPress, keyPressOf } from "./key-press.ts";
export { type WedgeState, wedgeAtRest } from "./wedge-burst.ts";
export { bluetoothWedge, usbWedge, type WedgeConfig } from "./wedge-config.ts";

/*
 * A scanner in keyboard mode ("wedge"), told from a person by a pure fold over key presses.
 *
 * - [W1] Keys are read by their place on the keyboard, so the till's layout does not matter.
 * - [W2] A burst of keys is a scan by its speed, length and end, never by what has focus.
 * - [W3] What a person types arrives: every key, once, in order, and soon.
 * - [W4] Nothing of a scan reaches a field or a button, its Enter least of all.
 * - [W5] An Enter close behind typing is only ever replayed, so it cannot press a button.
 * - [W6] The group separator of GS1 codes survives, however the scanner types it.
 * - [W7] With a configured prefix nothing is guessed, and typing is not held at all.
 * - [W8] A burst cut in two, too long or too slow is never half a scan.
 */

export type WedgeInput =
  | { readonly kind: "key"; readonly press: KeyPress }
  /** Time has passed without a key: `atMs` by the clock of the key events. */
  | { readonly kind: "tick"; readonly atMs: number };

export type WedgeEffect =
  | { readonly kind: "scan"; readonly code: string; readonly atMs: number }
  /** A person's keys that were held: put them where they would have gone, pressing no button. */
  | { readonly kind: "replay"; readonly keys: readonly KeyPress[] }
  /** The last `keys` keys that got through belong to the scan that follows: take them back. */
  | { readonly kind: "retract"; readonly keys: number }
  /**
   * A scanner typed what is not a whole code: scan it again. A "split" one (somebody was typing, or
   * it stuttered) is swallowed; the others' text went where a person's would.
   */
  | { readonly kind: "unread"; readonly text: string; readonly why: UnreadReason }
  /** Undecided: send a tick once `untilMs` has passed, unless another key came first. */
  | { readonly kind: "pending"; readonly untilMs: number };

export type UnreadReason = "too-long" | "unfinished" | "split";

export interface WedgeStep {
  readonly state: WedgeState;
  readonly effects: readonly WedgeEffect[];
  /** "hold": keep the browser from acting on this key (preventDefault, stopPropagation). */
  readonly disposition: "hold" | "pass";
}

/** A change of state with its effects, before it is known what becomes of the key. */
type Change = Pick<WedgeStep, "state" | "effects">;

/** One step. Pure: the same state, input and configuration give the same step, live or replayed. */
export function foldWedge(state: WedgeState, input: WedgeInput, config: WedgeConfig): WedgeStep {
  if (input.kind === "tick") return onTick(state, input.atMs, config);
  const { press } = input;
  if (isModifier(press)) return onModifier(state, press, config);
  if (isRest(state, press, config)) return swallowRest(state, press, config);
  if (belongs(state, press, config)) return onKey(state, press, config);
  // The pause before this key ended a burst that no tick came to judge.
  const judged = judgeSilence(state, config);
  const next = onKey(rested(judged.state), press, config);
  return { ...next, effects: [...judged.effects, ...next.effects] };
}

/** True when `press` comes close enough behind the burst to be part of it. */
function belongs(state: WedgeState, press: KeyPress, config: WedgeConfig): boolean {
  const pause = press.atMs - state.lastKeyAtMs;
  const open = state.held.length > 0 || state.mode === "loose";
  return open && pause >= 0 && pause <= patienceMs(state, config);
}

/**
 * [W8] True for a key that a machine typed right behind a code that silence had ended: the screen was busy and the
 * timer came first. Half of the code was told as unknown or unread already; this is its other half.
 */
function isRest(state: WedgeState, press: KeyPress, config: WedgeConfig): boolean {
  const pause = press.atMs - state.lastKeyAtMs;
  return state.mode === "rest" && pause >= 0 && pause <= config.maxGapMs;
}

function swallowRest(state: WedgeState, press: KeyPress, config: WedgeConfig): WedgeStep {
  const next = { ...state, lastKeyAtMs: press.atMs, lastScanAtMs: press.atMs };
  return step({ state: isSuffix(press, config) ? rested(next) : next, effects: [] }, "hold");
}

function onTick(state: WedgeState, atMs: number, config: WedgeConfig): WedgeStep {
  if (state.settled || atMs < deadlineMs(state, config)) {
    return step({ state, effects: pendingOf(state, config) }, "pass");
  }
  if (state.doubted) return step(judgeSilence(state, config), "pass");
  const effects: WedgeEffect[] = [{ kind: "pending", untilMs: atMs }];
  return step({ state: { ...state, doubted: true }, effects }, "pass");
}

/** Shift and its like write nothing and pass; inside a burst they are a sign of life. */
function onModifier(state: WedgeState, press: KeyPress, config: WedgeConfig): WedgeStep {
  const alive = belongs(state, press, config) && !state.settled;
  const next = {
    ...state,
    altRun: press.code.startsWith("Alt") && !press.repeat ? state.altRun + 1 : state.altRun,
    lastKeyAtMs: alive ? press.atMs : state.lastKeyAtMs,
    doubted: alive ? false : state.doubted,
  };
  return step({ state: next, effects: pendingOf(next, config) }, "pass");
}

function onKey(state: WedgeState, press: KeyPress, config: WedgeConfig): WedgeStep {
  if (config.prefix && isChord(press, config.prefix)) return onPrefix(state, press, config);
  if (isSuffix(press, config)) return onSuffix(state, press, config);
  if (isTail(state, press, config)) return swallowTail(state, press);
  const written = writtenInCode(state, press, config);
  if (written) return onCharacter(state, { ...written, press }, config);
  // Arrows, F1, Ctrl+C: a person's. Inside a burst what they typed goes first, and the rest is no scan.
  const next = { ...state, lastKeyAtMs: press.atMs };
  return state.held.length > 0 ? loosen(next) : step({ state: next, effects: [] }, "pass");
}

function onPrefix(state: WedgeState, press: KeyPress, config: WedgeConfig): WedgeStep {
  const delivered = deliver(state);
  const next: WedgeState = {
    ...delivered.state,
    held: [{ press, physical: "", layout: "", altRun: null }],
    out: 0,
    settled: false,
    doubted: false,
    mode: "prefixed",
    lastKeyAtMs: press.atMs,
  };
  const effects = [...delivered.effects, ...pendingOf(next, config)];
  return step({ state: next, effects }, "hold");
}

function onCharacter(
  state: WedgeState,
  key: Omit<HeldKey, "altRun">,
  config: WedgeConfig,
): WedgeStep {
  const { press } = key;
  const typed = { ...state, lastKeyAtMs: press.atMs, lastTypedAtMs: press.atMs };
  const guessing = config.prefix === null || state.mode === "prefixed";
  if (!guessing || state.mode === "loose" || press.repeat) return loosen(typed);
  const altRun = press.alt && !press.altGraph ? state.altRun : null;
  const before = press.atMs - state.lastTypedAtMs;
  const grown: WedgeState = {
    ...typed,
    held: [...state.held, { ...key, altRun }],
    settled: false,
    doubted: false,
    quietBefore: state.held.length > 0 ? state.quietBefore : before > config.quietMs,
  };
  if (isPersons(grown, config)) return loosen(typed);
  if (isTooLong(grown, config)) {
    const text = textOf(state.held, config) ?? "";
    const machines = isMachines(state, config) || state.mode === "prefixed";
    return loosen(typed, machines ? [{ kind: "unread", text, why: "too-long" }] : []);
  }
  // An input method or a dead key takes the key whatever we do: what was held goes before it.
  const unholdable = press.ime || press.key === "Dead";
  const delivered = unholdable ? deliver(state).effects : [];
  const next = unholdable ? { ...grown, out: grown.held.length } : grown;
  const effects = [...delivered, ...pendingOf(next, config)];
  return step({ state: next, effects }, unholdable ? "pass" : "hold");
}

function onSuffix(state: WedgeState, press: KeyPress, config: WedgeConfig): WedgeStep {
  if (isScan(state, "suffix", config)) return step(scan(state, press.atMs, config), "hold");
  if (isMachines(state, config)) return step(swallowSplit(state, press.atMs, config), "hold");
  if (isTail(state, press, config)) return swallowTail(state, press);
  const { state: emptied, effects } = deliver(state);
  const next = { ...rested(emptied), lastKeyAtMs: press.atMs };
  const close = press.atMs - state.lastTypedAtMs <= config.quietMs;
  if (!close || !isEnter(press)) return step({ state: next, effects }, "pass");
  const enter: WedgeEffect[] = press.repeat ? [] : [{ kind: "replay", keys: [press] }];
  return step({ state: next, effects: [...effects, ...enter] }, "hold");
}

function swallowTail(state: WedgeState, press: KeyPress): WedgeStep {
  return step({ state: { ...state, lastScanAtMs: press.atMs }, effects: [] }, "hold");
}

/** Lets go of the burst: its keys out, and the present key with whatever follows without a pause. */
function loosen(state: WedgeState, more: readonly WedgeEffect[] = []): WedgeStep {
  const { state: emptied, effects } = deliver(state);
  const next: WedgeState = { ...rested(emptied), mode: "loose" };
  return step({ state: next, effects: [...effects, ...more] }, "pass");
}

/** What the silence after the last key makes of the burst. */
function judgeSilence(state: WedgeState, config: WedgeConfig): Change {
  if (state.settled) return { state, effects: [] };
  const isCode = isScan(state, "silence", config);
  if (isCode || isMachines(state, config)) {
    const { lastKeyAtMs } = state;
    const judged = (isCode ? scan : swallowSplit)(state, lastKeyAtMs, config);
    return { ...judged, state: { ...judged.state, mode: "rest", lastKeyAtMs } };
  }
  const { state: emptied, effects } = deliver(state);
  const text = state.mode === "prefixed" ? (textOf(state.held, config) ?? "") : "";
  const unread: WedgeEffect[] =
    text.length >= config.minLength ? [{ kind: "unread", text, why: "unfinished" }] : [];
  return { state: { ...emptied, settled: true }, effects: [...effects, ...unread] };
}

function scan(state: WedgeState, atMs: number, config: WedgeConfig): Change {
  const code = textOf(state.held, config) ?? "";
  return taken(state, atMs, { kind: "scan", code, atMs });
}

/** The rest of a code whose beginning is lost: no scan, and nothing a field should get. */
function swallowSplit(state: WedgeState, atMs: number, config: WedgeConfig): Change {
  const text = textOf(state.held, config) ?? "";
  return taken(state, atMs, { kind: "unread", text, why: "split" });
}

/** The burst was a scanner's: what got out of it is taken back, and nothing is left. */
function taken(state: WedgeState, atMs: number, effect: WedgeEffect): Change {
  const retract: WedgeEffect[] = state.out > 0 ? [{ kind: "retract", keys: state.out }] : [];
  return {
    state: { ...wedgeAtRest, altRun: state.altRun, lastScanAtMs: atMs },
    effects: [...retract, effect],
  };
}

function deliver(state: WedgeState): Change {
  const keys = state.held.slice(state.out).map(({ press }) => press);
  if (keys.length === 0) return { state, effects: [] };
  return { state: { ...state, out: state.held.length }, effects: [{ kind: "replay", keys }] };
}

function rested(state: WedgeState): WedgeState {
  return { ...state, held: [], out: 0, settled: true, doubted: false, mode: "burst" };
}

function pendingOf(state: WedgeState, config: WedgeConfig): WedgeEffect[] {
  return state.settled ? [] : [{ kind: "pending", untilMs: deadlineMs(state, config) }];
}

function deadlineMs(state: WedgeState, config: WedgeConfig): number {
  return state.lastKeyAtMs + patienceMs(state, config);
}

function step(change: Change, disposition: WedgeStep["disposition"]): WedgeStep {
  return { ...change, disposition };
}

/** [W6] What a key writes inside a code: separators typed as Ctrl+], F8 or Alt+0029, then characters. */
function writtenInCode(state: WedgeState, press: KeyPress, config: WedgeConfig): Written | null {
  const both = (text: string): Written => ({ physical: text, layout: text });
  const inCode = state.held.length > 0 && !state.settled;
  const separator = config.groupSeparatorKeys.find((chord) => isChord(press, chord));
  if (separator && (separator.ctrl || inCode)) return both("\u001d");
  if (press.alt && !press.ctrl && /^Numpad\d$/.test(press.code)) return both(press.code.slice(6));
  const control = inCode ? controlCharacter(press) : null;
  return control === null ? writtenBy(press) : both(control);
}

function isEnter(press: KeyPress): boolean {
  return /^(Numpad)?Enter$/.test(press.code) && !press.ctrl && !press.alt && !press.meta;
}

function isSuffix(press: KeyPress, config: WedgeConfig): boolean {
  // Enter ends a code whatever is configured: scanners are reset to it.
  return isEnter(press) || (press.code === "Tab" && config.suffix !== "enter");
}

/** A second line end right behind a scan: CR LF, or Tab and Enter. */
function isTail(state: WedgeState, press: KeyPress, config: WedgeConfig): boolean {
  const pause = press.atMs - state.lastScanAtMs;
  const lineEnd =
    isEnter(press) || press.code === "Tab" || (press.ctrl && /^Key[JM]$/.test(press.code));
  return lineEnd && pause >= 0 && pause <= config.quietMs;
}
