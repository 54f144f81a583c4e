import type { AnyFact, FactPosition } from "../facts/fact.ts";
import type { Uuid } from "../values/id.ts";
import { comparePlaces } from "./place.ts";

/** [C2] A person's word on movements of one terminal that came too near to a count to tell. */
export interface Decision {
  readonly sku: string;
  readonly countId: Uuid;
  readonly terminalId: Uuid;
  readonly side: "before" | "after";
  /** The last movement it speaks of; null: all of that terminal's. */
  readonly through: Pick<FactPosition, "epoch" | "seq"> | null;
  /** Of two the later one counts: by time, then by id. */
  readonly atMs: number;
  readonly factId: Uuid;
}

/** What a `count-uncertain` exception is about: one good, one count, one terminal's movements. */
export interface UncertainSubject {
  readonly countId: Uuid;
  readonly terminalId: Uuid;
  readonly sku: string;
}

const uuidLength = 36;

export function subjectOf({ countId, terminalId, sku }: UncertainSubject): string {
  return `${countId}/${terminalId}/${sku}`;
}

/** Null where the text is no such subject. */
export function parseSubject(text: string): UncertainSubject | null {
  const countId = text.slice(0, uuidLength);
  const terminalId = text.slice(uuidLength + 1, 2 * uuidLength + 1);
  const sku = text.slice(2 * uuidLength + 2);
  const subject = { countId, terminalId, sku };
  return sku !== "" && subjectOf(subject) === text ? subject : null;
}

/** The decision that a fact is; null for every other fact. */
export function decisionOf(fact: AnyFact): Decision | null {
  if (fact.type !== "exception.resolved" || fact.payload.kind !== "count-uncertain") return null;
  const { resolution, subject, through } = fact.payload;
  if (resolution !== "before" && resolution !== "after") return null;
  const about = parseSubject(subject);
  if (about === null) return null;
  const { atMs, id } = fact;
  return { ...about, side: resolution, through: through ?? null, atMs, factId: id };
}

/** The decision that counts for the movement at `place`; null: nobody decided. */
export function decisionFor(
  decisions: readonly Decision[],
  place: FactPosition,
): Decision["side"] | null {
  let found: Decision | null = null;
  for (const decision of decisions) {
    const { terminalId, through } = decision;
    if (terminalId !== place.terminalId) continue;
    if (through !== null && comparePlaces(place, through) > 0) continue;
    if (found === null || isLater(decision, found)) found = decision;
  }
  return found?.side ?? null;
}

function isLater(a: Decision, b: Decision): boolean {
  return a.atMs === b.atMs ? a.factId > b.factId : a.atMs > b.atMs;
}
