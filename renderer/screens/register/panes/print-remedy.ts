import type { DeviceView } from "../../../../host/contract/views.ts";

/** The words of the printer's driver and of its queue that have a remedy of their own. */
const known = [
  "cover-open",
  "paper-out",
  "paper-near-end",
  "offline",
  "unreachable",
  "no-answer",
  "busy",
  "error",
  "connection-lost",
  "till-stopped",
  "too-late",
  "not-renderable",
] as const;

export type PrintRemedy = (typeof known)[number] | "absent" | "other";

/** The one line that says what to do about the printer; null while there is nothing to do. */
export function printerRemedy({ state, detail }: DeviceView): PrintRemedy | null {
  if (state === "absent") return "absent";
  return knownRemedy(detail) ?? (state === "stopped" ? "other" : null);
}

/** The same for one job, by why it waits, failed, or is not known to have printed. */
export function jobRemedy(why: string | null): PrintRemedy | null {
  return why === null ? null : (knownRemedy(why) ?? "other");
}

function knownRemedy(word: string | null): PrintRemedy | null {
  return known.find((each) => each === word) ?? null;
}
