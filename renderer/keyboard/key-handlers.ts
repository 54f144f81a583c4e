import { useEffectEvent, useLayoutEffect } from "react";
import type { ControlKey } from "../../hardware/scanner/control-card.ts";

/** Who pressed: fingers on a keyboard, or the scanner on the control card. */
export type KeySource = "keyboard" | "card";

/** Answers true when the key meant something here; false lets the next one look at it. */
export type KeyHandler = (key: ControlKey, source: KeySource) => boolean;

/** Who is asked first: a pad, then the pane it stands in, then the screen. */
const levels = ["pad", "pane", "screen"] as const;
type Level = (typeof levels)[number];

const handlers: Record<Level, KeyHandler[]> = { pad: [], pane: [], screen: [] };

/** Offers a key to whoever listens, the innermost first. */
export function pressKey(key: ControlKey, source: KeySource): boolean {
  return levels.some((level) =>
    handlers[level].toReversed().some((handler) => handler(key, source)),
  );
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
