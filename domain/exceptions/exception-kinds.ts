/** Everything that asks a person to look. A newer cloud may know more: see `isExceptionKind`. */
export type ExceptionKind =
  /** [C1] More was sold of a good than there was. */
  | "oversold"
  /** [U2] A till's journal differs from what the cloud holds of it. */
  | "forked"
  /** Two machines send with one till's identity. */
  | "cloned"
  /** The cloud went on from an older backup. */
  | "cloud-restored"
  /** Two receipts bear one number. */
  | "number-reused"
  /** [C4] More came back of a receipt's line than was sold. */
  | "over-returned"
  /** [H4] Two tills that did not hear of each other took one suspended sale back. */
  | "recalled-twice"
  /** [C3] One field was changed in two places. */
  | "edit-conflict"
  /** [C3] Two goods were given one code. */
  | "code-conflict"
  /** [C2] Whether a movement came before or after a count had to be assumed. */
  | "count-uncertain"
  /** [C5] More was taken from a card or an account than it held. */
  | "overdrawn"
  /** [U4] Facts that the cloud could not apply. */
  | "parked";

/**
 * What a person may answer. Each is a fact (`exception.resolved`), and what it does is done by
 * whoever owns the kind; `seen` does nothing but close it.
 */
export type Resolution =
  | "seen"
  /** The good was counted (the count is a fact of its own). */
  | "counted"
  /** [C3] What stands, stands. */
  | "keep"
  /** [C3] The other value counts from now on; a code leads to the other good. */
  | "take-other"
  /** [C2] The movement came before the count, or after it. */
  | "before"
  | "after"
  /** [U8] The parked facts are judged again. */
  | "retry"
  /** [C5] What came to an account later covers what was spent of it: nobody had to answer. */
  | "covered";

/** The resolutions a screen offers, the usual one first. */
export const resolutionsOf: Readonly<Record<ExceptionKind, readonly Resolution[]>> = {
  oversold: ["counted", "seen"],
  forked: ["seen"],
  cloned: ["seen"],
  "cloud-restored": ["seen"],
  "number-reused": ["seen"],
  "over-returned": ["seen"],
  "recalled-twice": ["seen"],
  "edit-conflict": ["keep", "take-other"],
  "code-conflict": ["keep", "take-other"],
  "count-uncertain": ["after", "before"],
  overdrawn: ["seen"],
  parked: ["retry", "seen"],
};

export function isExceptionKind(kind: string): kind is ExceptionKind {
  return Object.hasOwn(resolutionsOf, kind);
}

/** Whether `resolution` is an answer to this kind; to a kind that is not known only "seen" is. */
export function isResolutionOf(kind: string, resolution: string): boolean {
  const offered: readonly string[] = isExceptionKind(kind) ? resolutionsOf[kind] : ["seen"];
  return offered.includes(resolution);
}
