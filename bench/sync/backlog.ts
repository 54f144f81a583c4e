import { createSyncLedger } from "../../host/loops/sync-ledger.ts";
import type { Terminal } from "../../host/state/terminal.ts";
import { type Ledger, openLedger } from "../../ledger/ledger.ts";
import type { NewFact } from "../../ledger/tables/journal.ts";
import type { SyncLedger } from "../../sync/engine/ports.ts";
import type { Enrolment } from "../../sync/protocol/wire.ts";

/** A till's real ledger, and what the engine sees of it. */
export interface TillLedger {
  readonly ledger: Ledger;
  readonly sync: SyncLedger;
}

/** How much a till did while it was alone. */
export interface BacklogSize {
  readonly sales: number;
  readonly movements: number;
}

/** Facts written in one transaction: the backlog is no measure of selling. */
const chunk = 1_000;

export function openTillLedger(path: string, enrolment: Enrolment): TillLedger {
  const terminal = terminalOf(enrolment);
  const ledger = openLedger(path);
  ledger.write(() => ledger.settings.set("terminal", terminal));
  return { ledger, sync: createSyncLedger(ledger, terminal) };
}

/** Sales of about a kilobyte with four lines, and movements of one good. */
export function writeBacklog(ledger: Ledger, { terminalId }: Enrolment, size: BacklogSize): void {
  const idOf = idsOf(terminalId);
  const facts = size.sales + size.movements;
  const salesUpTo = (n: number) => Math.floor((n * size.sales) / facts);
  for (let from = 0; from < facts; from += chunk) {
    ledger.write(() => {
      for (let n = from; n < Math.min(facts, from + chunk); n++) {
        const isSale = salesUpTo(n + 1) > salesUpTo(n);
        ledger.append(terminalId, isSale ? sale(idOf, n) : movement(idOf, n));
      }
    });
  }
}

export function terminalOf({ terminalId, storeId, tillNumber }: Enrolment): Terminal {
  return { terminalId, storeId, tillNumber };
}

const shiftId = "0195d000-0000-7000-a000-000000000001";
const firstMs = Date.UTC(2026, 10, 22, 6);

type IdOf = (kind: "9" | "b", n: number) => string;

/** No two tills make the same id: the cloud would take the second one's facts for the first one's. */
function idsOf(terminalId: string): IdOf {
  const till = terminalId.slice(-6);
  return (kind, n) => {
    const at = (firstMs + n * 1_000).toString(16).padStart(12, "0");
    const rest = till + n.toString(16).padStart(6, "0");
    return `${at.slice(0, 8)}-${at.slice(8)}-7000-${kind}000-${rest}`;
  };
}

function envelope(idOf: IdOf, type: string, n: number) {
  return { id: idOf("9", n), type, atMs: firstMs + n * 1_000, businessDate: "2026-11-22", shiftId };
}

function movement(idOf: IdOf, n: number): NewFact {
  const lines = [{ sku: skuOf(n, 0), deltaMilli: ((n % 9) + 1) * 1_000 }];
  return {
    ...envelope(idOf, "stock.moved", n),
    payload: { reason: "receiving", lines },
  } as NewFact;
}

function skuOf(n: number, k: number): string {
  return `SKU-${100_000 + ((n * 13 + k * 977) % 50_000)}`;
}

/** The words of `../peers/workload.ts` as a fact of ours. */
function sale(idOf: IdOf, n: number): NewFact {
  const lines = [0, 1, 2, 3].map((k) => {
    const [pieces, unitPriceMinor] = [1 + ((n + k) % 3), 199 + ((n * 7 + k * 131) % 1_800)];
    return {
      ...{ lineNo: k + 1, sku: skuOf(n, k), name: "Organic whole milk 1L", unit: "each" },
      ...{ quantityMilli: pieces * 1_000, unitPriceMinor, amountMinor: pieces * unitPriceMinor },
      ...{ taxCategory: "standard", taxRatePpm: 190_000 },
    };
  });
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const netMinor = Math.round(totalMinor / 1.19);
  const tax = { category: "standard", ratePpm: 190_000, netMinor, taxMinor: totalMinor - netMinor };
  const payload = {
    ...{ saleId: idOf("b", n), receiptNumber: `1-${String(n + 1).padStart(6, "0")}` },
    ...{ currency: "EUR", pricesIncludeTax: true, lines, totalMinor, netMinor, taxes: [tax] },
    ...{ tenders: [{ kind: "cash", amountMinor: totalMinor }], changeMinor: 0 },
  };
  return { ...envelope(idOf, "sale.completed", n), payload } as unknown as NewFact;
}
