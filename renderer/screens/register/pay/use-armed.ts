import { useEffect, useState } from "react";

/**
 * False for `restMs` after the component appeared: the second half of a double press is nobody's
 * wish.
 */
export function useArmed(restMs: number): boolean {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), restMs);
    return () => clearTimeout(timer);
  }, [restMs]);
  return rested || restMs === 0;
}
