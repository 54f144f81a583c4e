import { isForTheStore } from "../../domain/facts/for-the-store.ts";
import type { Log } from "../../domain/values/ports.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { parseFact } from "../../sync/protocol/facts.ts";
import { takeFact } from "../loops/take-fact.ts";
import type { Terminal } from "../state/terminal.ts";

export interface HeardWorld {
  readonly ledger: Ledger;
  readonly terminal: Terminal;
  readonly log: Log;
}

/**
 * [H3] Folds what the store's other tills told, inside a transaction: what the store needs, and [H6] of
 * our own lost facts all, for only this till can bring them to the cloud.
 */
export function createTakeHeard(world: HeardWorld): (bodies: readonly string[]) => void {
  const { ledger, terminal, log } = world;

  function isForUs(body: string): boolean {
    const parsed = parseFact(body);
    // A hub hands it on all the same: the cloud may know it.
    if (!parsed.ok) log.warn("fact.unread", { reason: parsed.failure.reason });
    if (!parsed.ok) return false;
    const { terminalId, type } = parsed.value;
    return terminalId === terminal.terminalId || isForTheStore(type);
  }

  return (bodies) => {
    const { hearsay } = ledger;
    const known = hearsay.last();
    let havePlacesMoved = false;
    for (const body of bodies) {
      if (!isForUs(body)) continue;
      havePlacesMoved = takeFact(ledger, terminal, body, "hub") || havePlacesMoved;
    }
    if (havePlacesMoved) ledger.projections.settleStockAnew();
    hearsay.removeCovered(terminal.terminalId, havePlacesMoved ? 0 : known);
  };
}
