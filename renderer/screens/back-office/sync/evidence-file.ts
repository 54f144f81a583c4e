import type { EvidenceSummary } from "../../../../domain/proof/evidence.ts";
import type { EvidenceRowView } from "../../../../host/contract/office-views.ts";
import { type Cell, csvOf, decimalOf } from "../csv.ts";
import { isoMoment } from "../iso-moment.ts";

/** [P1] What was compared, as one value: the file's content. */
export interface Evidence {
  readonly storeName: string;
  readonly tillNumber: number;
  readonly terminalId: string;
  readonly currency: string;
  readonly currencyExponent: number;
  readonly madeAtMs: number;
  readonly timeZone: string;
  readonly rows: readonly EvidenceRowView[];
  readonly summary: EvidenceSummary;
}

const header = [
  ...["epoch", "seq", "state", "type", "at", "business date", "receipt"],
  ...["total here", "total in the cloud", "hash here", "hash in the cloud"],
  ...["verdict", "reason", "received by the cloud"],
];

/** One line a fact, and the sums in a last one. Column names are the same in every language. */
export function evidenceCsv({ rows, summary, currencyExponent, timeZone }: Evidence): string {
  const amount = (minor: number | null) =>
    minor === null ? null : decimalOf(minor, currencyExponent);
  const lines = rows.map((row): Cell[] => [
    row.epoch,
    row.seq,
    row.state,
    row.type,
    isoMoment(row.atMs, timeZone),
    row.businessDate,
    row.receiptNumber,
    amount(row.totalHereMinor),
    amount(row.totalThereMinor),
    row.hashHere,
    row.hashThere,
    row.verdict,
    row.reason,
    row.receivedAtMs === null ? null : isoMoment(row.receivedAtMs, timeZone),
  ]);
  const sums: Cell[] = [
    ...["sum", summary.facts, null, null, null, null],
    `${summary.receiptsHere} / ${summary.receiptsThere}`,
    amount(summary.totalHereMinor),
    amount(summary.totalThereMinor),
    ...[null, null, null, null, null],
  ];
  return csvOf(header, [...lines, sums]);
}

/** Amounts stay minor units, as the contract has them. */
export function evidenceJson(evidence: Evidence): string {
  return `${JSON.stringify(evidence, null, 2)}\n`;
}
