import { randomUUID } from "node:crypto";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { isCommand } from "../host/node/replay/till-calls.ts";
import { askTill } from "../renderer/e2e/ask-till.ts";
import type { Input, OperationName, Output } from "../host/contract/operations.ts";

/** The cashier's screen in a real Chromium, with a scanner that types. */
export interface RegisterPage {
  /** Scans a code and waits for the frame that painted its line. Milliseconds from the code's last key. */
  scan(code: string, sku: string): Promise<number>;
  /** Resolves when somebody is signed in and a shift is open, on the screen. */
  untilSelling(): Promise<void>;
  /** An operation over a channel of its own, as another window of the till would send it. */
  ask<N extends OperationName>(name: N, input: Omit<Input<N>, "commandId">): Promise<Output<N>>;
  version(): string;
  close(): Promise<void>;
}

const args = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

const betweenKeysS = 0.001;

export async function openRegisterPage(address: string): Promise<RegisterPage> {
  const executablePath = process.env["EVERTILL_CHROMIUM"] ?? "/usr/bin/chromium";
  const browser: Browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.addInitScript(watchForLines);
  await page.goto(address);
  const keyboard = await page.context().newCDPSession(page);
  return {
    async scan(code, sku) {
      const painted = page.evaluate(
        (wanted) => (window as unknown as BenchWindow).paintedAfterScan(wanted),
        sku,
      );
      await typeLikeScanner(keyboard, code);
      return painted;
    },
    async untilSelling() {
      await page.locator("[data-total]").waitFor();
      await page.locator("[data-chip=shift]").filter({ hasNotText: "No shift" }).waitFor();
    },
    ask: (name, input) => ask(page, name, input),
    version: () => browser.version(),
    close: () => browser.close(),
  };
}

interface BenchWindow {
  /** Milliseconds from the last Enter key to the frame that shows a new line of this good. */
  paintedAfterScan(sku: string): Promise<number>;
}

/** Runs in the page before its own code: the page's measurements of itself are not asked. */
function watchForLines(): void {
  let enterAtMs = 0;
  let wanted: { sku: string; resolve: (ms: number) => void } | null = null;
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter") enterAtMs = event.timeStamp;
    },
    { capture: true },
  );
  /** The message's turn comes when the frame that rAF was called for has been painted. */
  const afterPaint = (task: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", task);
      port1.start();
      port2.postMessage(null);
    });
  new MutationObserver(() => {
    if (wanted === null) return;
    if (document.querySelector(`[data-line][data-sku="${wanted.sku}"]`) === null) return;
    const { resolve } = wanted;
    wanted = null;
    afterPaint(() => resolve(performance.now() - enterAtMs));
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["data-sku"] });
  (window as unknown as BenchWindow).paintedAfterScan = (sku) =>
    new Promise((resolve, reject) => {
      wanted = { sku, resolve };
      setTimeout(() => reject(new Error(`no line of ${sku} was painted`)), 10_000);
    });
}

/**
 * A scanner in keyboard mode. Its digits say that they came a millisecond apart, whatever the bench was held up by; Enter,
 * from which is measured, has the time at which it really came.
 */
async function typeLikeScanner(keyboard: CDPSession, digits: string): Promise<void> {
  const firstS = Date.now() / 1000 - digits.length * betweenKeysS;
  const presses = Array.from(`${digits}\r`, (text, index) => {
    const isEnter = text === "\r";
    const key = {
      key: isEnter ? "Enter" : text,
      code: isEnter ? "Enter" : `Digit${text}`,
      windowsVirtualKeyCode: text.charCodeAt(0),
      ...(isEnter ? {} : { timestamp: firstS + index * betweenKeysS }),
    };
    return [
      keyboard.send("Input.dispatchKeyEvent", { type: "keyDown", text, ...key }),
      keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }),
    ];
  });
  await Promise.all(presses.flat());
}

/** The command's id is made here: nobody asks for it again. */
function ask<N extends OperationName>(page: Page, name: N, input: Omit<Input<N>, "commandId">) {
  const whole = isCommand(name) ? { ...input, commandId: randomUUID() } : input;
  return askTill(page, name, whole as Input<N>);
}
