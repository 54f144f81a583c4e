import type { KeyboardEvent } from "react";

/**
 * Enter in a text field. Not a form's own submission: an Enter close behind typing was held until it was
 * known to be no scanner's, and a browser submits nothing for a key that is put back.
 */
export function onEnter(act: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act();
  };
}
