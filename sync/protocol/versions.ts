/**
 * [V1] The versions of the protocol. A side speaks a window of them: two sides understand one another
 * while their windows meet.
 */
export const protocolVersion = 2;

/** One generation back: a chain of stores is not updated in one night. */
export const oldestProtocolVersion = 1;

/** Kinds of changes that a till of version 1 knows; it takes a page with another one for a fault. */
export const changeKinds1: ReadonlySet<string> = new Set([
  "settings",
  "person",
  "product",
  "product-removed",
  "fact",
  "movement",
]);

/** Why a version is not spoken, and which side to update. */
export function unspokenVersion(version: number): string {
  const side = version > protocolVersion ? "cloud" : "till";
  return (
    `this cloud speaks versions ${oldestProtocolVersion} to ${protocolVersion}, ` +
    `the till sent ${version}; update the ${side}`
  );
}
