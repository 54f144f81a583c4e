import { useEffectEvent, useLayoutEffect } from "react";
import type { ControlKey } from "../../hardware/scanner/control-card.ts";

/** Who pressed: fingers on a keyboard, or the scanner on the control card. */
export type KeySource = "keyboard" | "card";

/** Answers true when the key meant something here; false lets the next one look at it. */
export type KeyHandler = (key: ControlKey, source: KeySource) => boolean;

/** Who is asked first: a pad, then the pane it stands in, then the screen. */
const levels = ["pad", "pane", "screen"] as const;
type Level = "modal" | (typeof levels)[number];

const handlers: Record<Level, KeyHandler[]> = { modal: [], pad: [], pane: [], screen: [] };

/** Offers a key to whoever listens, the innermost first; while something modal stands, to that alone. */
export function pressKey(key: ControlKey, source: KeySource): boolean {
  const asked = isModal() ? (["modal"] as const) : levels;
  return asked.some((level) =>
    handlers[level].toReversed().some((handler) => handler(key, source)),
  );
}

/** Something stands before the screen and wants an answer first. */
export function isModal(): boolean {
  return handlers.modal.length > 0;
}

/** Listens to the till's keys while the component stands. */
export function useKeys(level: Level, handler: KeyHandler): void {
  const latest = useEffectEvent(handler);
  useLayoutEffect(() => {
    const listening: KeyHandler = (key, source) => latest(key, source);
    handlers[level].push(listening);
    return () => {
      handlers[level].splice(handlers[level].indexOf(listening), 1);
    };
  }, [level]);
}
