import { useSyncExternalStore } from "react";

/** Where the screen is: "/", "/back-office/stock", "/control-card". Kept in the address's hash. */
export function useRoute(): string {
  return useSyncExternalStore(listen, currentRoute);
}

function currentRoute(): string {
  const path = window.location.hash.replace(/^#/, "");
  return path === "" ? "/" : path;
}

/** Goes to `path`, e.g. "/back-office/sync". */
export function navigate(path: string): void {
  window.location.hash = path;
}

function listen(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}
