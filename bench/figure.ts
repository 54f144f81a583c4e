/** One measured number against its limit; printed as a line of JSON. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  /** Value ÷ limit. */
  readonly ratio: number;
  readonly holds: boolean;
}

/** A figure that must not be above its limit. */
export function atMost(name: string, value: number, unit: string, limit: number): Figure {
  return { ...figure(name, value, unit, limit), holds: value <= limit };
}

/** A figure that must not be below its limit. */
export function atLeast(name: string, value: number, unit: string, limit: number): Figure {
  return { ...figure(name, value, unit, limit), holds: value >= limit };
}

function figure(name: string, value: number, unit: string, limit: number) {
  return {
    name,
    value: rounded(value),
    unit,
    limit: rounded(limit),
    ratio: rounded(value / limit),
  };
}

/** Three places: more than any of these measurements means. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The value below or at which `share` of the samples lie: the nearest-rank quantile. `share` in (0, 1]. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error("a quantile needs samples");
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}
