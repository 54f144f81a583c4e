import { useSyncExternalStore } from "react";
import { usePreferences } from "../state/preferences-store.ts";

const darkQuery = window.matchMedia("(prefers-color-scheme: dark)");

/** Light or dark: as chosen on this screen, else as the system says. */
export function useColourScheme(): "light" | "dark" {
  const chosen = usePreferences((state) => state.colours);
  const systemIsDark = useSyncExternalStore(listen, () => darkQuery.matches);
  return chosen === "auto" ? (systemIsDark ? "dark" : "light") : chosen;
}

function listen(changed: () => void): () => void {
  darkQuery.addEventListener("change", changed);
  return () => darkQuery.removeEventListener("change", changed);
}
