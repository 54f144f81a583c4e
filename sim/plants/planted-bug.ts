import Database from "better-sqlite3";
import type { StorePort } from "../../cloud-infra/service/store-port.ts";
import type { Family } from "../shop/plan.ts";
import type { Change } from "../../sync/protocol/wire.ts";
import { noPlant, type Plant } from "../shop/shop.ts";

/** A bug that somebody might write one day, put in from outside; the checkers must see it. */
export interface PlantedBug {
  readonly name: string;
  /** What the day must have for the bug to show. */
  readonly needs: readonly Family[];
  readonly plant: Plant;
  /** The checks of which one must say so first. */
  readonly seenBy: readonly string[];
}

/** A line on which the changes of every page get lost but for those that `kept` gives back. */
export function losingChanges(kept: (changes: readonly Change[]) => readonly Change[]): Plant {
  return {
    ...noPlant,
    transport: (real) => ({
      ...real,
      async pull(...asked) {
        const page = await real.pull(...asked);
        return { ...page, changes: [...kept(page.changes)] };
      },
    }),
  };
}

/** A store that never tells of one kind of exception. */
export function forgetting(real: StorePort, path: string, kind: string): StorePort {
  return {
    ...real,
    async commitFacts(batch) {
      const committed = await real.commitFacts(batch);
      const db = new Database(path);
      // It keeps its place in the feed: only what it says is gone.
      db.prepare(
        `UPDATE exception SET kind = 'nothing', subject = exception_no, detail = '{}' WHERE kind = ?`,
      ).run(kind);
      db.close();
      return committed;
    },
  };
}
