import type { ControlKey } from "../../hardware/scanner/control-card.ts";

/** What a key event is made of, as far as the till cares. */
export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const named: Readonly<Record<string, ControlKey>> = {
  Enter: "ENTER",
  Escape: "ESC",
  Backspace: "BACKSPACE",
  Delete: "DELETE",
  " ": "SPACE",
  ".": "DOT",
  ",": "DOT",
  "+": "PLUS",
  "-": "MINUS",
  "*": "QUANTITY",
  ArrowUp: "UP",
  ArrowDown: "DOWN",
  Home: "HOME",
  End: "END",
  PageUp: "PAGEUP",
  PageDown: "PAGEDOWN",
};

/**
 * The till's name of a key: the keyboard and the control card speak one language. Null for what is
 * none of the till's business (letters, shortcuts of the system). ArrowLeft and ArrowRight stay the
 * browser's.
 */
export function keyOf(stroke: KeyStroke): ControlKey | null {
  if (stroke.ctrlKey || stroke.altKey || stroke.metaKey) return null;
  if (stroke.shiftKey && stroke.key === "Delete") return "VOID";
  if (/^\d$/.test(stroke.key)) return stroke.key as ControlKey;
  if (/^F([1-9]|1[0-2])$/.test(stroke.key)) return stroke.key as ControlKey;
  return named[stroke.key] ?? null;
}

/** True for keys that a text field needs for itself while a person writes in it. */
export function belongsToField(key: ControlKey): boolean {
  return !/^(F\d+|ESC|VOID)$/.test(key);
}
