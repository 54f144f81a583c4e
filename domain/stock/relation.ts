import type { FactPosition } from "../facts/fact.ts";
import type { CorrectedTime } from "../values/clock-reading.ts";
import type { Uuid } from "../values/id.ts";
import { type Decision, decisionFor } from "./decision.ts";
import { comparePlaces, covers, storePlace } from "./place.ts";
import type { CountMark } from "./stock-base.ts";

/** A movement of one good with everything that decides on which side of a count it stands. */
export interface PlacedMovement {
  readonly deltaMilli: number;
  readonly place: FactPosition;
  /** By its own terminal's clock; of a store movement by the cloud's. */
  readonly atMs: number;
  /** By the cloud's clock. Asked only where nothing better decides. */
  readonly at: () => CorrectedTime;
}

/** [C2] One good's line of a count. */
export interface CountOfGood {
  readonly mark: CountMark;
  readonly countedMilli: number;
  readonly storeAtMs: number | null;
  /** About this count of this good. */
  readonly decisions: readonly Decision[];
}

export type Side =
  /** It was in what the counter saw. */
  | "before"
  | "after"
  /** Nobody can tell: assumed after, because the counter's till had not heard of it. */
  | "uncertain";

/**
 * [C2] On which side of a count a movement stands. In this order: the chain of the counter's own
 * terminal; what the counter's ledger had taken in; the two times by the cloud's clock, when they
 * are further apart than both clocks together may be wrong; a person's decision.
 */
export function sideOf(movement: PlacedMovement, count: CountOfGood): Side {
  const { place } = movement;
  const { mark } = count;
  if (place.terminalId === mark.terminalId) {
    return comparePlaces(place, mark) < 0 ? "before" : "after";
  }
  if (isKnownTo(count, movement)) return "before";
  const at = movement.at();
  if (at.uncertaintyMs !== null && mark.at.uncertaintyMs !== null) {
    const gapMs = at.atMs - mark.at.atMs;
    if (Math.abs(gapMs) > at.uncertaintyMs + mark.at.uncertaintyMs) {
      return gapMs < 0 ? "before" : "after";
    }
  }
  return decisionFor(count.decisions, place) ?? "uncertain";
}

/** The counter's ledger had taken the movement in. */
function isKnownTo({ mark, storeAtMs }: CountOfGood, { place, atMs }: PlacedMovement): boolean {
  if (place.terminalId !== storePlace.terminalId) return covers(mark.applied, place);
  return storeAtMs !== null && atMs <= storeAtMs;
}

/** The order of counts. */
export function compareCounts(
  a: { readonly countedAtMs: number; readonly countId: Uuid },
  b: { readonly countedAtMs: number; readonly countId: Uuid },
): number {
  if (a.countedAtMs !== b.countedAtMs) return a.countedAtMs - b.countedAtMs;
  return a.countId === b.countId ? 0 : a.countId < b.countId ? -1 : 1;
}
