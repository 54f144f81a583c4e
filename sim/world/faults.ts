/** How often what went wrong, by kind. */
export interface Faults {
  note(kind: string): void;
  counts(): Readonly<Record<string, number>>;
}

export function createFaults(): Faults {
  const counts = new Map<string, number>();
  return {
    note: (kind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1),
    counts: () => Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}
