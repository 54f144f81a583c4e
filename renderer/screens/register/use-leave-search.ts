import { useLayoutEffect } from "react";
import { useEntry } from "../../state/entry-store.ts";
import { usePane } from "../../state/pane-store.ts";
import { searchFieldId } from "./focus-search.ts";

/** A pane that opens takes the keyboard: what is typed for it must not go on into the search field. */
export function useLeaveSearch(): void {
  const kind = usePane((state) => state.pane.kind);
  useLayoutEffect(() => {
    if (kind === "search" || kind === "goods") return;
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && focused.id === searchFieldId) focused.blur();
    useEntry.setState({ text: "" });
  }, [kind]);
}
