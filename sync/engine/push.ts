import { assert, present } from "../../domain/values/assert.ts";
import type { Clock, Log } from "../../domain/values/ports.ts";
import { protocolVersion } from "../protocol/versions.ts";
import type { PushResponse, Verdict } from "../protocol/wire.ts";
import type { BatchSize } from "./batch-size.ts";
import type { CloudWord } from "./cloud-word.ts";
import { compareHeads, hashAt, isSameHead } from "./compare-heads.ts";
import type { Answered, Line, Timing } from "./line.ts";
import { type JournalEntry, type SyncLedger, type Transport, TransportError } from "./ports.ts";

export interface PusherWorld {
  readonly ledger: SyncLedger;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly line: Line;
  readonly size: BatchSize;
  readonly cloud: CloudWord;
  /** [D1] Everything is sent, and the feed has something that this till has not read. */
  readonly onNews: () => void;
}

/** A batch on its way. */
interface Batch {
  readonly epoch: number;
  readonly entries: readonly JournalEntry[];
  readonly first: JournalEntry;
  readonly last: JournalEntry;
  readonly bytes: number;
  /**
   * Sent before the one ahead of it was answered: a gap may only mean that it overtook that one.
   */
  readonly isAhead: boolean;
  readonly answered: Promise<Answered<PushResponse>>;
}

/** [U1] Sends the journal past the mark, batch by batch; each step takes one answer in. */
export function createPusher(world: PusherWorld): () => Promise<"again" | "idle"> {
  let underWay: Batch[] = [];
  /** The furthest that an answer told of. */
  let news = 0;

  /** [D1] What was caused on the way is read in one go at the end: a drain is not held up by it. */
  function tellNews(): void {
    const { ledger } = world;
    if (ledger.acked().seq < ledger.head().seq) return;
    if (news > ledger.cursor()) world.onNews();
    news = 0;
  }

  return async () => {
    fill(world, underWay);
    const batch = underWay.shift();
    if (batch === undefined) return "idle";
    try {
      const { answer, ...timing } = await batch.answered;
      if (takeAnswer(world, batch, answer, timing) === "out of step") underWay = [];
      news = Math.max(news, answer.news ?? 0);
      tellNews();
    } catch (error) {
      // What was sent after it is forgotten too. If it arrives all the same it is known there:
      // [U2].
      underWay = [];
      shrink(world, batch, error);
    }
    return "again";
  };
}

/**
 * Sends what may be sent. Only full batches go ahead of an answer: the last few facts can wait for
 * it.
 */
function fill(world: PusherWorld, underWay: Batch[]): void {
  const { ledger, size } = world;
  while (underWay.length < size.mostUnderWay()) {
    const previous = underWay.at(-1);
    const limits = size.limits();
    const afterSeq = previous?.last.seq ?? ledger.acked().seq;
    const entries = ledger.unsent(afterSeq, limits);
    const isFull = entries.length >= limits.maxCount / 2;
    if (entries.length === 0 || (previous !== undefined && !isFull)) return;
    assert(entries[0]?.seq === afterSeq + 1, "the journal goes on where it was left");
    underWay.push(send(world, entries, previous !== undefined));
  }
}

function send(
  { ledger, line, transport }: PusherWorld,
  entries: readonly JournalEntry[],
  isAhead: boolean,
): Batch {
  const { epoch } = ledger.head();
  const first = present(entries[0], "the first fact of a batch");
  const last = present(entries.at(-1), "the last fact of a batch");
  const facts = entries.map(({ body, hash }) => ({ body, hash }));
  const about = { protocol: protocolVersion, ledgerId: ledger.ledgerId() };
  const request = { ...about, epoch, firstSeq: first.seq, facts };
  const answered = line.call(() => transport.push(request));
  // Awaited in its turn, or never when the batch ahead of it failed.
  answered.catch(() => undefined);
  const bytes = entries.reduce((sum, { body }) => sum + body.length, 0);
  return { epoch, entries, first, last, bytes, isAhead, answered };
}

/** [U6] After 413 and timeouts less is sent at once; everything else is somebody else's trouble. */
function shrink({ size }: PusherWorld, batch: Batch, error: unknown): void {
  if (!(error instanceof TransportError)) throw error;
  const sent = { count: batch.entries.length, bytes: batch.bytes };
  if (error.kind === "timeout") size.tooLarge(sent);
  if (error.kind !== "too-large") throw error;
  if (sent.count === 1) throw oversized(batch);
  size.tooLarge(sent);
}

/** `out of step`: what was sent ahead does not continue what the cloud holds now. */
function takeAnswer(
  world: PusherWorld,
  batch: Batch,
  answer: PushResponse,
  timing: Timing,
): "in step" | "out of step" {
  const { ledger, cloud, size } = world;
  // Meanwhile the epoch may have changed: then this answer is about the past.
  if (batch.epoch !== ledger.head().epoch) return "out of step";
  if (answer.outcome !== "accepted" && batch.isAhead) return "out of step";
  cloud.heard(answer.head, answer.serverTimeMs, timing);
  switch (answer.outcome) {
    case "accepted":
      size.answered({ count: batch.entries.length, bytes: batch.bytes, tookMs: timing.tookMs });
      acknowledge(world, batch, answer);
      return ledger.acked().seq === batch.last.seq ? "in step" : "out of step";
    case "gap":
      rewind(world, answer);
      return "out of step";
    case "forked":
      cloud.beginEpoch(answer.head);
      return "out of step";
  }
}

/**
 * [U5] The mark moves to the last fact of the batch that the cloud answered for, if the journal's
 * hash there is the cloud's. Further the cloud's head may be, of an answer that was lost; its
 * verdicts come again.
 */
function acknowledge(
  { ledger, clock, log }: PusherWorld,
  { last }: Batch,
  { head, verdicts, news }: PushResponse,
): void {
  const seq = Math.min(head.seq, last.seq);
  const hash = hashAt(ledger, seq);
  const isOurs = head.seq > last.seq || head.hash === hash;
  if (!isOurs || seq <= ledger.acked().seq) {
    throw new TransportError("refused", "The cloud acknowledged other facts than were sent.");
  }
  const parked = verdicts.filter(({ verdict }) => verdict === "parked");
  for (const verdict of parked) log.warn("sync.fact.parked", parkedFields(verdict));
  // [H6] With a reason: its id is held at another place.
  const known = verdicts.filter(({ verdict, reason }) => verdict === "duplicate" && reason);
  ledger.recordAck(
    { epoch: head.epoch, seq, hash },
    [...parked, ...known],
    clock.now(),
    news ?? null,
  );
}

function parkedFields({ seq, reason }: Verdict) {
  return { seq, reason: reason ?? null };
}

/** [U2] [U7] A gap means that the cloud holds less than the mark says: its word counts. */
function rewind({ ledger, cloud }: PusherWorld, { head }: PushResponse): void {
  const relation = compareHeads(ledger, head);
  if (relation === "set-back") return cloud.setBack(head);
  if (relation === "forked") return cloud.beginEpoch(head);
  // The batch began right after the mark, so there is no gap to speak of.
  if (isSameHead(head, ledger.acked())) {
    throw new TransportError("refused", "The cloud sees a gap where there is none.");
  }
}

function oversized({ first, bytes }: Batch): TransportError {
  return new TransportError(
    "refused",
    `Fact ${first.seq} is ${bytes} characters long, more than the cloud takes at once. ` +
      "It is safe in this till's journal; ask for help before the journal grows much longer.",
  );
}
