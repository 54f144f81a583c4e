import type { KeyPress, Written } from "./key-press.ts";
import type { WedgeConfig } from "./wedge-config.ts";

/** A key of a burst, with what it writes. */
export interface HeldKey extends Written {
  readonly press: KeyPress;
  /** Digits typed with one holding of Alt make one character; null for other keys. */
  readonly altRun: number | null;
}

/** Begin with `wedgeAtRest`, and fold every key and tick in. Nothing else to know. */
export interface WedgeState {
  /** The burst under way, or the last one, in case it turns out not to have ended. */
  readonly held: readonly HeldKey[];
  /** How many of `held`, from the front, have reached the application. */
  readonly out: number;
  /** The burst was judged by silence; a key that belongs to it opens it again. */
  readonly settled: boolean;
  /** One tick said that the time is up. Keys may have waited behind a busy screen: ask once more. */
  readonly doubted: boolean;
  /** Nobody typed right before the burst; only such a burst can be a whole code. */
  readonly quietBefore: boolean;
  /**
   * "loose": this burst cannot be a scan any more; its keys pass until a pause.
   * "rest": silence ended a code; what comes close behind it is no other code but the rest of it.
   */
  readonly mode: "burst" | "prefixed" | "loose" | "rest";
  readonly lastKeyAtMs: number;
  readonly lastTypedAtMs: number;
  readonly lastScanAtMs: number;
  /** Counts the holdings of Alt. */
  readonly altRun: number;
}

export const wedgeAtRest: WedgeState = {
  held: [],
  out: 0,
  settled: true,
  doubted: false,
  quietBefore: true,
  mode: "burst",
  lastKeyAtMs: Number.NEGATIVE_INFINITY,
  lastTypedAtMs: Number.NEGATIVE_INFINITY,
  lastScanAtMs: Number.NEGATIVE_INFINITY,
  altRun: 0,
};

/** Codes of at least this length are beyond fast fingers. */
const longLength = 8;

/** Nobody types these at a scanner's speed for another reason: our own barcodes, AIM identifiers. */
const ownText = /^(?:EV[CR]-|\][A-Z]\d)/i;

/** [W2] Whether the burst is a whole code, now that a suffix or a silence has ended it. */
export function isScan(state: WedgeState, end: "suffix" | "silence", config: WedgeConfig): boolean {
  const text = state.mode === "loose" ? null : textOf(state.held, config);
  if (text === null || text.length < config.minLength) return false;
  const ended = end === "suffix" || config.suffix === "none";
  if (state.mode === "prefixed") return ended;
  if (!state.quietBefore) return false;
  if (!ended) return isMachines(state, config);
  const pauses = pausesOf(state);
  if (text.length < longLength && !ownText.test(text)) {
    return meanOf(pauses) <= config.machineMeanMs;
  }
  return medianOf(pauses) <= slowestMedianMs(text, config);
}

function slowestMedianMs(text: string, config: WedgeConfig): number {
  return isMachineText(text) ? config.maxMedianMs : config.maxWordMedianMs;
}

function isMachineText(text: string): boolean {
  return /^\d+$/.test(text) || ownText.test(text);
}

/** Pauses after which a hand is told from a stuttering machine. */
const enoughPauses = 6;

/** [W3] True once even the quick quarter of the pauses is a hand's: why hold their keys any longer? */
export function isPersons(state: WedgeState, config: WedgeConfig): boolean {
  if (state.mode !== "burst" || state.held.length <= enoughPauses) return false;
  const text = textOf(state.held, config);
  const pauses = pausesOf(state);
  const quick = pauses[Math.floor(pauses.length / 4)] ?? 0;
  return text !== null && quick > slowestMedianMs(text, config);
}

/**
 * True for a burst so long and so fast that no hand typed it, whole or not. Words are given twice
 * the benefit of the doubt: fingers know them.
 */
export function isMachines(state: WedgeState, config: WedgeConfig): boolean {
  const text = state.mode === "burst" ? textOf(state.held, config) : null;
  if (text === null || text.length < longLength) return false;
  const limit = isMachineText(text) ? config.machineMeanMs : config.machineMeanMs / 2;
  return meanOf(pausesOf(state)) <= limit;
}

export function isTooLong(state: WedgeState, config: WedgeConfig): boolean {
  const first = state.held[0]?.press.atMs ?? state.lastKeyAtMs;
  const { length } = state.held;
  // An Alt code takes four keys a character.
  return length > config.maxLength * 4 || state.lastKeyAtMs - first > config.maxTotalMs;
}

/** The pauses between the burst's keys, shortest first. */
function pausesOf({ held }: WedgeState): number[] {
  const pauses = held.slice(1).map(({ press }, i) => press.atMs - (held[i]?.press.atMs ?? 0));
  return pauses.toSorted((a, b) => a - b);
}

function meanOf(pauses: readonly number[]): number {
  return pauses.reduce((sum, pause) => sum + pause, 0) / Math.max(1, pauses.length);
}

function medianOf(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The pause within which the next key still belongs to the burst, and after which silence ends it. */
export function patienceMs(state: WedgeState, config: WedgeConfig): number {
  if (state.mode === "prefixed") return config.maxGapMs * 4;
  // What a machine began in one go it will end, however it stutters.
  const stutters = config.suffix !== "none" && isMachines(state, config);
  return stutters ? Math.max(config.maxGapMs, config.quietMs) : config.maxGapMs;
}

/** [W1] The text of a burst, or null when a key of it has no meaning in the reading asked for. */
export function textOf(held: readonly HeldKey[], config: WedgeConfig): string | null {
  const physical = readingOf(held, "physical");
  const layout = readingOf(held, "layout");
  switch (config.reading) {
    case "physical":
      return physical;
    case "layout":
      return layout;
    case "auto": {
      if (physical === null) return layout;
      // "!@#" by place and "123" by layout: the scanner types for the layout the till has.
      const byLayout = layout !== null && /^\d+$/.test(layout) && !/^\d+$/.test(physical);
      return byLayout ? layout : physical;
    }
  }
}

function readingOf(held: readonly HeldKey[], reading: keyof Written): string | null {
  let text = "";
  for (let i = 0; i < held.length; i++) {
    const key = held[i];
    const written = key?.[reading] ?? null;
    if (!key || written === null) return null;
    text += written;
    if (key.altRun === null || held[i + 1]?.altRun === key.altRun) continue;
    const digits = held.filter(({ altRun }) => altRun === key.altRun).length;
    const code = Number(text.slice(-digits));
    if (code < 1 || code > 126) return null;
    text = text.slice(0, -digits) + String.fromCharCode(code);
  }
  return text;
}
