import { usePane } from "../../state/pane-store.ts";

/** The search field's id: it stands in the bar at the top of the register. */
export const searchFieldId = "register-search";

/** Puts the cursor into the search field: over what stands there, or behind it to write on. */
export function focusSearch(where: "all" | "end" = "all"): void {
  const field = document.querySelector<HTMLInputElement>(`#${searchFieldId}`);
  if (field === null) return;
  const { pane, open } = usePane.getState();
  if (pane.kind === "goods" || pane.kind === "change") open({ kind: "search" });
  field.focus();
  if (where === "all") return field.select();
  // The new text is on the screen one render later.
  queueMicrotask(() => field.setSelectionRange(field.value.length, field.value.length));
}

/** Takes the cursor out of the search field, if it is there. */
export function leaveSearchField(): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && focused.id === searchFieldId) focused.blur();
}
