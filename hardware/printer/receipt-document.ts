import type { TaxAmount } from "../../domain/pricing/price-cart.ts";
import type { CompletedSale, SaleLine, SettledTender } from "../../domain/sale/completed-sale.ts";
import { receiptBarcode } from "../scanner/control-card.ts";
import type { Block, PrintDocument, TableRow } from "./document.ts";
import type { ReceiptFormat } from "./receipt-format.ts";
import { fill, type ReceiptLabels } from "./receipt-labels.ts";

/** Who sells: the lines at the top and at the bottom of every receipt. */
export interface StoreHeader {
  readonly name: string;
  /** Address, phone, tax number: one line each, as the store wrote them. */
  readonly lines: readonly string[];
  /** Below everything, e.g. the terms of return. */
  readonly footer: readonly string[];
}

/** How paper looks in this store. */
export interface ReceiptLook {
  readonly store: StoreHeader;
  readonly labels: ReceiptLabels;
  readonly format: ReceiptFormat;
}

export interface SaleReceiptFacts {
  readonly sale: CompletedSale;
  readonly soldAtMs: number;
  readonly tillNumber: number;
  readonly cashier: string;
  /** 1 for the first reprint. Anything but the first print says COPY n, top and bottom. */
  readonly copy?: number | undefined;
}

/** The receipt of a sale or a return, made of the facts alone: the same facts give the same paper. */
export function saleReceipt(facts: SaleReceiptFacts, look: ReceiptLook): PrintDocument {
  const { sale } = facts;
  const { labels } = look;
  const blocks: (Block | Block[])[] = [
    headerBlocks(look.store),
    copyBanner(facts.copy, labels),
    titleBlocks(facts, look),
    { kind: "rule" },
    itemTable(sale, look),
    { kind: "rule" },
    totalBlocks(sale, look),
    { kind: "rule" },
    tenderTable(sale, look),
    taxBlocks(sale.taxes, look),
    { kind: "feed", lines: 1 },
    { kind: "barcode", symbology: "code128", data: receiptBarcode(sale.receiptNumber) },
    { kind: "feed", lines: 1 },
    [labels.thanks, ...look.store.footer].map((text) => ({ kind: "text", text, align: "center" })),
    copyBanner(facts.copy, labels),
    { kind: "cut" },
  ];
  return { direction: labels.direction, blocks: blocks.flat() };
}

/** The store's name, large, with its lines below. */
export function headerBlocks(store: StoreHeader): Block[] {
  return [
    { kind: "text", text: store.name, align: "center", bold: true, size: "large" },
    ...store.lines.map((text): Block => ({ kind: "text", text, align: "center" })),
    { kind: "feed", lines: 1 },
  ];
}

function copyBanner(copy: number | undefined, labels: ReceiptLabels): Block[] {
  if (copy === undefined) return [];
  const text = `*** ${fill(labels.copy, copy)} ***`;
  return [{ kind: "text", text, align: "center", bold: true, size: "large" }];
}

function titleBlocks(facts: SaleReceiptFacts, { labels, format }: ReceiptLook): Block[] {
  const { sale } = facts;
  const isReturn = sale.totalMinor < 0;
  return [
    ...(isReturn
      ? [{ kind: "text", text: labels.returnReceipt, align: "center", bold: true } as const]
      : []),
    {
      kind: "pair",
      start: `${labels.receipt} ${sale.receiptNumber}`,
      end: format.dateTime(facts.soldAtMs),
    },
    {
      kind: "pair",
      start: fill(labels.cashier, facts.cashier),
      end: fill(labels.till, facts.tillNumber),
    },
  ];
}

/** Name, amount, and the letter of the tax below which the good falls. */
function itemTable(sale: CompletedSale, look: ReceiptLook): Block {
  return {
    kind: "table",
    columns: [{ align: "start", grow: true }, { align: "number" }, { align: "end" }],
    rows: sale.lines.flatMap((line) => itemRows(line, sale.taxes, look)),
  };
}

function itemRows(line: SaleLine, taxes: readonly TaxAmount[], look: ReceiptLook): TableRow[] {
  const { format, labels } = look;
  const rows: TableRow[] = [
    { cells: [line.name, format.money(line.amountMinor), taxMark(taxes, line.taxCategory)] },
  ];
  if (Math.abs(line.quantityMilli) !== 1000 || line.unit === "kg") {
    rows.push({ cells: [`  ${quantityText(line, look)}`, "", ""] });
  }
  if (line.returnOf) {
    rows.push({ cells: [`  ${fill(labels.fromReceipt, line.returnOf.receiptNumber)}`, "", ""] });
  }
  return rows;
}

function quantityText(line: SaleLine, { format, labels }: ReceiptLook): string {
  const quantity = format.quantity(line.quantityMilli);
  const price = format.money(line.unitPriceMinor);
  if (line.unit === "each") return `${quantity} × ${price}`;
  return `${fill(labels.kg, quantity)} × ${fill(labels.perKg, price)}`;
}

/** "A" for the first tax category on the receipt, "B" for the second… */
function taxMark(taxes: readonly TaxAmount[], category: string): string {
  const place = taxes.findIndex((tax) => tax.category === category);
  return place < 0 ? "" : String.fromCharCode(0x41 + (place % 26));
}

function totalBlocks(sale: CompletedSale, { labels, format }: ReceiptLook): Block[] {
  const word = sale.totalMinor < 0 ? labels.refund : labels.total;
  const total: Block = {
    kind: "pair",
    start: `${word} ${sale.currency}`,
    end: format.money(sale.totalMinor),
    number: true,
    bold: true,
    size: "large",
  };
  if (sale.pricesIncludeTax) return [total];
  const taxMinor = sale.taxes.reduce((sum, tax) => sum + tax.taxMinor, 0);
  const before = [
    { cells: [labels.subtotal, format.money(sale.netMinor)] },
    { cells: [labels.tax, format.money(taxMinor)] },
  ];
  return [amountTable(before), total];
}

function tenderTable(sale: CompletedSale, look: ReceiptLook): Block[] {
  const { labels, format } = look;
  const rows = sale.tenders.flatMap((tender) => tenderRows(tender, look));
  if (sale.changeMinor !== 0) {
    rows.push({ cells: [labels.change, format.money(sale.changeMinor)], bold: true });
  }
  return rows.length === 0 ? [] : [amountTable(rows)];
}

function tenderRows(tender: SettledTender, { labels, format }: ReceiptLook): TableRow[] {
  const amount = format.money(tender.amountMinor);
  if (tender.kind === "cash") return [{ cells: [labels.cash, amount] }];
  if (tender.kind === "gift-card") {
    return [{ cells: [`${labels.giftCard} ${lastDigits(tender.giftCard ?? "")}`, amount] }];
  }
  const { card } = tender;
  if (card === undefined) return [{ cells: [labels.card, amount] }];
  return [
    { cells: [`${labels.card} ${card.label}`, amount] },
    { cells: [`  ${fill(labels.reference, card.terminalReference)}`, ""] },
  ];
}

/** Enough to know one's own card by; not enough to pay with it. */
function lastDigits(accountId: string): string {
  return `****${accountId.slice(-4)}`;
}

/** What was taxed at which rate, with the letters that stand beside the goods. */
export function taxBlocks(taxes: readonly TaxAmount[], look: ReceiptLook): Block[] {
  const { labels, format } = look;
  if (taxes.length === 0) return [];
  return [
    { kind: "rule" },
    {
      kind: "table",
      columns: [
        { align: "start", grow: true },
        { align: "number" },
        { align: "number" },
        { align: "number" },
      ],
      head: [labels.taxRate, labels.net, labels.tax, labels.gross],
      rows: taxes.map((tax, t) => ({
        cells: [
          `${String.fromCharCode(0x41 + (t % 26))} ${format.rate(tax.ratePpm)}`,
          format.money(tax.netMinor),
          format.money(tax.taxMinor),
          format.money(tax.netMinor + tax.taxMinor),
        ],
      })),
    },
  ];
}

/** Labels with their amounts below each other, digit below digit. */
export function amountTable(rows: readonly TableRow[]): Block {
  return { kind: "table", columns: [{ align: "start", grow: true }, { align: "number" }], rows };
}
