import { isModal, pressKey } from "./key-handlers.ts";
import { belongsToField, keyOf } from "./keys.ts";

/**
 * A field that a person can write in: keys belong to it. A pad's own display is read-only and is
 * none.
 */
export function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLTextAreaElement) return !element.readOnly;
  if (element instanceof HTMLSelectElement) return true;
  if (element instanceof HTMLElement && element.isContentEditable) return true;
  if (!(element instanceof HTMLInputElement) || element.readOnly) return false;
  return !["button", "checkbox", "radio", "submit", "range"].includes(element.type);
}

/**
 * Keys that no scan took and no field wanted. What means something to the till does not reach the
 * browser (F12 would open its tools, F7 its caret). Returns how to stop.
 */
export function listenToKeys(page: Window, onLetter: (letter: string) => boolean): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const inField = isTextField(page.document.activeElement);
    const key = keyOf(event);
    if (key !== null) {
      if (inField && belongsToField(key)) return;
      if (isNativeButtonPress(event, page.document.activeElement) && key === "SPACE") return;
      if (pressKey(key, "keyboard")) {
        event.preventDefault();
        return;
      }
    }
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!inField && !isModal() && isPlain && event.key.length === 1 && event.key !== " ") {
      if (onLetter(event.key)) event.preventDefault();
    }
  }
  page.addEventListener("keydown", onKeyDown);
  return () => page.removeEventListener("keydown", onKeyDown);
}

function isNativeButtonPress(event: KeyboardEvent, focused: Element | null): boolean {
  return event.key === " " && focused instanceof HTMLButtonElement;
}
