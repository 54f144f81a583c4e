import type { SnapshotView } from "../contract/views.ts";
import type { Till } from "../state/till.ts";

/** [D2] How far the snapshot is that is being read; null when none is. */
export function snapshotView({ ledger }: Till): SnapshotView | null {
  const underWay = ledger.snapshot.underWay();
  if (underWay === null) return null;
  const { why, done, total } = underWay;
  return {
    why,
    done,
    total,
    sellable: why !== "new-till" || ledger.settings.get("goods-in") === true,
  };
}
