import type { NetworkView } from "../../../host/contract/views.ts";

/** The keys of the two sentences that say where sync stands. */
export interface Headline {
  readonly tone: "proved" | "waiting" | "stopped";
  readonly first: "proved" | "sent" | "waits" | "unauthorised" | "refused";
  readonly next:
    | "goBySelf"
    | "goNow"
    | "proofAsked"
    | "proofLater"
    | "unauthorisedTodo"
    | "refusedTodo"
    | null;
}

/** [U5] "Everything is in the cloud" is said only when count and hash agree with the cloud's own word. */
export function headlineOf(network: NetworkView): Headline {
  const { state, unsent, provedEqual } = network;
  if (state === "unauthorised" || state === "refused") {
    return { tone: "stopped", first: state, next: `${state}Todo` };
  }
  const isOnline = state === "online";
  if (unsent > 0) {
    return { tone: "waiting", first: "waits", next: isOnline ? "goNow" : "goBySelf" };
  }
  if (provedEqual) return { tone: "proved", first: "proved", next: null };
  return { tone: "waiting", first: "sent", next: isOnline ? "proofAsked" : "proofLater" };
}
