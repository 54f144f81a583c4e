import type { FactPosition } from "../../../domain/facts/fact.ts";
import { type PlacedMovement, type Side, sideOf } from "../../../domain/stock/relation.ts";
import { settleMovement } from "../../../domain/stock/settle.ts";
import { present } from "../../../domain/values/assert.ts";
import { type CorrectedTime, correctedTime } from "../../../domain/values/clock-reading.ts";
import type { FactsPlace, StoredFact } from "./apply-facts.ts";
import type { CountRows } from "./count-rows.ts";
import type { BatchMovement } from "./stock.ts";
import type { Uncertain } from "./uncertain.ts";

/** [C2] Settles what does not simply come after its good's newest count; answers what does. */
export function createMoveCounted(rows: CountRows) {
  return (
    { place, uncertain }: { readonly place: FactsPlace; readonly uncertain: Uncertain },
    stored: readonly StoredFact[],
    run: {
      readonly movements: readonly BatchMovement[];
      readonly newest: ReadonlyMap<string, number>;
    },
  ): BatchMovement[] => {
    const { storeNo } = place;
    const sides = createSides(rows, place, stored);
    return run.movements.filter((moved) => {
      const countNo = run.newest.get(moved.sku);
      if (countNo === undefined) return true;
      const atOnce = sides(moved.factIndex, countNo);
      if (atOnce.side === "after") return true;
      const { deltaMilli, sku } = moved;
      const movement: PlacedMovement = { ...atOnce.when, deltaMilli };
      const count = rows.count(storeNo, sku, countNo);
      const side = sideOf(movement, count);
      if (side === "uncertain") uncertain.note(sku, rows.mark(countNo), count, movement);
      if (side !== "before") return true;
      const stock = rows.stock(storeNo, sku);
      settleMovement(stock, movement);
      rows.save(storeNo, sku, stock);
      return false;
    });
  };
}

/**
 * On which side of a count a fact stands, before anybody decided anything: the same for all goods of
 * both, so it is asked once for a fact and a count.
 */
function createSides(
  rows: CountRows,
  { terminalId, epoch }: FactsPlace,
  stored: readonly StoredFact[],
) {
  let last: { readonly index: number; readonly when: When } | null = null;
  let sides = new Map<number, Side>();

  function whenOf(index: number): When {
    if (last?.index === index) return last.when;
    const { fact } = present(stored[index], "a fact of the batch");
    const atMs = fact.identity?.atMs ?? 0;
    const place: FactPosition = { terminalId, epoch, seq: fact.seq };
    let read: CorrectedTime | null = null;
    const at = () => (read ??= correctedTime(atMs, rows.readingAt(place)));
    last = { index, when: { place, atMs, at } };
    sides = new Map();
    return last.when;
  }

  return (index: number, countNo: number): { readonly side: Side; readonly when: When } => {
    const when = whenOf(index);
    const mark = rows.mark(countNo);
    const undecided = { mark, countedMilli: 0, storeAtMs: null, decisions: [] };
    const side = sides.get(countNo) ?? sideOf({ ...when, deltaMilli: 0 }, undecided);
    sides.set(countNo, side);
    return { side, when };
  };
}

type When = Omit<PlacedMovement, "deltaMilli">;
