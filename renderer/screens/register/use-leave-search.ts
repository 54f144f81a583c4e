import { useLayoutEffect } from "react";
import { useEntry } from "../../state/entry-store.ts";
import { usePane } from "../../state/pane-store.ts";
import { leaveSearchField } from "./focus-search.ts";

/**
 * A pane that opens takes the keyboard: what is typed for it must not go on into the search field.
 */
export function useLeaveSearch(): void {
  const kind = usePane((state) => state.pane.kind);
  useLayoutEffect(() => {
    if (kind === "search" || kind === "goods") return;
    leaveSearchField();
    useEntry.setState({ text: "" });
  }, [kind]);
}
