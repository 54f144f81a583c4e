import { accountMovesOf } from "../../domain/account/account-move.ts";
import type { AnyFact, FactPosition } from "../../domain/facts/fact.ts";
import { isForTheStore } from "../../domain/facts/for-the-store.ts";
import { dayOfReceipt } from "../../domain/proof/receipt-proof.ts";
import { movementsOf } from "../../domain/stock/movement.ts";
import { parseFact } from "../../sync/protocol/facts.ts";
import type { WireFact } from "../../sync/protocol/wire.ts";
import { effectOf } from "./fact-effect.ts";
import { stockWordOf } from "./stock-word.ts";
import type { JudgedFact } from "./store-port.ts";

/**
 * [U4] Judges one fact that stands at `place`: applied with its effects, or parked with the reason.
 * Whether it is a duplicate by id only the store knows.
 */
export function judgeFact(wire: WireFact, place: FactPosition): JudgedFact {
  const parsed = parseFact(wire.body);
  if (!parsed.ok) return parked(wire, place.seq, parsed.failure.reason);
  const fact = parsed.value;
  const misplaced = misplacement(fact, place);
  if (misplaced !== null) return parked(wire, place.seq, misplaced);
  return {
    seq: place.seq,
    hash: wire.hash,
    body: wire.body,
    verdict: "applied",
    reason: null,
    identity: {
      id: fact.id,
      type: fact.type,
      atMs: fact.atMs,
      businessDate: dayOf(fact),
    },
    inFeed: isForTheStore(fact.type),
    movements: movementsOf(fact),
    stock: stockWordOf(fact),
    accounts: accountMovesOf(fact),
    effect: effectOf(fact),
  };
}

function dayOf(fact: AnyFact): string | null {
  const isReceipt = fact.type === "sale.completed" || fact.type === "return.completed";
  return isReceipt ? dayOfReceipt(fact) : (fact.businessDate ?? null);
}

/** [U3] The same fact at a second place: stored there, without a second effect. */
export function asDuplicate(judged: JudgedFact): JudgedFact {
  return {
    ...judged,
    verdict: "duplicate",
    identity: null,
    inFeed: false,
    movements: [],
    stock: null,
    accounts: [],
    effect: null,
  };
}

/** [U3] Ids are random: whoever gave this one to another terminal's fact first shall not undo this one unseen. */
export function asForeign({ seq, hash, body }: JudgedFact): JudgedFact {
  return parked({ hash, body }, seq, "its id is that of another terminal's fact");
}

/** [U4] It was judged applied, and the store could not apply it: a fault of ours, which waits for its mending. */
export function asUnfit({ seq, hash, body }: JudgedFact, why: string): JudgedFact {
  return parked({ hash, body }, seq, `the cloud could not apply it: ${why.slice(0, 200)}`);
}

function misplacement(fact: AnyFact, place: FactPosition): string | null {
  if (fact.terminalId !== place.terminalId)
    return "names another terminal than the one that sent it";
  if (fact.epoch !== place.epoch) return `names epoch ${fact.epoch}, stands in ${place.epoch}`;
  if (fact.seq !== place.seq) return `names seq ${fact.seq}, stands at ${place.seq}`;
  return null;
}

function parked(wire: WireFact, seq: number, reason: string): JudgedFact {
  return {
    seq,
    hash: wire.hash,
    body: wire.body,
    verdict: "parked",
    reason,
    identity: null,
    inFeed: false,
    movements: [],
    stock: null,
    accounts: [],
    effect: null,
  };
}
