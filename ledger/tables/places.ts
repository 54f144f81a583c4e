import type { Database } from "better-sqlite3";
import type { FactPosition } from "../../domain/facts/fact.ts";
import { present } from "../../domain/values/assert.ts";
import { createStoreChains } from "./store-chains.ts";

/** [C2] Where facts stand in their terminals' chains, as the cloud sees it. */
export interface Places {
  /**
   * Of our own fact at journal position `source`, or of the store fact at minus `source`. Of a fact
   * that was carried into a new epoch the last place, unless the cloud says that it holds another. Epoch
   * 0 is no place.
   */
  of(source: number): FactPosition;
  /** Of every chain of the store but our journal, the last fact that is here. */
  chains(): FactPosition[];
  /**
   * What stands behind the store fact at minus `source` in its chain was here before it: another till
   * had heard of it, or it is a fact that our own journal has lost.
   */
  isLate(source: number): boolean;
  /** Store facts up to this position are all covered by `heads`. */
  coveredStoreFacts(heads: readonly FactPosition[]): number;
  /** Own facts up to this journal position are all covered by `heads`. */
  coveredJournal(heads: readonly FactPosition[]): number;
  /**
   * The cloud holds our fact at this place, wherever else it was carried since. True when it had
   * another place here so far.
   */
  hold(place: Pick<FactPosition, "epoch" | "seq">): boolean;
  /**
   * [U3] The cloud holds our fact at `journaled` there: another life of this journal, a copy of it, said it
   * first. True when it had another place here so far.
   */
  tell(journaled: number, place: Pick<FactPosition, "epoch" | "seq">): boolean;
}

export function createPlaces(db: Database): Places {
  const own = db.prepare<[{ at: number }], Omit<FactPosition, "terminalId">>(
    `SELECT epoch, seq FROM journal
     WHERE position = coalesce(
       (SELECT held_position FROM held_place WHERE position = $at),
       (SELECT max(position) FROM journal WHERE carries = CAST($at AS INTEGER)),
       $at)`,
  );
  // [H6] A lost fact of our own that was journaled again stands there.
  const retold = db
    .prepare<[number], number>("SELECT position FROM retold_fact WHERE store_position = ?")
    .pluck();
  const told = db.prepare<[number], Omit<FactPosition, "terminalId">>(
    "SELECT epoch, seq FROM told_place WHERE position = ?",
  );
  const tell = db.prepare<[{ position: number; epoch: number; seq: number }]>(
    `INSERT INTO told_place
     SELECT ifnull(carries, position), $epoch, $seq FROM journal WHERE position = $position
     ON CONFLICT (position) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq
     WHERE (epoch, seq) <> (excluded.epoch, excluded.seq)`,
  );
  const store = db.prepare<[number], FactPosition>(
    "SELECT terminal_id AS terminalId, epoch, seq FROM store_fact WHERE position = ?",
  );
  // [D3] What the cloud told of our own chain there, and the journal does not hold.
  const isTaken = db
    .prepare<[string, number, number], 1>(
      "SELECT 1 FROM store_fact WHERE terminal_id = ? AND epoch = ? AND seq = ?",
    )
    .pluck();
  const late = db
    .prepare<[number], 0 | 1>(
      `SELECT EXISTS (SELECT 1 FROM store_fact AS behind WHERE behind.terminal_id = it.terminal_id
           AND (behind.epoch, behind.seq) > (it.epoch, it.seq) AND behind.position < it.position)
         OR EXISTS (SELECT 1 FROM journal WHERE (epoch, seq) > (it.epoch, it.seq) AND
           (SELECT json_extract(body, '$.terminalId') FROM journal WHERE position = 1) = terminal_id)
       FROM store_fact AS it WHERE it.position = ?`,
    )
    .pluck();
  const hold = db.prepare<[{ epoch: number; seq: number }]>(
    `INSERT INTO held_place
     SELECT ifnull(here.carries, here.position), here.position FROM journal AS here
     WHERE here.position = $seq - 1
         + iif($epoch = 1, 1, (SELECT first_position FROM epoch WHERE epoch = $epoch))
       AND EXISTS (SELECT 1 FROM journal AS later WHERE later.position > here.position
         AND later.carries = ifnull(here.carries, here.position))
     ON CONFLICT (position) DO NOTHING`,
  );
  const journal = db.prepare<[], { terminalId: string; epochs: number }>(
    `SELECT json_extract(body, '$.terminalId') AS terminalId, 
       (SELECT count(*) FROM epoch) + (SELECT count(*) FROM told_place) AS epochs
     FROM journal WHERE position = 1`,
  );

  let terminalId: string | null = null;

  return {
    of(source) {
      const at = source < 0 ? retold.get(-source) : source;
      if (at === undefined) return present(store.get(-source), `the store fact at ${-source}`);
      const { epoch, seq } = present(told.get(at) ?? own.get({ at }), `the fact at ${at}`);
      // A journal is one terminal's for ever.
      terminalId ??= present(journal.get(), "the first fact").terminalId;
      // Until a new epoch gives it another place it has none: no two facts stand at one.
      if (isTaken.get(terminalId, epoch, seq) === 1) return { terminalId, epoch: 0, seq: -at };
      return { terminalId, epoch, seq };
    },
    ...createStoreChains(db),
    isLate: (source) => source < 0 && late.get(-source) === 1,
    coveredJournal(heads) {
      const first = journal.get();
      // After a new epoch places and positions do not go together any more: look at every fact.
      if (first === undefined || first.epochs > 0) return 0;
      return heads.find((h) => h.terminalId === first.terminalId && h.epoch === 1)?.seq ?? 0;
    },
    hold: ({ epoch, seq }) => hold.run({ epoch, seq }).changes > 0,
    tell: (position, { epoch, seq }) => tell.run({ position, epoch, seq }).changes > 0,
  };
}
