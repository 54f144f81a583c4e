import { exceptionDetailOf } from "../../../sync/protocol/exceptions.ts";
import type { Exceptions } from "./exceptions.ts";
import type { FactsPlace, StoredFact } from "./apply-facts.ts";

/** Of an exception's facts so many are named; `times` counts them all. */
const mostNamed = 50;

/** [U4] Tells people of what was parked: one open exception for each till and reason. */
export function createParkFacts(exceptions: Exceptions) {
  return (place: FactsPlace, stored: readonly StoredFact[]): void => {
    const byReason = new Map<string, number[]>();
    for (const { fact } of stored) {
      if (fact.reason === null) continue;
      byReason.set(fact.reason, [...(byReason.get(fact.reason) ?? []), fact.seq]);
    }
    for (const [reason, seqs] of byReason) raise(place, reason, seqs);
  };

  function raise(place: FactsPlace, reason: string, seqs: readonly number[]): void {
    const { storeId, storeNo, terminalId, epoch, feed, atMs } = place;
    const subject = `${terminalId}/${reason}`;
    const open = exceptions.openAbout(storeNo, "parked", subject);
    const told = open === null ? null : exceptionDetailOf("parked", open.detail);
    const before = told?.kind === "parked" ? told.detail.facts : [];
    const facts = [...before, ...seqs.map((seq) => ({ epoch, seq }))].slice(-mostNamed);
    exceptions.raiseInto(feed, {
      ...{ storeId, kind: "parked", subject, atMs, times: seqs.length },
      detail: JSON.stringify({ terminalId, reason, facts }),
    });
  }
}
