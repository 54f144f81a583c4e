import { addedUp, type EvidenceSummary } from "../../../../domain/proof/evidence.ts";
import type { EvidenceRowView } from "../../../../host/contract/office-views.ts";
import { type Cell, csvOf, decimalOf } from "../csv.ts";
import { isoMoment } from "../iso-moment.ts";

/** What was compared of one till. */
export interface TillEvidence {
  readonly tillNumber: number;
  readonly terminalId: string;
  /**
   * What stood on this side: the till's own `journal`, or of another till what this one was `told`,
   * which is not its journal and may lack facts.
   */
  readonly comparedFrom: "journal" | "told";
  readonly summary: EvidenceSummary;
  readonly rows: readonly EvidenceRowView[];
}

/** [P1] What was compared, as one value: the file's content. */
export interface Evidence {
  readonly storeName: string;
  /** The till that compared. */
  readonly madeAtTill: number;
  readonly currency: string;
  readonly currencyExponent: number;
  readonly madeAtMs: number;
  readonly timeZone: string;
  readonly tills: readonly TillEvidence[];
}

const header = [
  ...["till", "compared from", "epoch", "seq", "state", "type", "at", "business date", "receipt"],
  ...["total here", "total in the cloud", "hash here", "hash in the cloud"],
  ...["verdict", "reason", "received by the cloud"],
];

/** One line a fact; a till's sums behind its facts, those of all in a last line. The same in every language. */
export function evidenceCsv({ tills, currencyExponent, timeZone }: Evidence): string {
  const amount = (minor: number | null) =>
    minor === null ? null : decimalOf(minor, currencyExponent);
  const moment = (atMs: number | null) => (atMs === null ? null : isoMoment(atMs, timeZone));
  const factLine = (till: TillEvidence, row: EvidenceRowView): Cell[] => [
    ...[till.tillNumber, till.comparedFrom, row.epoch, row.seq, row.state, row.type],
    ...[moment(row.atMs), row.businessDate, row.receiptNumber],
    ...[amount(row.totalHereMinor), amount(row.totalThereMinor), row.hashHere, row.hashThere],
    ...[row.verdict, row.reason, moment(row.receivedAtMs)],
  ];
  const sumLine = (name: string, till: number | null, summary: EvidenceSummary): Cell[] => [
    ...[name, till, null, summary.facts, null, null, null, null],
    `${summary.receiptsHere} / ${summary.receiptsThere}`,
    ...[amount(summary.totalHereMinor), amount(summary.totalThereMinor)],
    ...[null, null, null, null, null],
  ];
  const lines = tills.flatMap((till) => [
    ...till.rows.map((row) => factLine(till, row)),
    ...(tills.length > 1 ? [sumLine("sum of till", till.tillNumber, till.summary)] : []),
  ]);
  return csvOf(header, [...lines, sumLine("sum", null, sumOf(tills))]);
}

/** Amounts stay minor units, as the contract has them. */
export function evidenceJson(evidence: Evidence): string {
  return `${JSON.stringify({ ...evidence, summary: sumOf(evidence.tills) }, null, 2)}\n`;
}

function sumOf(tills: readonly TillEvidence[]): EvidenceSummary {
  return addedUp(tills.map(({ summary }) => summary));
}
