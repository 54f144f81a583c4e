import type { AnyFact } from "../../domain/facts/fact.ts";
import { present } from "../../domain/values/assert.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import type { StoreFact } from "../../ledger/tables/sync.ts";
import type { Verdict } from "../../sync/protocol/wire.ts";
import type { Terminal } from "../state/terminal.ts";

/** Who told of a fact: the cloud, whose word on its place counts, or another till of the store. */
export type Teller = "cloud" | "hub";

/** True when facts got other places: [C2] `settleStockAnew` before the transaction ends. */
export type PlacesMoved = boolean;

/**
 * [D3] Folds a fact of the store, once, whichever way it came. Inside a transaction. Of our own only
 * what the journal has lost; of a terminal that says it again at another place what was not heard
 * before. [H6] What a hub told is kept as hearsay until the cloud tells of it.
 */
export function takeFact(
  ledger: Ledger,
  terminal: Terminal,
  body: string,
  teller: Teller = "cloud",
): PlacesMoved {
  const fact = parseBody(body);
  const isOwn = fact.terminalId === terminal.terminalId;
  if (isOwn && isHeld(ledger, fact, body)) {
    if (teller === "hub") return false;
    return fact.epoch < ledger.journal.head().epoch && ledger.places.hold(fact);
  }
  const known = ledger.sync.storeFactOf(fact.id);
  if (known !== null) {
    return teller === "cloud"
      ? settlePlace(ledger, known, fact, body)
      : !isOwn && findPlace(ledger, known, fact, body);
  }
  const journaled = isOwn ? ledger.journal.positionOfId(fact.id) : null;
  if (journaled !== null) {
    // [U3] At another place: another life of this till said it too, and the cloud heard of that one first.
    return teller === "cloud" && ledger.places.tell(journaled, fact) && haveMoved(ledger, fact);
  }
  const { position, moved } = keep(ledger, fact, body, { teller, isOwn });
  ledger.projections.apply(fact, -position);
  if (teller === "hub") ledger.hearsay.add(position);
  return moved;
}

/** True for a fact that our journal has; it has lost one where an older copy of it was put back. */
function isHeld(ledger: Ledger, fact: AnyFact, body: string): boolean {
  return journaledAt(ledger, fact) === body;
}

function journaledAt({ journal }: Ledger, { epoch, seq }: AnyFact): string | null {
  if (epoch > journal.head().epoch) return null;
  return journal.entries(epoch, seq - 1, 1)[0]?.body ?? null;
}

/** No two clock readings stand at one place, not even until the transaction ends. */
function haveMoved({ projections }: Ledger, { type }: AnyFact): PlacesMoved {
  if (type === "clock.measured") projections.settleStockAnew();
  return true;
}

function keep(
  ledger: Ledger,
  fact: AnyFact,
  body: string,
  { teller, isOwn }: { readonly teller: Teller; readonly isOwn: boolean },
): { readonly position: number; readonly moved: PlacesMoved } {
  const { sync } = ledger;
  // At the place of a lost fact our journal has another one, or soon will.
  const position = teller === "hub" && isOwn ? null : sync.addStoreFact(fact, body);
  if (position !== null) {
    // [D3] What our journal has there stands nowhere from now on.
    const isTaken = isOwn && journaledAt(ledger, fact) !== null;
    return { position, moved: isTaken && haveMoved(ledger, fact) };
  }
  if (teller === "hub") return { position: sync.addUnplaced(fact, body), moved: false };
  makeRoom(ledger, fact);
  return { position: present(sync.addStoreFact(fact, body), "room at its place"), moved: true };
}

/** [H6] The cloud has another fact there: of a chain that a till, put back from an older copy, did not go on. */
function makeRoom(ledger: Ledger, place: AnyFact): PlacesMoved {
  const other = ledger.sync.storeFactAt(place);
  if (other === null) return false;
  ledger.sync.unplace(other.position);
  return haveMoved(ledger, parseBody(other.body));
}

/** [H6] The cloud tells of a fact that is known: where it stands, by its word. */
function settlePlace(ledger: Ledger, known: StoreFact, fact: AnyFact, body: string): PlacesMoved {
  const { hearsay, sync } = ledger;
  hearsay.remove(known.position);
  const wasRetold = hearsay.forgetRetold(known.position);
  if (known.epoch === fact.epoch && known.seq === fact.seq) {
    return wasRetold && haveMoved(ledger, fact);
  }
  makeRoom(ledger, fact);
  sync.moveStoreFact(known.position, fact, body);
  return haveMoved(ledger, fact);
}

/** [H6] Its terminal says again, at another place, what had none here. */
function findPlace(ledger: Ledger, known: StoreFact, fact: AnyFact, body: string): PlacesMoved {
  const { sync } = ledger;
  if (known.epoch > 0 || sync.storeFactAt(fact) !== null) return false;
  sync.moveStoreFact(known.position, fact, body);
  return haveMoved(ledger, fact);
}

/** [U3] Of facts that the cloud holds elsewhere in this terminal's chains: that is where they stand. */
export function placesAreTold(
  { journal, places }: Ledger,
  epoch: number,
  verdicts: readonly Verdict[],
): PlacesMoved {
  let moved = false;
  for (const { seq, heldAt } of verdicts) {
    if (heldAt === undefined) continue;
    moved = places.tell(journal.positionOf(epoch, seq), heldAt) || moved;
  }
  return moved;
}

/**
 * [H6] Of lost facts that were journaled again the cloud says that it has them at another place: at their
 * first one. The feed may have forgotten to tell, and a snapshot have them in its levels.
 */
export function retoldAreKnown(
  { hearsay, journal, sync }: Ledger,
  epoch: number,
  verdicts: readonly Verdict[],
): PlacesMoved {
  const known = verdicts.filter(({ verdict, reason }) => verdict === "duplicate" && reason);
  let moved = false;
  for (const { seq, heldAt } of known) {
    const lost = hearsay.retoldAt(journal.positionOf(epoch, seq));
    if (lost === null) continue;
    hearsay.forgetRetold(lost.position);
    const first = { ...parseBody(lost.body), ...heldAt };
    moved = true;
    // Where another one stands it has no place.
    if (sync.storeFactAt(first) !== null) continue;
    sync.moveStoreFact(lost.position, first, lost.body);
  }
  return moved;
}
