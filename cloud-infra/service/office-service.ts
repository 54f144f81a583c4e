import { type ProvenReceipt, proveReceipts } from "../../domain/proof/receipt-proof.ts";
import type { Clock } from "../../domain/values/ports.ts";
import type { CompletedSale } from "../../domain/sale/completed-sale.ts";
import type { HeldEvidence, TillProof, TillReport, TillWord } from "../../sync/protocol/office.ts";
import type { ChainFact, OfficePort } from "./office-port.ts";
import type { Caller } from "./receive-facts.ts";
import { RequestRefused } from "./request-refused.ts";
import { sha256 } from "./sha256.ts";

/** [P1] What a back office asks: how the store's tills fare, and the cloud's side of the proof. */
export interface OfficeService {
  /** A till's word on itself. */
  hear(caller: Caller, report: TillReport): Promise<void>;
  tills(caller: Caller): Promise<readonly TillWord[]>;
  /** Of every till of the store. */
  proof(caller: Caller, businessDate: string): Promise<readonly TillProof[]>;
  /** [A3] Of a terminal of the caller's store; its own where none is named. */
  evidence(caller: Caller, page: EvidencePage): Promise<readonly HeldEvidence[]>;
}

export interface EvidencePage {
  readonly epoch: number;
  readonly afterSeq: number;
  readonly limit: number;
  readonly terminalId?: string | null | undefined;
}

const maxPageFacts = 1_000;

export function createOfficeService(store: OfficePort, clock: Pick<Clock, "now">): OfficeService {
  return {
    hear: ({ terminalId }, report) => store.noteHeard({ terminalId, atMs: clock.now(), report }),
    tills: ({ storeId }) => store.tills(storeId),
    async proof({ storeId }, businessDate) {
      const proofs: TillProof[] = [];
      for (const { terminalId, tillNumber } of await store.tills(storeId)) {
        const bodies = await store.receiptBodies(terminalId, businessDate);
        proofs.push({ terminalId, tillNumber, ...proveReceipts(sha256, bodies.map(receiptOf)) });
      }
      return proofs;
    },
    async evidence(caller, { epoch, afterSeq, limit, terminalId: named }) {
      const terminalId = named ?? caller.terminalId;
      const isCaller = terminalId === caller.terminalId;
      const tills = isCaller ? [] : await store.tills(caller.storeId);
      if (!isCaller && !tills.some((till) => till.terminalId === terminalId)) {
        throw new RequestRefused("BadRequest", "evidence: this is no terminal of the store");
      }
      const most = Math.max(1, Math.min(limit, maxPageFacts));
      const facts = await store.chainFacts({ terminalId, epoch, afterSeq, limit: most });
      return facts.map(evidenceOf);
    },
  };
}

/** A body that was judged applied: its shape is known. */
function receiptOf(body: string): ProvenReceipt {
  const { id, payload } = JSON.parse(body) as { id: string; payload: CompletedSale };
  return { id, payload };
}

function evidenceOf({ body, ...held }: ChainFact): HeldEvidence {
  return { ...held, totalMinor: held.verdict === "parked" ? null : receiptTotalOf(body) };
}

function receiptTotalOf(body: string): number | null {
  const { type, payload } = JSON.parse(body) as { type: string; payload: CompletedSale };
  return type === "sale.completed" || type === "return.completed" ? payload.totalMinor : null;
}
