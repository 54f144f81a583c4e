import type { DeviceView } from "../../../../host/contract/views.ts";

const known = [
  "cover-open",
  "paper-out",
  "paper-near-end",
  "offline",
  "unreachable",
  "timeout",
  "cutter",
  "error",
] as const;

export type PrintRemedy = (typeof known)[number] | "other";

/** The one line that says what to do about the printer; null while there is nothing to do. */
export function remedyOf(state: DeviceView["state"], detail: string | null): PrintRemedy | null {
  const named = known.find((each) => each === detail);
  if (named !== undefined) return named;
  return state === "stopped" ? "other" : null;
}
