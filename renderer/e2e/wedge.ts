import type { CDPSession, Page } from "@playwright/test";

interface ScannerKey {
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  readonly text: string;
  readonly virtualKey: number;
}

const punctuation: Readonly<Record<string, readonly [code: string, virtualKey: number]>> = {
  "-": ["Minus", 189],
  ".": ["Period", 190],
  "/": ["Slash", 191],
  " ": ["Space", 32],
};

/** The key that a scanner set to a US keyboard presses for a character. */
function keyFor(character: string): ScannerKey {
  if (character === "\r") {
    return { key: "Enter", code: "Enter", shift: false, text: "\r", virtualKey: 13 };
  }
  const upper = character.toUpperCase();
  const virtualKey = punctuation[character]?.[1] ?? upper.charCodeAt(0);
  const code = /\d/.test(character)
    ? `Digit${character}`
    : (punctuation[character]?.[0] ?? `Key${upper}`);
  return { key: character, code, shift: /[A-Z]/.test(character), text: character, virtualKey };
}

/** A presentation scanner's pause between two codes. */
const betweenCodesS = 0.006;

export interface Wedge {
  /** Types a code and Enter like a scanner in keyboard mode; `gapMs` between the keys. */
  scan(code: string, gapMs?: number): Promise<void>;
}

/**
 * A scanner in keyboard mode on the page's own keyboard. The keys carry the timestamps of a real one, so that a
 * busy test machine does not turn a scanner into a person.
 */
export async function plugInWedge(page: Page): Promise<Wedge> {
  const session: CDPSession = await page.context().newCDPSession(page);
  let lastS = 0;
  return {
    async scan(code, gapMs = 1) {
      const startS = Math.max(Date.now() / 1000, lastS + betweenCodesS);
      const presses = Array.from(`${code}\r`).flatMap((character, i) => {
        const { key, code: place, shift, text, virtualKey } = keyFor(character);
        const timestamp = startS + (i * gapMs) / 1000;
        lastS = timestamp;
        const shared = {
          key,
          code: place,
          timestamp,
          modifiers: shift ? 8 : 0,
          windowsVirtualKeyCode: virtualKey,
        };
        return [
          session.send("Input.dispatchKeyEvent", { type: "keyDown", text, ...shared }),
          session.send("Input.dispatchKeyEvent", { type: "keyUp", ...shared }),
        ];
      });
      await Promise.all(presses);
    },
  };
}
