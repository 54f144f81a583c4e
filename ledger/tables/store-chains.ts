import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../domain/facts/fact.ts";
import { present } from "../../domain/values/assert.ts";
import type { Places } from "./places.ts";

/** [C2] How far the chains of the store's other terminals are here, and what a list of heads has of them. */
export function createStoreChains(db: Database): Pick<Places, "chains" | "coveredStoreFacts"> {
  const nextChain = db.prepare<[string, number], Pick<FactPosition, "terminalId" | "epoch">>(
    `SELECT terminal_id AS terminalId, epoch FROM store_fact
     WHERE (terminal_id, epoch) > (?, ?) AND epoch > 0 ORDER BY terminal_id, epoch LIMIT 1`,
  );
  const lastSeq = db
    .prepare<[string, number], number>(
      "SELECT max(seq) FROM store_fact WHERE terminal_id = CAST(? AS TEXT) AND epoch = CAST(? AS INTEGER)",
    )
    .pluck();
  const firstAfter = db
    .prepare<[string, number, number], number>(
      // By way of a hub facts come before earlier ones of their chain: the next one need not be the first.
      `SELECT min(position) FROM store_fact WHERE terminal_id = ? AND epoch = ? AND seq > ?`,
    )
    .pluck();
  // [H6] What has no place is covered by nothing.
  const firstUnplaced = db
    .prepare<[], number | null>("SELECT min(position) FROM store_fact WHERE epoch = 0")
    .pluck();
  const lastFact = db.prepare<[], number>("SELECT coalesce(max(position), 0) FROM store_fact");
  lastFact.pluck();

  function chains(): FactPosition[] {
    const found: FactPosition[] = [];
    for (let chain = nextChain.get("", 0); chain !== undefined; ) {
      const { terminalId: id, epoch } = chain;
      const seq = present(lastSeq.get(id, epoch), "the last fact of a chain");
      found.push({ terminalId: id, epoch, seq });
      chain = nextChain.get(id, epoch);
    }
    return found;
  }

  return {
    chains,
    coveredStoreFacts(heads) {
      const uncovered = chains().flatMap(({ terminalId: id, epoch }) => {
        const head = heads.find((h) => h.terminalId === id && h.epoch === epoch);
        return firstAfter.get(id, epoch, head?.seq ?? 0) ?? [];
      });
      const unplaced = firstUnplaced.get();
      if (typeof unplaced === "number") uncovered.push(unplaced);
      const last = Number(lastFact.get());
      return uncovered.length === 0 ? last : Math.min(...uncovered) - 1;
    },
  };
}
