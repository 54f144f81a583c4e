import {
  foldWedge,
  type KeyPress,
  keyPressOf,
  usbWedge,
  type WedgeEffect,
  type WedgeInput,
  wedgeAtRest,
} from "../../hardware/scanner/wedge.ts";
import { isTextField } from "../keyboard/listen-to-keys.ts";
import { pressKey } from "../keyboard/key-handlers.ts";

interface WedgeListener {
  /** A whole code, and when its last key came (`performance.now()`). */
  scanned(code: string, readAtMs: number): void;
  /** A scanner typed something that is no whole code. */
  unread(text: string): void;
}

/**
 * Watches every key before anything else on the page sees it. A scanner's keys go no further; a
 * person's arrive where they would have gone, at most a blink later. Returns how to stop.
 */
export function listenToWedge(page: Window, listener: WedgeListener): () => void {
  const replayed = new WeakSet<Event>();
  const through: KeyboardEvent[] = [];
  let state = wedgeAtRest;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function onKeyDown(event: KeyboardEvent): void {
    if (replayed.has(event)) return;
    if (step({ kind: "key", press: keyPressOf(event) }) === "hold") {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.key.length === 1) remember(event);
  }

  /** As many as a code may be long. */
  function remember(event: KeyboardEvent): void {
    through.push(event);
    if (through.length > usbWedge.maxLength) through.shift();
  }

  function step(input: WedgeInput): "hold" | "pass" {
    const { state: next, effects, disposition } = foldWedge(state, input, usbWedge);
    state = next;
    clearTimeout(timer);
    for (const effect of effects) carryOut(effect);
    return disposition;
  }

  function carryOut(effect: WedgeEffect): void {
    switch (effect.kind) {
      case "scan":
        return listener.scanned(effect.code, effect.atMs);
      case "replay":
        for (const press of effect.keys) replay(press);
        return;
      case "retract":
        return retract(page.document, through.splice(-effect.keys));
      case "unread":
        return listener.unread(effect.text);
      case "pending":
        timer = setTimeout(
          () => step({ kind: "tick", atMs: performance.now() }),
          Math.max(1, Math.ceil(effect.untilMs - performance.now()) + 1),
        );
        return;
      default:
        effect satisfies never;
    }
  }

  function replay(press: KeyPress): void {
    const target = page.document.activeElement ?? page.document.body;
    const event = new KeyboardEvent("keydown", {
      key: press.key,
      code: press.code,
      ctrlKey: press.ctrl,
      altKey: press.alt,
      shiftKey: press.shift,
      bubbles: true,
      cancelable: true,
    });
    replayed.add(event);
    if (press.key.length === 1) remember(event);
    const wanted = target.dispatchEvent(event);
    if (wanted && press.key.length === 1 && isTextField(target)) write(target, press.key);
  }

  page.addEventListener("keydown", onKeyDown, { capture: true });
  return () => {
    clearTimeout(timer);
    page.removeEventListener("keydown", onKeyDown, { capture: true });
  };
}

/** Writes at the cursor as the browser would have, so that the field's own listeners hear of it. */
function write(field: Element, text: string): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  const end = field.value.length;
  field.setRangeText(text, field.selectionStart ?? end, field.selectionEnd ?? end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, data: text }));
}

/**
 * Takes back what a scan wrote before it was known to be one. Outside a field only what a pad or
 * the search really took: a letter that meant nothing there must not cost a person's digit.
 */
function retract(document: Document, keys: readonly KeyboardEvent[]): void {
  const field = document.activeElement;
  if (!isTextField(field)) {
    for (let left = takenOf(keys); left > 0; left--) pressKey("BACKSPACE", "keyboard");
    return;
  }
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  const end = field.selectionEnd ?? field.value.length;
  field.setRangeText("", Math.max(0, end - keys.length), end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** How many of `keys` the till took: what it takes does not reach the browser. */
function takenOf(keys: readonly Pick<KeyboardEvent, "defaultPrevented">[]): number {
  return keys.filter((key) => key.defaultPrevented).length;
}
