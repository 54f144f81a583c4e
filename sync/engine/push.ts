import { assert, present } from "../../domain/values/assert.ts";
import type { Clock, Log } from "../../domain/values/ports.ts";
import { protocolVersion, type PushResponse, type Verdict } from "../protocol/wire.ts";
import type { BatchSize } from "./batch-size.ts";
import { compareHeads, hashAt, isSameHead } from "./compare-heads.ts";
import type { Line } from "./line.ts";
import { type JournalEntry, type SyncLedger, type Transport, TransportError } from "./ports.ts";
import type { CloudWord } from "./cloud-word.ts";

export interface PushWorld {
  readonly ledger: SyncLedger;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly line: Line;
  readonly size: BatchSize;
  readonly cloud: CloudWord;
}

/** [U1] Sends one batch of the journal past the mark and takes the answer in. */
export async function pushOnce(world: PushWorld): Promise<"again" | "idle"> {
  const { ledger, size, line, transport } = world;
  const mark = ledger.acked();
  const { epoch } = ledger.head();
  const entries = ledger.unsent(mark.seq, size.limits());
  const [first] = entries;
  if (first === undefined) return "idle";
  assert(first.seq === mark.seq + 1, "the journal continues at the mark");
  const facts = entries.map(({ body, hash }) => ({ body, hash }));
  const batch = { count: entries.length, bytes: textLength(entries) };
  const request = { protocol: protocolVersion, epoch, firstSeq: first.seq, facts };
  try {
    const { answer, tookMs } = await line.call(() => transport.push(request));
    size.answered({ ...batch, tookMs });
    world.cloud.heard(answer.head, { serverTimeMs: answer.serverTimeMs, tookMs });
    takeAnswer(world, entries, answer);
    return "again";
  } catch (error) {
    // [U6]
    if (!(error instanceof TransportError)) throw error;
    if (error.kind === "timeout") size.tooLarge(batch);
    if (error.kind !== "too-large") throw error;
    if (entries.length === 1) throw oversized(first, batch.bytes);
    size.tooLarge(batch);
    return "again";
  }
}

function takeAnswer(world: PushWorld, sent: readonly JournalEntry[], answer: PushResponse): void {
  // Meanwhile the epoch may have changed: then this answer is about the past.
  if (answer.head.epoch !== world.ledger.head().epoch) return;
  switch (answer.outcome) {
    case "accepted":
      return acknowledge(world, sent, answer);
    case "gap":
      return rewind(world, answer);
    case "forked":
      return world.cloud.beginEpoch(answer.head);
  }
}

/**
 * [U5] The mark moves to the last fact of the batch that the cloud answered for, if the journal's hash there
 * is the cloud's. Further the cloud's head may be, of an answer that was lost; its verdicts come again.
 */
function acknowledge(
  { ledger, clock, log }: PushWorld,
  sent: readonly JournalEntry[],
  { head, verdicts }: PushResponse,
): void {
  const last = present(sent.at(-1), "the last fact of the batch");
  const seq = Math.min(head.seq, last.seq);
  const hash = hashAt(ledger, seq);
  const isOurs = head.seq > last.seq || head.hash === hash;
  if (!isOurs || seq <= ledger.acked().seq) {
    throw new TransportError("refused", "The cloud acknowledged other facts than were sent.");
  }
  const parked = verdicts.filter(({ verdict }) => verdict === "parked");
  for (const verdict of parked) log.warn("sync.fact.parked", parkedFields(verdict));
  ledger.recordAck({ epoch: head.epoch, seq, hash }, parked, clock.now());
}

function parkedFields({ seq, reason }: Verdict) {
  return { seq, reason: reason ?? null };
}

/** [U2] [U7] A gap means that the cloud holds less than the mark says: its word counts. */
function rewind({ ledger, cloud }: PushWorld, { head }: PushResponse): void {
  const relation = compareHeads(ledger, head);
  if (relation === "set-back") return cloud.setBack(head);
  if (relation === "forked") return cloud.beginEpoch(head);
  // The batch began right after the mark, so there is no gap to speak of.
  if (isSameHead(head, ledger.acked())) {
    throw new TransportError("refused", "The cloud sees a gap where there is none.");
  }
}

function oversized({ seq }: JournalEntry, bytes: number): TransportError {
  return new TransportError(
    "refused",
    `Fact ${seq} is ${bytes} characters long, more than the cloud takes at once. ` +
      "It is safe in this till's journal; ask for help before the journal grows much longer.",
  );
}

function textLength(entries: readonly JournalEntry[]): number {
  return entries.reduce((sum, { body }) => sum + body.length, 0);
}
