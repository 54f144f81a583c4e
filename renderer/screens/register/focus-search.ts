/** The search field's id: it stands in the bar at the top of the register. */
export const searchFieldId = "register-search";

/** Puts the cursor into the search field: over what stands there, or behind it to write on. */
export function focusSearch(where: "all" | "end" = "all"): void {
  const field = document.querySelector<HTMLInputElement>(`#${searchFieldId}`);
  if (field === null) return;
  field.focus();
  if (where === "all") return field.select();
  // The new text is on the screen one render later.
  queueMicrotask(() => field.setSelectionRange(field.value.length, field.value.length));
}
