import type { ZReport } from "../../domain/shift/z-report.ts";
import type { Block, PrintDocument } from "./document.ts";
import { amountTable, headerBlocks, type ReceiptLook, taxBlocks } from "./receipt-document.ts";
import type { ReceiptFormat } from "./receipt-format.ts";
import { fill, type ReceiptLabels } from "./receipt-labels.ts";

/** The printed form of a stored Z report. `copy` as on a receipt: 1 for the first reprint. */
export function zReportDocument(
  facts: { readonly z: ZReport; readonly tillNumber: number; readonly copy?: number | undefined },
  look: ReceiptLook,
): PrintDocument {
  const { z, copy } = facts;
  const { labels, format } = look;
  const banner = (text: string): Block => ({
    kind: "text",
    text,
    align: "center",
    bold: true,
    size: "large",
  });
  const blocks: (Block | Block[])[] = [
    headerBlocks(look.store),
    copy === undefined ? [] : banner(`*** ${fill(labels.copy, copy)} ***`),
    banner(fill(labels.zReport, z.zNumber)),
    { kind: "rule" },
    shiftBlocks(facts.z, facts.tillNumber, look),
    { kind: "rule" },
    turnoverBlocks(z, labels, format),
    taxBlocks(z.totals.taxes, look),
    { kind: "rule" },
    drawerBlocks(z, labels, format),
    { kind: "rule" },
    controlBlocks(z, look),
    { kind: "rule" },
    perpetualBlocks(z, look),
    { kind: "cut" },
  ];
  return { direction: labels.direction, blocks: blocks.flat() };
}

function shiftBlocks(z: ZReport, tillNumber: number, { labels, format }: ReceiptLook): Block[] {
  const receipts =
    z.firstReceiptNumber === null ? "–" : `${z.firstReceiptNumber} … ${z.lastReceiptNumber ?? ""}`;
  return [
    { kind: "pair", start: fill(labels.till, tillNumber), end: z.currency },
    { kind: "pair", start: labels.businessDate, end: format.date(z.businessDate) },
    { kind: "pair", start: `${labels.opened} ${z.openedBy}`, end: format.dateTime(z.openedAtMs) },
    { kind: "pair", start: `${labels.closed} ${z.closedBy}`, end: format.dateTime(z.closedAtMs) },
    { kind: "pair", start: labels.receipts, end: receipts, number: true },
  ];
}

function turnoverBlocks(z: ZReport, labels: ReceiptLabels, format: ReceiptFormat): Block[] {
  const { totals } = z;
  const counted = (label: string, count: number) => `${label} (${format.quantity(count * 1000)})`;
  return [
    amountTable([
      { cells: [counted(labels.sales, totals.sales), format.money(totals.grossMinor)] },
      { cells: [counted(labels.returns, totals.returns), format.money(totals.returnsMinor)] },
      {
        cells: [
          `${labels.turnover} ${z.currency}`,
          format.money(totals.grossMinor + totals.returnsMinor),
        ],
        bold: true,
        size: "tall",
      },
    ]),
    { kind: "rule" },
    heading(labels.tenders),
    amountTable([
      { cells: [labels.cash, format.money(totals.cashMinor)] },
      { cells: [labels.card, format.money(totals.cardMinor)] },
      ...((totals.giftCardMinor ?? 0) === 0
        ? []
        : [{ cells: [labels.giftCard, format.money(totals.giftCardMinor ?? 0)] }]),
    ]),
  ];
}

function drawerBlocks(z: ZReport, labels: ReceiptLabels, format: ReceiptFormat): Block[] {
  const variance = [varianceWord(z.varianceMinor, labels), format.money(z.varianceMinor)];
  return [
    heading(labels.drawer),
    amountTable([
      { cells: [labels.float, format.money(z.floatMinor)] },
      { cells: [labels.expected, format.money(z.expectedMinor)] },
      { cells: [labels.counted, format.money(z.countedMinor)] },
      { cells: variance, bold: true },
    ]),
    ...(z.reason === undefined ? [] : [{ kind: "text", text: z.reason } as const]),
  ];
}

function varianceWord(varianceMinor: number, labels: ReceiptLabels): string {
  if (varianceMinor === 0) return labels.exact;
  return varianceMinor < 0 ? labels.short : labels.over;
}

function controlBlocks(z: ZReport, { labels, format }: ReceiptLook): Block[] {
  const { totals } = z;
  const counts = [
    [labels.voids, totals.voids],
    [labels.linesRemoved, totals.linesRemoved],
    [labels.noSales, totals.noSales],
    [labels.reprints, totals.reprints],
  ] as const;
  const rows = counts.map(([label, count]) => ({ cells: [label, format.quantity(count * 1000)] }));
  return [heading(labels.control), amountTable(rows)];
}

function perpetualBlocks(z: ZReport, { labels, format }: ReceiptLook): Block[] {
  return [
    heading(labels.perpetual),
    amountTable([
      { cells: [labels.grandTotal, format.money(z.perpetual.grandTotalMinor)] },
      { cells: [labels.returnsTotal, format.money(z.perpetual.returnsTotalMinor)] },
      { cells: [labels.receiptsEver, format.quantity(z.perpetual.receipts * 1000)] },
    ]),
  ];
}

function heading(text: string): Block {
  return { kind: "text", text, bold: true };
}
