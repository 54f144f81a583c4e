import { useEffect, useState } from "react";

/** Whole seconds left until `untilMs`, counted down on the screen; 0 when there is nothing to wait for. */
export function useSecondsUntil(untilMs: number | null): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (untilMs === null) {
      setSeconds(0);
      return;
    }
    const count = () => setSeconds(Math.max(0, Math.ceil((untilMs - Date.now()) / 1000)));
    count();
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [untilMs]);
  return seconds;
}
