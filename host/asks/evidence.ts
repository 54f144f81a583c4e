import { addEvidence, evidenceState, noEvidence } from "../../domain/proof/evidence.ts";
import { failed, ok } from "../../domain/values/result.ts";
import { type JournalRow, parseBody } from "../../ledger/tables/journal.ts";
import type { HeldEvidence } from "../../sync/protocol/office.ts";
import type { EvidenceRowView } from "../contract/office-views.ts";
import type { Till } from "../state/till.ts";
import { type Ask, askCloud } from "./ask.ts";
import { heardEvidencePage } from "./heard-evidence.ts";

const pageSize = 500;

/** [P1] The journal beside the cloud's chain, a page at a time: the caller comes back with `next`. */
export const evidencePage: Ask<"evidence.page"> = async (till, input) => {
  const { after, limit, terminalId } = input;
  if (terminalId !== undefined && terminalId !== till.terminal.terminalId) {
    return heardEvidencePage(till, input);
  }
  const place = after ?? { epoch: 1, seq: 0, summary: noEvidence };
  const most = limit ?? pageSize;
  const { journal } = till.ledger;
  const facts = journal.entries(place.epoch, place.seq, most);
  const held = await askCloud(till, (line) => line.evidence(place.epoch, place.seq, most));
  if (held === null) return failed({ type: "CloudUnreachable" });
  const bySeq = new Map(held.map((fact) => [fact.seq, fact]));
  const rows = facts.map((fact) => rowOf(till, fact, bySeq.get(fact.seq) ?? null));
  const summary = rows.reduce(
    (sum, row) => addEvidence(sum, { ...row, isDuplicate: row.verdict === "duplicate" }),
    place.summary,
  );
  const last = facts.at(-1);
  const { epoch, position } = journal.head();
  const isEpochDone = facts.length < most;
  const goesOn = !isEpochDone || place.epoch < epoch;
  const next = isEpochDone
    ? { epoch: place.epoch + 1, seq: 0, summary }
    : { epoch: place.epoch, seq: last?.seq ?? place.seq, summary };
  return ok({ rows, next: goesOn ? next : null, summary, journal: position });
};

function rowOf(till: Till, entry: JournalRow, cloud: HeldEvidence | null): EvidenceRowView {
  const fact = parseBody(entry.body);
  const isReceipt = fact.type === "sale.completed" || fact.type === "return.completed";
  const { epoch } = till.ledger.journal.head();
  const mark = till.ledger.sync.mark();
  return {
    epoch: entry.epoch,
    seq: entry.seq,
    type: fact.type,
    atMs: fact.atMs,
    businessDate: fact.businessDate ?? null,
    receiptNumber: isReceipt ? fact.payload.receiptNumber : null,
    totalHereMinor: isReceipt ? fact.payload.totalMinor : null,
    totalThereMinor: cloud?.totalMinor ?? null,
    hashHere: entry.hash,
    hashThere: cloud?.hash ?? null,
    verdict: cloud?.verdict ?? null,
    reason: cloud?.reason ?? null,
    receivedAtMs: cloud?.receivedAtMs ?? null,
    state: evidenceState({
      seq: entry.seq,
      hash: entry.hash,
      held: cloud,
      isOfOpenEpoch: entry.epoch === epoch,
      ackedSeq: mark.epoch === epoch ? mark.seq : 0,
    }),
  };
}
