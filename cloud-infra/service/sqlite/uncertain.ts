import type { Database } from "better-sqlite3";
import { parseSubject, subjectOf } from "../../../domain/stock/decision.ts";
import { comparePlaces } from "../../../domain/stock/place.ts";
import type { CountOfGood, PlacedMovement } from "../../../domain/stock/relation.ts";
import type { RaisedException } from "../store-port.ts";
import type { FactsPlace } from "./apply-facts.ts";
import type { KeptMark } from "./count-rows.ts";
import type { Exceptions } from "./exceptions.ts";

/** [C2] Gathers what had to be assumed in a batch: one exception a good, count and terminal. */
export interface Uncertain {
  note(sku: string, mark: KeptMark, count: CountOfGood, movement: PlacedMovement): void;
  /** A later count settled it. */
  drop(sku: string, countId: string): void;
  /** A person answered. */
  forget(subject: string): void;
  /** Raises them. */
  tell(): void;
}

/**
 * [C2] A later count of the good settles what was open about an earlier one: its questions are closed. So
 * are those of terminals but the ones that are to be `asked` still, when a clock came to be known.
 */
export function createCloseMoot(db: Database, exceptions: Exceptions) {
  const open = db.prepare<[number, string, string], { exceptionId: string; subject: string }>(
    `SELECT CAST(exception_no AS TEXT) AS exceptionId, subject FROM exception
     WHERE store_no = ? AND kind = 'count-uncertain' AND resolved_at_ms IS NULL
       AND subject > ? || '/' AND subject < ? || '0'`,
  );
  return ({ storeNo, feed, atMs }: FactsPlace, { sku, countId, asked }: Moot): void => {
    for (const { exceptionId, subject } of open.all(storeNo, countId, countId)) {
      const about = parseSubject(subject);
      if (about?.sku !== sku) continue;
      if (asked?.has(about.terminalId)) continue;
      const resolution = asked === undefined ? "counted" : "seen";
      exceptions.closeInto(feed, exceptionId, { by: "", resolution, atMs });
    }
  };
}

interface Moot {
  readonly sku: string;
  readonly countId: string;
  readonly asked?: ReadonlySet<string> | undefined;
}

interface Noted {
  readonly sku: string;
  readonly mark: KeptMark;
  readonly count: CountOfGood;
  readonly last: PlacedMovement;
  readonly times: number;
}

/** The store and the open feed that exceptions go into. */
type TellingPlace = Pick<FactsPlace, "storeId" | "feed" | "atMs">;

export function createUncertain(place: TellingPlace, exceptions: Exceptions): Uncertain {
  const noted = new Map<string, Noted>();
  return {
    note(sku, mark, count, movement) {
      const { terminalId } = movement.place;
      const subject = subjectOf({ countId: mark.countId, terminalId, sku });
      const before = noted.get(subject);
      const isLast = before === undefined || comparePlaces(movement.place, before.last.place) > 0;
      const last = isLast ? movement : before.last;
      noted.set(subject, { sku, mark, count, last, times: (before?.times ?? 0) + 1 });
    },
    drop(sku, countId) {
      for (const [subject, about] of noted) {
        if (about.sku === sku && about.mark.countId === countId) noted.delete(subject);
      }
    },
    forget: (subject) => void noted.delete(subject),
    tell() {
      for (const [subject, about] of noted) {
        exceptions.raiseInto(place.feed, exceptionOf(place, subject, about));
      }
    },
  };
}

function exceptionOf(
  { storeId, atMs }: TellingPlace,
  subject: string,
  { sku, mark, count, last, times }: Noted,
): RaisedException {
  const { terminalId, epoch, seq } = last.place;
  const at = last.at();
  const isMeasured = at.uncertaintyMs !== null && mark.at.uncertaintyMs !== null;
  const detail = {
    ...{ sku, countId: mark.countId, countedAtMs: mark.at.atMs },
    ...(mark.actorId === null ? {} : { countedBy: mark.actorId }),
    countedMilli: count.countedMilli,
    movement: { terminalId, epoch, seq, deltaMilli: last.deltaMilli, atMs: at.atMs },
    uncertaintyMs: isMeasured ? (at.uncertaintyMs ?? 0) + (mark.at.uncertaintyMs ?? 0) : null,
    assumed: "after",
  };
  const kind = "count-uncertain";
  return { storeId, kind, subject, detail: JSON.stringify(detail), atMs, times };
}
