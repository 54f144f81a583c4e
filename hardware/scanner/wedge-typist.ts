import { assert } from "../../domain/values/assert.ts";
import type { KeyPress } from "./key-press.ts";
import { usKeyOf } from "./us-keyboard.ts";

/** A keyboard scanner or a person, made of key presses: the virtual twin of the wedge. */
export interface Typing {
  readonly startMs: number;
  /** The pause before key `i` (0 is the first), milliseconds. */
  readonly gapMs: (i: number) => number;
  /** What the till's layout makes of a key; without it, a US layout. */
  readonly layout?: ((code: string, shift: boolean) => string) | undefined;
  /** Keys before and after the text, by place; "Enter" is what most scanners send. */
  readonly before?: readonly string[] | undefined;
  readonly after?: readonly string[] | undefined;
  /** How group separators are typed. */
  readonly separator?: "ctrl-]" | "alt-0029" | "f8" | undefined;
  /** Every character as Alt+0nnn: how scanners write on any layout. */
  readonly altCodes?: boolean | undefined;
}

/** The key presses of `text`, Shift and Alt included. Characters a US keyboard lacks are a bug here. */
export function typeText(text: string, typing: Typing): KeyPress[] {
  const presses: KeyPress[] = [];
  let atMs = typing.startMs;
  let typed = 0;
  const press = (code: string, key: string, held: Partial<KeyPress> = {}) => {
    presses.push({ ...released, code, key, ...held, atMs });
  };
  const pause = () => {
    atMs += typed === 0 ? 0 : typing.gapMs(typed);
    typed++;
  };
  const typeAltCode = (character: string) => {
    press("AltLeft", "Alt", { alt: true });
    for (const digit of String(character.charCodeAt(0)).padStart(4, "0")) {
      pause();
      press(`Numpad${digit}`, digit, { alt: true });
    }
  };
  const typeSeparator = () => {
    if (typing.separator === "alt-0029") return typeAltCode("\u001d");
    pause();
    if (typing.separator === "f8") return press("F8", "F8");
    press("ControlLeft", "Control", { ctrl: true });
    press("BracketRight", "]", { ctrl: true });
  };
  const typeNamed = (names: readonly string[] = []) => {
    for (const name of names) {
      pause();
      press(name, name);
    }
  };
  typeNamed(typing.before);
  for (const character of text) {
    if (character === "\u001d") typeSeparator();
    else if (typing.altCodes) typeAltCode(character);
    else {
      const place = usKeyOf(character);
      assert(place, `a US keyboard has no "${character}"`);
      pause();
      const { code, shift } = place;
      if (shift) press("ShiftLeft", "Shift", { shift });
      press(code, typing.layout?.(code, shift) ?? character, { shift });
    }
  }
  typeNamed(typing.after);
  return presses;
}

const released: KeyPress = {
  code: "",
  key: "",
  shift: false,
  ctrl: false,
  alt: false,
  altGraph: false,
  meta: false,
  repeat: false,
  ime: false,
  atMs: 0,
};
