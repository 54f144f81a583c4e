import type { FactPosition } from "../../domain/facts/fact.ts";
import { chainHash } from "../../domain/facts/chain.ts";
import type { Sha256 } from "../../domain/values/ports.ts";
import { assert, present } from "../../domain/values/assert.ts";
import type { Head, PushRequest, PushResponse, Verdict } from "../../sync/protocol/wire.ts";
import { asDuplicate, asForeign, asUnfit, judgeFact } from "./judge-fact.ts";
import { retryParked } from "./retry-parked.ts";
import type { JudgedFact, RaisedException, StorePort } from "./store-port.ts";

/** The terminal that speaks, as the authorizer proved it. */
export interface Caller {
  readonly storeId: string;
  readonly terminalId: string;
}

type Answer = Omit<PushResponse, "serverTimeMs">;

interface Receiving {
  readonly store: StorePort;
  readonly sha256: Sha256;
  readonly caller: Caller;
  readonly request: PushRequest;
  readonly atMs: number;
}

/**
 * Another push of the same terminal came between reading and writing: more often than this is a
 * bug.
 */
const maxAttempts = 8;

/**
 * [U2] [U3] [U4] Takes a terminal's facts into its chain and answers with the verdicts and the new
 * head.
 */
export async function receiveFacts(receiving: Receiving): Promise<Answer> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    // That an id comes again is rare: whether it does is asked when the store stumbles over it.
    const answer = await receiveOnce(receiving, { looksForIds: attempt > 1 });
    if (answer !== "moved") return answer;
  }
  throw new Error("the chain's end moved at every attempt to append to it");
}

interface Attempt {
  readonly looksForIds: boolean;
}

async function receiveOnce(receiving: Receiving, attempt: Attempt): Promise<Answer | "moved"> {
  const { store, caller, request } = receiving;
  const head = await store.head(caller.terminalId, request.epoch);
  if (request.firstSeq > head.seq + 1) return { outcome: "gap", head, verdicts: [] };

  const repeated = await compareHeld(receiving, head);
  if (repeated === "forked") return fork(receiving, head);

  const fresh = request.facts.slice(repeated.length);
  if (fresh.length === 0) return { outcome: "accepted", head, verdicts: repeated };
  const sound = chainedPrefix(receiving, head, fresh.length);
  if (sound === 0) {
    // The first new fact does not continue our head. Behind repeated facts this is a break inside
    // the batch: the till learns that all before it is held, and comes again with the rest.
    if (repeated.length > 0) return { outcome: "accepted", head, verdicts: repeated };
    return fork(receiving, head);
  }
  return append(receiving, { head, repeated, sound, ...attempt });
}

/**
 * [U2] The part of the batch that is held already: its verdicts, or `forked` when a hash differs.
 */
async function compareHeld(receiving: Receiving, head: Head): Promise<Verdict[] | "forked"> {
  const { store, caller, request } = receiving;
  const lastSeq = request.firstSeq + request.facts.length - 1;
  const toSeq = Math.min(lastSeq, head.seq);
  if (request.firstSeq > toSeq) return [];
  const held = await store.heldFacts({
    terminalId: caller.terminalId,
    epoch: request.epoch,
    fromSeq: request.firstSeq,
    toSeq,
  });
  const verdicts: Verdict[] = [];
  for (const [i, fact] of held.entries()) {
    if (fact.hash !== request.facts[i]?.hash) return "forked";
    verdicts.push(
      fact.verdict === "parked"
        ? { seq: fact.seq, verdict: "parked", reason: fact.reason }
        : {
            seq: fact.seq,
            verdict: "duplicate",
            ...(fact.verdict === "duplicate" && heldElsewhere(fact)),
          },
    );
  }
  return verdicts;
}

/** How many of the last `count` facts of the batch continue the head, each the one before it. */
function chainedPrefix({ sha256, request }: Receiving, head: Head, count: number): number {
  const start = request.facts.length - count;
  let previous = head.hash;
  for (let i = 0; i < count; i++) {
    const fact = present(request.facts[start + i], "a fact of the batch");
    if (chainHash(sha256, previous, fact.body) !== fact.hash) return i;
    previous = fact.hash;
  }
  return count;
}

interface Appending extends Attempt {
  readonly head: Head;
  readonly repeated: readonly Verdict[];
  /** How many facts behind the repeated ones continue the chain. */
  readonly sound: number;
  /** Why the first of them cannot be applied. */
  readonly unfit?: string | undefined;
}

async function append(receiving: Receiving, appending: Appending): Promise<Answer | "moved"> {
  const { store, caller, request, atMs } = receiving;
  const { head, repeated, sound, looksForIds, unfit } = appending;
  const start = repeated.length;
  const judged = request.facts.slice(start, start + sound).map((fact, i) =>
    judgeFact(fact, {
      terminalId: caller.terminalId,
      epoch: request.epoch,
      seq: head.seq + 1 + i,
    }),
  );
  const known = looksForIds ? await store.placesOfIds(idsOf(judged)) : new Map<string, never>();
  const fit = markDuplicates(judged, known, { terminalId: caller.terminalId, epoch: head.epoch });
  const facts = unfit === undefined ? fit : fit.map((fact) => asUnfit(fact, unfit));
  const last = present(facts.at(-1), "the last fact of the batch");
  if (head.seq === 0 && request.epoch > 1) await tellOfNewEpoch({ store, caller, request, atMs });
  const committed = await store.commitFacts({
    storeId: caller.storeId,
    terminalId: caller.terminalId,
    expected: head,
    facts,
    receivedAtMs: atMs,
  });
  if (committed === "moved") return "moved";
  if (committed !== "committed") {
    assert(unfit === undefined, `a fact cannot even be parked: ${committed.unfit}`);
    // [U4] One of them: those before it are taken, half by half, and it is parked when it stands alone.
    if (sound > 1) return append(receiving, { ...appending, sound: Math.floor(sound / 2) });
    return append(receiving, { ...appending, unfit: committed.unfit });
  }
  await retryWhereAsked(store, caller.storeId, facts, atMs);
  return {
    outcome: "accepted",
    head: { epoch: head.epoch, seq: last.seq, hash: last.hash },
    verdicts: [...repeated, ...facts.map(verdictOf)],
  };
}

/** [U8] A person asked for what is parked to be judged again; a fault now is made good at the next start. */
async function retryWhereAsked(
  store: StorePort,
  storeId: string,
  facts: readonly JudgedFact[],
  atMs: number,
): Promise<void> {
  const asked = facts.find(
    ({ effect }) =>
      effect?.kind === "exception-resolved" &&
      effect.answer.kind === "parked" &&
      effect.answer.resolution === "retry",
  )?.effect;
  if (asked) await retryParked(store, { storeId, by: asked.actorId ?? "", atMs });
}

function idsOf(judged: readonly JudgedFact[]): string[] {
  return judged.flatMap(({ identity }) => (identity === null ? [] : [identity.id]));
}

/** [U3] An id that is known, or comes twice in one batch, has had its effect. */
function markDuplicates(
  judged: readonly JudgedFact[],
  known: ReadonlyMap<string, FactPosition>,
  chain: Omit<FactPosition, "seq">,
) {
  const places = new Map(known);
  return judged.map((fact) => {
    if (fact.identity === null) return fact;
    const { id } = fact.identity;
    const place = places.get(id);
    if (place === undefined) {
      places.set(id, { ...chain, seq: fact.seq });
      return fact;
    }
    const { terminalId, epoch, seq } = place;
    if (terminalId !== chain.terminalId) return asForeign(fact);
    return { ...asDuplicate(fact), heldAt: { epoch, seq } };
  });
}

/** [U3] So that a till can tell it from what it pushed twice, and knows where its fact stands. */
function heldElsewhere({ heldAt }: Pick<Verdict, "heldAt">) {
  return { reason: "its id is held at another place", ...(heldAt && { heldAt }) };
}

function verdictOf({ seq, verdict, reason, heldAt }: JudgedFact): Verdict {
  if (verdict === "duplicate") return { seq, verdict, ...heldElsewhere({ heldAt }) };
  return reason === null ? { seq, verdict } : { seq, verdict, reason };
}

/** [U2] Nothing is overwritten; a person learns of it once for each epoch. */
async function fork(receiving: Receiving, head: Head): Promise<Answer> {
  await receiving.store.raiseException(forkedException(receiving, receiving.request.epoch, head));
  return { outcome: "forked", head, verdicts: [] };
}

type Pushed = Pick<Receiving, "store" | "caller" | "request" | "atMs">;

/**
 * [U2] A till that saw by the cloud's head alone that its chain forked (an older copy of its ledger was
 * put back) begins the next epoch unasked: a person must learn of it all the same, once.
 */
async function tellOfNewEpoch(pushed: Pushed): Promise<void> {
  const { store, caller, request } = pushed;
  const epoch = request.epoch - 1;
  const head = await store.head(caller.terminalId, epoch);
  await store.raiseException({ ...forkedException(pushed, epoch, head), once: true });
}

function forkedException(
  { caller, request, atMs }: Pick<Pushed, "caller" | "request" | "atMs">,
  epoch: number,
  cloudHead: Head,
): RaisedException {
  const { storeId, terminalId } = caller;
  const { firstSeq, facts } = request;
  const detail = { terminalId, epoch, cloudHead, firstSeq, hash: facts[0]?.hash };
  return {
    storeId,
    kind: "forked",
    subject: `${terminalId}/${epoch}`,
    detail: JSON.stringify(detail),
    atMs,
  };
}
