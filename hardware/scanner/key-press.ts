import { usCharacter } from "./us-keyboard.ts";

/** One key going down, as a browser tells it. `keyPressOf` makes it from a KeyboardEvent. */
export interface KeyPress {
  /** The key's place (`KeyboardEvent.code`), the same on every layout. */
  readonly code: string;
  /** What the till's layout makes of it (`KeyboardEvent.key`). */
  readonly key: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly altGraph: boolean;
  readonly meta: boolean;
  /** The key is held down and repeats: a finger, never a scanner. */
  readonly repeat: boolean;
  /** An input method has the key (keyCode 229): it reaches the field whatever we do. */
  readonly ime: boolean;
  /** When the key went down by the event's own clock, milliseconds; not when somebody got round to it. */
  readonly atMs: number;
}

/** The part of a DOM KeyboardEvent that counts; this file knows no DOM. */
export interface KeyboardEventLike {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly timeStamp: number;
  getModifierState(key: string): boolean;
}

export function keyPressOf(event: KeyboardEventLike): KeyPress {
  return {
    code: event.code,
    key: event.key,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    altGraph: event.getModifierState("AltGraph"),
    meta: event.metaKey,
    repeat: event.repeat,
    ime: event.isComposing || event.keyCode === 229,
    atMs: event.timeStamp,
  };
}

/** A key with its modifiers; what is not named must be up. */
export interface KeyChord {
  readonly code: string;
  readonly ctrl?: boolean | undefined;
  readonly shift?: boolean | undefined;
  readonly alt?: boolean | undefined;
}

export function isChord(press: KeyPress, chord: KeyChord): boolean {
  return (
    press.code === chord.code &&
    press.ctrl === (chord.ctrl ?? false) &&
    press.shift === (chord.shift ?? false) &&
    press.alt === (chord.alt ?? false) &&
    !press.meta
  );
}

export function isModifier(press: KeyPress): boolean {
  return /^(Shift|Control|Alt|Meta|OS)(Left|Right)$|^(CapsLock|NumLock)$/.test(press.code);
}

/** What a key writes: on a US keyboard, and on the till's. Null: that reading does not know. */
export interface Written {
  readonly physical: string | null;
  readonly layout: string | null;
}

/** What `press` writes, or null for a key that writes nothing (arrows, F1, Ctrl+C). */
export function writtenBy(press: KeyPress): Written | null {
  const layout = !press.ime && Array.from(press.key).length === 1 ? press.key : null;
  if (press.altGraph) return layout === null ? null : { physical: null, layout };
  if (press.ctrl || press.alt || press.meta) return null;
  const physical = usCharacter(press.code, press.shift);
  // Without NumLock the numpad's keys are arrows.
  if (press.code.startsWith("Numpad") && !press.ime && layout === null) return null;
  return physical === null && layout === null ? null : { physical, layout };
}

/** Control characters that scanners type with Ctrl, inside a code only: RS, FS, US, EOT of ISO 15434. */
export function controlCharacter(press: KeyPress): string | null {
  if (!press.ctrl || press.alt || press.meta) return null;
  const place = press.shift ? `Shift+${press.code}` : press.code;
  const typed: Readonly<Record<string, string>> = {
    BracketRight: "\u001d",
    Backslash: "\u001c",
    "Shift+Digit6": "\u001e",
    "Shift+Minus": "\u001f",
    KeyD: "\u0004",
  };
  return typed[place] ?? null;
}
