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
/** How far ahead of the clock the keys are stamped. */
const leadS = 0.5;

export interface Wedge {
  /** Types a code and Enter like a scanner in keyboard mode; `gapMs` between the keys. */
  scan(code: string, gapMs?: number): Promise<void>;
  /** How long a hand must wait until the clock has passed the last scan's stamps. */
  aheadMs(): number;
}

/**
 * A scanner in keyboard mode on the page's own keyboard. All keys of a code are handed over at once and
 * their timestamps are a scanner's: whatever holds up the test, the browser or the page afterwards,
 * the keys stand in one queue and say that they came a millisecond apart. The stamps lie a little
 * ahead, so that no timer of the page is due before the last of them. Codes wait for each other.
 */
export async function plugInWedge(page: Page): Promise<Wedge> {
  const session: CDPSession = await page.context().newCDPSession(page);
  let lastS = 0;
  let line: Promise<void> = Promise.resolve();

  async function type(code: string, gapMs: number): Promise<void> {
    lastS = Math.max(Date.now() / 1000 + leadS, lastS + betweenCodesS);
    const handedOver = Array.from(`${code}\r`, (character) => {
      const { key, code: place, shift, text, virtualKey } = keyFor(character);
      lastS += gapMs / 1000;
      const shared = {
        key,
        code: place,
        timestamp: lastS,
        modifiers: shift ? 8 : 0,
        windowsVirtualKeyCode: virtualKey,
      };
      return [
        session.send("Input.dispatchKeyEvent", { type: "keyDown", text, ...shared }),
        session.send("Input.dispatchKeyEvent", { type: "keyUp", ...shared }),
      ];
    });
    await Promise.all(handedOver.flat());
  }

  return {
    scan(code, gapMs = 1) {
      line = line.then(() => type(code, gapMs));
      return line;
    },
    aheadMs: () => Math.max(0, lastS * 1000 - Date.now()),
  };
}
