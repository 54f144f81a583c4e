import { describe, expect, it } from "vitest";
import type { CompletedSale, SaleLine } from "../../domain/sale/completed-sale.ts";
import type { ZReport } from "../../domain/shift/z-report.ts";
import type { PrintDocument } from "./document.ts";
import { encodeDocument } from "./escpos.ts";
import { paperOf, plainTextOf } from "./plain-text.ts";
import { printerProfile, type PrinterProfileName } from "./profile.ts";
import { saleReceipt, type ReceiptLook } from "./receipt-document.ts";
import { createReceiptFormat } from "./receipt-format.ts";
import { receiptLabels } from "./receipt-labels.ts";
import { zReportDocument } from "./z-report-document.ts";

const store = {
  name: "Corner & Co",
  lines: ["12 Market Street, Springfield"],
  footer: ["Return within 14 days"],
};

function look(locale: string, currency = "EUR"): ReceiptLook {
  const format = createReceiptFormat({ locale, currency, timeZone: "Europe/Berlin" });
  return { store, labels: receiptLabels(locale), format };
}

function line(part: Partial<SaleLine>): SaleLine {
  return {
    lineNo: 1,
    sku: "1",
    name: "Espresso beans 250 g",
    quantityMilli: 1000,
    unit: "each",
    unitPriceMinor: 649,
    amountMinor: 649,
    taxCategory: "standard",
    taxRatePpm: 190_000,
    ...part,
  };
}

const sale: CompletedSale = {
  saleId: "s",
  receiptNumber: "2-004711",
  currency: "EUR",
  pricesIncludeTax: true,
  lines: [
    line({ quantityMilli: 3000, amountMinor: 1947 }),
    line({
      name: "Bananas",
      unit: "kg",
      quantityMilli: 846,
      unitPriceMinor: 199,
      amountMinor: 168,
      taxCategory: "reduced",
    }),
  ],
  totalMinor: 2115,
  netMinor: 1793,
  taxes: [
    { category: "standard", ratePpm: 190_000, netMinor: 1636, taxMinor: 311 },
    { category: "reduced", ratePpm: 70_000, netMinor: 157, taxMinor: 11 },
  ],
  tenders: [
    {
      kind: "card",
      amountMinor: 115,
      card: { requestId: "r", terminalReference: "T-77", label: "VISA ****1111" },
    },
    { kind: "cash", amountMinor: 3000 },
  ],
  changeMinor: 1000,
};

const facts = { sale, soldAtMs: Date.UTC(2026, 10, 23, 13, 37), tillNumber: 2, cashier: "Dana" };

async function printed(document: PrintDocument, name: PrinterProfileName = "epson-80mm") {
  const profile = printerProfile(name);
  const bytes = await encodeDocument(document, profile);
  return plainTextOf(paperOf(bytes, profile.widthDots));
}

describe("a sale's receipt", () => {
  it("shows the store, the goods, the total, the tenders, the tax and its own barcode", async () => {
    expect(await printed(saleReceipt(facts, look("en-GB")))).toEqual([
      "             Corner & Co",
      "         12 Market Street, Springfield",
      "",
      "Receipt 2-004711               23/11/2026, 14:37",
      "Served by Dana                            Till 2",
      "─".repeat(48),
      "Espresso beans 250 g                     19.47 A",
      "  3 × 6.49",
      "Bananas                                   1.68 B",
      "  0.846 kg × 1.99/kg",
      "─".repeat(48),
      "TOTAL EUR          21.15",
      "─".repeat(48),
      "Card VISA ****1111                          1.15",
      "  Ref. T-77",
      "Cash                                       30.00",
      "Change                                     10.00",
      "─".repeat(48),
      "Tax                             Net   Tax  Gross",
      "A 19%                         16.36  3.11  19.47",
      "B 7%                           1.57  0.11   1.68",
      "",
      "[code128 EVR-2-004711]",
      "",
      "         Thank you for shopping with us",
      "             Return within 14 days",
      "",
    ]);
  });

  it("fits on 42 columns too", async () => {
    const lines = await printed(saleReceipt(facts, look("en-GB")), "epson-80mm-180dpi");
    expect(lines).toContain("Espresso beans 250 g               19.47 A");
    expect(Math.max(...lines.map((text) => text.length))).toBe(42);
  });

  it("says COPY n at the top and at the bottom of a reprint, and nowhere on the first print", async () => {
    const copies = await printed(saleReceipt({ ...facts, copy: 2 }, look("de-DE")));
    expect(copies.filter((text) => text.includes("KOPIE 2"))).toHaveLength(2);
    const first = await printed(saleReceipt(facts, look("de-DE")));
    expect(first.join()).not.toContain("KOPIE");
  });

  it("names a return, its receipt, and the money that goes back", async () => {
    const from = { saleId: "x", receiptNumber: "1-000009", lineNo: 1 };
    const back: CompletedSale = {
      ...sale,
      lines: [line({ quantityMilli: -1000, amountMinor: -649, returnOf: from })],
      totalMinor: -649,
      tenders: [{ kind: "cash", amountMinor: -649 }],
      changeMinor: 0,
    };
    const lines = await printed(saleReceipt({ ...facts, sale: back }, look("en-GB")));
    expect(lines.map((text) => text.trim())).toContain("RETURN");
    expect(lines).toContain("  from receipt 1-000009");
    expect(lines.find((text) => text.startsWith("REFUND"))).toBe("REFUND EUR         -6.49");
  });

  it("adds the tax below a subtotal where prices come without it", async () => {
    const net: CompletedSale = { ...sale, pricesIncludeTax: false };
    const lines = await printed(saleReceipt({ ...facts, sale: net }, look("en-US", "USD")));
    expect(lines).toContain("Subtotal                                   17.93");
    expect(lines).toContain("Tax                                         3.22");
  });

  it("prints 300 lines, all of them", async () => {
    const lines = Array.from({ length: 300 }, (_, i) => line({ lineNo: i + 1, name: `Good ${i}` }));
    const text = await printed(saleReceipt({ ...facts, sale: { ...sale, lines } }, look("en-GB")));
    expect(text.filter((row) => row.startsWith("Good "))).toHaveLength(300);
  });

  it("draws every line of a Hebrew receipt but its barcode", async () => {
    const lines = await printed(saleReceipt(facts, look("he-IL", "ILS")));
    const rest = lines.filter((text) => !text.startsWith("[picture") && text !== "");
    expect(rest).toEqual(["[code128 EVR-2-004711]"]);
  });
});

describe("a Z report", () => {
  it("shows the turnover, the drawer with its variance, the control counts and the perpetual totals", async () => {
    const z: ZReport = {
      zNumber: 17,
      shiftId: "s",
      businessDate: "2026-11-23",
      currency: "EUR",
      openedAtMs: Date.UTC(2026, 10, 23, 7, 2),
      closedAtMs: Date.UTC(2026, 10, 23, 19, 0),
      openedBy: "Dana",
      closedBy: "Noa",
      firstReceiptNumber: "2-000001",
      lastReceiptNumber: "2-000120",
      floatMinor: 10_000,
      countedMinor: 123_456,
      expectedMinor: 123_556,
      varianceMinor: -100,
      totals: {
        sales: 120,
        returns: 2,
        voids: 1,
        noSales: 3,
        linesRemoved: 4,
        reprints: 1,
        grossMinor: 1_234_567,
        returnsMinor: -4567,
        cashMinor: 113_556,
        cardMinor: 1_116_444,
        taxes: sale.taxes,
      },
      perpetual: { grandTotalMinor: 123_456_789_012, returnsTotalMinor: -9999, receipts: 99_999 },
    };
    const lines = await printed(zReportDocument({ z, tillNumber: 2 }, look("de-DE")));
    expect(lines).toContain("Verkäufe (120)                         12.345,67");
    expect(lines).toContain("Umsatz EUR                             12.300,00");
    expect(lines).toContain("Fehlbetrag                                 -1,00");
    expect(lines).toContain("Gesamtumsatz                    1.234.567.890,12");
    expect(lines).toContain("Bons                         2-000001 … 2-000120");
  });
});

describe("numbers on paper", () => {
  it.each([
    ["en-GB", "EUR", 123_456_789, "1,234,567.89"],
    ["de-DE", "EUR", -70, "-0,70"],
    ["ja-JP", "JPY", 1_234_567, "1,234,567"],
    ["en-KW", "KWD", 1_234_567, "1,234.567"],
    ["en-GB", "EUR", 9_007_199_254_740_991, "90,071,992,547,409.91"],
  ])("are exact in %s and %s", (locale, currency, amountMinor, text) => {
    const format = createReceiptFormat({ locale, currency, timeZone: "UTC" });
    expect(format.money(amountMinor)).toBe(text);
  });

  it("show a rate with the digits it has", () => {
    const format = createReceiptFormat({ locale: "en-US", currency: "USD", timeZone: "UTC" });
    expect([190_000, 88_750, 0].map((ratePpm) => format.rate(ratePpm))).toEqual([
      "19%",
      "8.875%",
      "0%",
    ]);
  });
});
