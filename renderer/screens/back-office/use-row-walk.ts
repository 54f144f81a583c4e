import type { Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useState } from "react";

interface RowWalk {
  /** The row that Tab leads to. */
  readonly current: number;
  readonly setCurrent: (index: number) => void;
  /** The arrows, Page, Home and End; other keys are left alone. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Walks the rows of a virtual table by keyboard: one of them takes the focus, drawn or not. */
export function useRowWalk(
  virtual: Virtualizer<HTMLDivElement, Element>,
  scroller: RefObject<HTMLDivElement | null>,
  row: { readonly count: number; readonly height: number },
): RowWalk {
  const [active, setCurrent] = useState(0);
  const last = Math.max(0, row.count - 1);
  const current = Math.min(active, last);

  function onKeyDown(event: KeyboardEvent): void {
    const seen = Math.floor((scroller.current?.clientHeight ?? row.height) / row.height);
    const page = Math.max(1, seen - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: last,
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(wanted, 0), last);
    setCurrent(next);
    virtual.scrollToIndex(next);
    // At once where it is drawn, so that an Enter right behind means this row; else after the next frame.
    if (!focusRow(next)) requestAnimationFrame(() => focusRow(next));
  }

  function focusRow(index: number): boolean {
    const drawn = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    drawn?.focus();
    return drawn !== null && drawn !== undefined;
  }

  return { current, setCurrent, onKeyDown };
}
