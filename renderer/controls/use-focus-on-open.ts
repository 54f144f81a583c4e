import { type RefObject, useEffect, useRef } from "react";

/** Puts the focus into a pane's first field when the pane opens: whoever opened it wants to write there. */
export function useFocusOnOpen(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
