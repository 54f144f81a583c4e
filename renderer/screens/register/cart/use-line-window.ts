import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { CartLineView } from "../../../../host/contract/views.ts";
import { type LineWindow, scrollTopFor, topOf, windowAt, windowAtEnd } from "./line-window.ts";

/** Until the list was measured. */
const usualHeight = 600;

/** Where somebody scrolled to, among which lines. */
interface Scrolled extends LineWindow {
  readonly lines: readonly CartLineView[];
}

/**
 * Which lines are drawn. While none is chosen (`selected` -1) the newest is in sight whenever the
 * lines change; one that is chosen stays in sight instead.
 */
export function useLineWindow(
  lines: readonly CartLineView[],
  selected: number,
): LineWindow & { readonly scroller: RefObject<HTMLDivElement | null> } {
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(usualHeight);
  const [scrolled, setScrolled] = useState<Scrolled | null>(null);

  useLayoutEffect(() => {
    const view = scroller.current;
    if (view === null) return;
    const list = { count: lines.length, selected };
    const look = () => {
      const { scrollTop } = view;
      // Where the newest is in sight by itself nothing need be drawn for having scrolled there.
      if (selected < 0 && scrollTop + height > topOf(list.count, list) - 1)
        return setScrolled(null);
      const { from, to } = windowAt(scrollTop, list, height);
      setScrolled((before) =>
        before?.from === from && before.to === to && before.lines === lines
          ? before
          : { from, to, lines },
      );
    };
    if (selected < 0) view.scrollTop = topOf(list.count, list);
    else {
      view.scrollTop = scrollTopFor(selected, list, { scrollTop: view.scrollTop, height });
      look();
    }
    view.addEventListener("scroll", look, { passive: true });
    return () => view.removeEventListener("scroll", look);
  }, [lines, selected, height]);

  const isEmpty = lines.length === 0;
  useLayoutEffect(() => {
    const view = scroller.current;
    if (isEmpty || view === null) return;
    // A banner takes its room from the old lines, never from the newest.
    const observer = new ResizeObserver(() => setHeight(view.clientHeight));
    observer.observe(view);
    return () => observer.disconnect();
  }, [isEmpty]);

  const isFollowing = scrolled === null || (selected < 0 && scrolled.lines !== lines);
  const shown = isFollowing ? windowAtEnd({ count: lines.length, selected }, height) : scrolled;
  return { scroller, from: shown.from, to: shown.to };
}
