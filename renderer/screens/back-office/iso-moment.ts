import { useCallback } from "react";
import { useRegister } from "../../state/register-store.ts";

/** "2026-11-23 14:37:05" by the clock of `timeZone`: what spreadsheets read as a time. */
export function isoMoment(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone,
  }).format(atMs);
}

/** The same by the store's clock. */
export function useIsoMoment(): (atMs: number) => string {
  const timeZone = useRegister((state) => state.view?.terminal.timeZone ?? "UTC");
  return useCallback((atMs) => isoMoment(atMs, timeZone), [timeZone]);
}
