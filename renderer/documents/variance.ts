/** A variance is never told by its sign alone: `missing` is money the drawer lacks, `over` is too much of it. */
export function varianceKind(varianceMinor: number): "missing" | "over" | "exact" {
  if (varianceMinor < 0) return "missing";
  return varianceMinor > 0 ? "over" : "exact";
}
