/**
 * The US keyboard by the places of its keys (`KeyboardEvent.code`): what a scanner in keyboard mode
 * believes it types on, whatever layout the till has (French, Hebrew, Russian …).
 */

/** Place → the characters without and with Shift. */
const printed: Readonly<Record<string, string>> = {
  Digit1: "1!",
  Digit2: "2@",
  Digit3: "3#",
  Digit4: "4$",
  Digit5: "5%",
  Digit6: "6^",
  Digit7: "7&",
  Digit8: "8*",
  Digit9: "9(",
  Digit0: "0)",
  Minus: "-_",
  Equal: "=+",
  BracketLeft: "[{",
  BracketRight: "]}",
  Backslash: "\\|",
  IntlBackslash: "\\|",
  Semicolon: ";:",
  Quote: "'\"",
  Backquote: "`~",
  Comma: ",<",
  Period: ".>",
  Slash: "/?",
  Space: "  ",
};

const numpad: Readonly<Record<string, string>> = {
  NumpadDecimal: ".",
  NumpadAdd: "+",
  NumpadSubtract: "-",
  NumpadMultiply: "*",
  NumpadDivide: "/",
};

/** The character of the key at `code`, or null for keys that write nothing. */
export function usCharacter(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^Numpad(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  return printed[code]?.charAt(shift ? 1 : 0) ?? numpad[code] ?? null;
}

/** Where `character` is on a US keyboard; null for what it does not have. The way back, for typists. */
export function usKeyOf(character: string): { code: string; shift: boolean } | null {
  if (/^[a-z]$/.test(character)) return { code: `Key${character.toUpperCase()}`, shift: false };
  if (/^[A-Z]$/.test(character)) return { code: `Key${character}`, shift: true };
  if (character === " ") return { code: "Space", shift: false };
  for (const [code, characters] of Object.entries(printed)) {
    const at = characters.indexOf(character);
    if (at >= 0 && character !== "") return { code, shift: at === 1 };
  }
  return null;
}
