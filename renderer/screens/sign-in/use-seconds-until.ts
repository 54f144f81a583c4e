import { useNow } from "../use-now.ts";

/**
 * Whole seconds left until `untilMs`, counted down on the screen; 0 when there is nothing to wait
 * for.
 */
export function useSecondsUntil(untilMs: number | null): number {
  const now = useNow(250);
  return untilMs === null ? 0 : Math.max(0, Math.ceil((untilMs - now) / 1000));
}
