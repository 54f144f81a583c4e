import type { ParkedPlace, RetriedFact } from "./catalogue-port.ts";
import { asDuplicate, asForeign, judgeFact } from "./judge-fact.ts";
import type { StorePort } from "./store-port.ts";

/** In one transaction, and in memory at once. */
const usualPage = 10_000;

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
  asked: Asked,
  limit = usualPage,
): Promise<Retried> {
  const retried = { applied: 0, stillParked: 0 };
  for (let after = 0; ; ) {
    const page = await store.parkedInOrder(asked.storeId, { after, limit });
    const last = page.at(-1);
    if (last === undefined) return retried;
    const applied = await retryPage(store, { ...asked, isContinued: after > 0 }, page);
    after = last.factNo;
    retried.applied += applied;
    retried.stillParked += page.length - applied;
  }
}

interface Asked {
  readonly storeId: string;
  readonly by: string;
  readonly atMs: number;
}

/** How many are parked no longer. */
async function retryPage(
  store: StorePort,
  asked: Asked & { readonly isContinued: boolean },
  parked: readonly ParkedPlace[],
): Promise<number> {
  const judged = parked.map(({ terminalId, epoch, seq, hash, body }): RetriedFact => {
    const place = { terminalId, epoch, seq };
    return { ...judgeFact({ hash, body }, place), terminalId, epoch };
  });
  const facts = await withoutSecondEffects(store, judged);
  const applied = facts.filter(({ verdict }) => verdict !== "parked").length;
  if (applied > 0 || asked.by !== "") await store.applyParked({ ...asked, facts });
  return applied;
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
