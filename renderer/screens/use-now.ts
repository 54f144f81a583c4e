import { useEffect, useState } from "react";

/**
 * The wall clock, looked at every `everyMs`: for clocks and ages on the screen, never for order.
 */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
