import {
  isSameProof,
  type ProvenReceipt,
  proveReceipts,
} from "../../domain/proof/receipt-proof.ts";
import { ok } from "../../domain/values/result.ts";
import { sha256 } from "../../ledger/bytes.ts";
import type { TillProof } from "../../sync/protocol/office.ts";
import type { ProofSideView, TillProofView } from "../contract/office-views.ts";
import type { Till } from "../state/till.ts";
import { syncStatusOf } from "../views/network-view.ts";
import { type Ask, askCloud } from "./ask.ts";

/** [P1] Both sides of a business date, each from the bytes that it holds itself. */
export const proveDay: Ask<"proof.day"> = async (till, { businessDate }) => {
  const cloud = await askCloud(till, (line) => line.proof(businessDate));
  const here = receiptsByTill(till, businessDate);
  for (const { terminalId } of cloud ?? []) {
    if (!here.has(terminalId)) here.set(terminalId, []);
  }
  if (!here.has(till.terminal.terminalId)) here.set(till.terminal.terminalId, []);
  const tills = [...here].map(([terminalId, receipts]) =>
    tillProof(till, terminalId, {
      here: proveReceipts(sha256, receipts),
      cloud: cloudSide(cloud, terminalId),
    }),
  );
  return ok({
    businessDate,
    askedAtMs: cloud === null ? null : till.world.clock.now(),
    tills: tills.toSorted((a, b) => a.tillNumber - b.tillNumber),
  });
};

type Word = TillProof | "none" | null;

/** `none`: the cloud was asked and does not know the till. */
function cloudSide(cloud: readonly TillProof[] | null, terminalId: string): Word {
  if (cloud === null) return null;
  return cloud.find((proof) => proof.terminalId === terminalId) ?? "none";
}

function receiptsByTill(till: Till, businessDate: string): Map<string, ProvenReceipt[]> {
  const byTill = new Map<string, ProvenReceipt[]>();
  for (const { terminalId, id, payload } of till.ledger.receipts.ofDay(businessDate)) {
    const receipts = byTill.get(terminalId) ?? [];
    receipts.push({ id, payload });
    byTill.set(terminalId, receipts);
  }
  return byTill;
}

interface Sides {
  readonly here: ProofSideView;
  readonly cloud: Word;
}

function tillProof(till: Till, terminalId: string, { here, cloud }: Sides): TillProofView {
  const isThis = terminalId === till.terminal.terminalId;
  const known = typeof cloud === "object" ? cloud : null;
  const side = known && { count: known.count, totalMinor: known.totalMinor, hash: known.hash };
  const tillNumber = isThis
    ? till.terminal.tillNumber
    : (known?.tillNumber ?? tillNumberHere(till, terminalId));
  return {
    ...{ terminalId, tillNumber, isThis, here, cloud: side },
    verdict: verdictOf(till, isThis, { here, cloud }),
  };
}

function verdictOf(till: Till, isThis: boolean, { here, cloud }: Sides): TillProofView["verdict"] {
  if (cloud === null) return "unknown";
  if (cloud !== "none" && isSameProof(here, cloud)) return "equal";
  const { unsent, cursor, feedEnd } = syncStatusOf(till);
  const isOnItsWay = isThis ? unsent > 0 : feedEnd === null || cursor < feedEnd;
  return isOnItsWay ? "waits" : "differs";
}

/** From the number that its receipts begin with. */
function tillNumberHere(till: Till, terminalId: string): number {
  return (
    till.ledger.shifts.list(200, 0).find((shift) => shift.terminalId === terminalId)?.tillNumber ??
    0
  );
}
