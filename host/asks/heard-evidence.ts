import { chainHash, genesisHash } from "../../domain/facts/chain.ts";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { addEvidence, heardEvidenceState, noEvidence } from "../../domain/proof/evidence.ts";
import { failed, ok } from "../../domain/values/result.ts";
import { sha256 } from "../../ledger/bytes.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import type { HeardFact } from "../../ledger/tables/terminals.ts";
import type { HeldEvidence } from "../../sync/protocol/office.ts";
import { managerNeeded } from "../commands/command.ts";
import type { EvidenceRowView } from "../contract/office-views.ts";
import { type Ask, askCloud } from "./ask.ts";

const pageSize = 500;

/**
 * [P1] Another till's chain in the cloud beside what this till was told of it. A fact's bytes here are the
 * cloud's when they lead from the cloud's hash before them to the cloud's hash at their place.
 */
export const heardEvidencePage: Ask<"evidence.page"> = async (till, input) => {
  const { after, limit, terminalId = "" } = input;
  const problem = managerNeeded(till);
  if (problem !== null) return failed(problem);
  const place = after ?? { epoch: 1, seq: 0, summary: noEvidence };
  const before = after?.hash ?? genesisHash;
  const most = limit ?? pageSize;
  const [words, held] = await Promise.all([
    askCloud(till, (line) => line.tills()),
    askCloud(till, (line) => line.evidence(place.epoch, place.seq, most, terminalId)),
  ]);
  const word = words?.find((each) => each.terminalId === terminalId);
  if (held === null || word === undefined) return failed({ type: "CloudUnreachable" });
  const isEpochDone = held.length < most;
  const lastSeq = held.at(-1)?.seq ?? place.seq;
  const upToSeq = isEpochDone ? Number.MAX_SAFE_INTEGER : lastSeq;
  const heard = till.ledger.terminals.heard(terminalId, place.epoch, place.seq + 1, upToSeq);
  const { epoch } = place;
  const rows = rowsOf({ epoch, isOpen: epoch === word.epoch, held, heard, before });
  const summary = rows.reduce(
    (sum, row) => addEvidence(sum, { ...row, isDuplicate: row.verdict === "duplicate" }),
    place.summary,
  );
  const goesOn = !isEpochDone || epoch < word.epoch;
  const next = isEpochDone
    ? { epoch: epoch + 1, seq: 0, summary }
    : { epoch, seq: lastSeq, summary, hash: held.at(-1)?.hash };
  return ok({ rows, next: goesOn ? next : null, summary, journal: word.seq });
};

interface Sides {
  readonly epoch: number;
  /** The terminal's newest one. */
  readonly isOpen: boolean;
  readonly held: readonly HeldEvidence[];
  readonly heard: readonly HeardFact[];
  /** The cloud's hash before the first place. */
  readonly before: string;
}

function rowsOf({ epoch, isOpen, held, heard, before }: Sides): EvidenceRowView[] {
  const bySeq = new Map(heard.map((fact) => [fact.seq, fact.body]));
  let previous = before;
  const known = held.map((cloud) => {
    const body = bySeq.get(cloud.seq) ?? null;
    bySeq.delete(cloud.seq);
    const hashHere = body === null ? null : chainHash(sha256, previous, body);
    previous = cloud.hash;
    return rowOf({ epoch, isOpen, seq: cloud.seq, body, hashHere, cloud });
  });
  // By way of the store's hub this till may know more than the cloud does.
  const ahead = [...bySeq].map(([seq, body]) => {
    return rowOf({ epoch, isOpen, seq, body, hashHere: null, cloud: null });
  });
  return [...known, ...ahead];
}

interface Compared {
  readonly epoch: number;
  readonly isOpen: boolean;
  readonly seq: number;
  readonly body: string | null;
  readonly hashHere: string | null;
  readonly cloud: HeldEvidence | null;
}

function rowOf({ epoch, isOpen, seq, body, hashHere, cloud }: Compared): EvidenceRowView {
  const fact = body === null ? null : parseBody(body);
  return {
    ...{ epoch, seq, hashHere },
    type: fact?.type ?? null,
    atMs: fact?.atMs ?? null,
    businessDate: fact?.businessDate ?? null,
    ...receiptOf(fact),
    totalThereMinor: cloud?.totalMinor ?? null,
    hashThere: cloud?.hash ?? null,
    verdict: cloud?.verdict ?? null,
    reason: cloud?.reason ?? null,
    receivedAtMs: cloud?.receivedAtMs ?? null,
    state: heardEvidenceState({ hashHere, held: cloud, isOfOpenEpoch: isOpen }),
  };
}

function receiptOf(fact: AnyFact | null) {
  const isReceipt = fact?.type === "sale.completed" || fact?.type === "return.completed";
  if (!isReceipt) return { receiptNumber: null, totalHereMinor: null };
  const { receiptNumber, totalMinor } = fact.payload;
  return { receiptNumber, totalHereMinor: totalMinor };
}
