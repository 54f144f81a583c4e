import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * How many columns of at least `narrowest` pixels fit into an element, watched as it grows and
 * shrinks.
 */
export function useColumns(
  element: RefObject<HTMLElement | null>,
  narrowest: number,
  gap: number,
): number {
  const [columns, setColumns] = useState(3);
  useLayoutEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const observer = new ResizeObserver(() => {
      const fit = Math.floor((watched.clientWidth + gap) / (narrowest + gap));
      setColumns(Math.max(1, fit));
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element, narrowest, gap]);
  return columns;
}
