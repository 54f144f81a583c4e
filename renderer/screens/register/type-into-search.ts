import { useEntry } from "../../state/entry-store.ts";
import { usePane } from "../../state/pane-store.ts";
import { useRegister } from "../../state/register-store.ts";
import { focusSearch } from "./focus-search.ts";

/**
 * What a person types with no field in hand is a search, unless a pane stands there that is about
 * something else.
 */
export function typeIntoSearch(letters: string): boolean {
  if ((useRegister.getState().view?.person ?? null) === null) return false;
  const { pane, open } = usePane.getState();
  if (!["goods", "search", "change"].includes(pane.kind)) return false;
  useEntry.setState(({ text }) => ({ text: text + letters }));
  if (pane.kind !== "search") open({ kind: "search" });
  focusSearch("end");
  return true;
}
