import type { RetriedFact } from "./catalogue-port.ts";
import { asDuplicate, asForeign, judgeFact } from "./judge-fact.ts";
import type { StorePort } from "./store-port.ts";

/** Far more than anybody lets pile up; the rest comes with the next time. */
const mostAtOnce = 10_000;

export interface Retried {
  readonly applied: number;
  readonly stillParked: number;
}

/**
 * [U8] Judges everything that a store has parked once more, in the order of its chains: after a fix, by
 * a person's word, and whenever a cloud starts that may know more than the one before. Where nothing
 * comes of it, nothing is written, unless a person (`by`) asked: then people are told anew.
 */
export async function retryParked(
  store: StorePort,
  { storeId, by, atMs }: { readonly storeId: string; readonly by: string; readonly atMs: number },
): Promise<Retried> {
  const parked = await store.parkedInOrder(storeId, mostAtOnce);
  const judged = parked.map(({ terminalId, epoch, seq, hash, body }): RetriedFact => {
    const place = { terminalId, epoch, seq };
    return { ...judgeFact({ hash, body }, place), terminalId, epoch };
  });
  const facts = await withoutSecondEffects(store, judged);
  const applied = facts.filter(({ verdict }) => verdict !== "parked").length;
  const retried = { applied, stillParked: facts.length - applied };
  if (applied > 0 || (by !== "" && facts.length > 0)) {
    await store.applyParked({ storeId, facts, by, atMs });
  }
  return retried;
}

/** [U3] An id that came meanwhile at another place has had its effect. */
async function withoutSecondEffects(store: StorePort, judged: readonly RetriedFact[]) {
  const ids = judged.flatMap(({ identity }) => (identity === null ? [] : [identity.id]));
  const places = await store.placesOfIds(ids);
  const seen = new Map([...places].map(([id, { terminalId }]) => [id, terminalId]));
  return judged.map((fact) => {
    if (fact.identity === null) return fact;
    const { id } = fact.identity;
    const holder = seen.get(id);
    if (holder === undefined) {
      seen.set(id, fact.terminalId);
      return fact;
    }
    return { ...fact, ...(holder === fact.terminalId ? asDuplicate(fact) : asForeign(fact)) };
  });
}
