/** What every engine is given: a sale of 984 bytes with four lines, and a good. The same ones in every run. */

const names = [
  "Organic whole milk 1L",
  "Sourdough loaf 800g",
  "Free range eggs x12",
  "Espresso beans 250g",
  "Dark chocolate 70%",
  "Olive oil extra 500ml",
  "Basmati rice 1kg",
  "Greek yoghurt 450g",
];
const firstSaleMs = Date.UTC(2026, 10, 22, 6);

export function sale(seq: number) {
  const lines = Array.from({ length: 4 }, (_, k) => lineOf(seq, k));
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const taxMinor = Math.round(totalMinor / 6);
  const terminalId = "T01";
  return {
    id: `${terminalId}-${String(seq).padStart(9, "0")}`,
    type: "sale",
    terminalId,
    seq,
    receiptNo: `${terminalId}-2026-${String(seq).padStart(7, "0")}`,
    storeId: "STORE-0007",
    cashierId: `emp-${100 + (seq % 12)}`,
    businessDate: "2026-11-22",
    occurredAt: new Date(firstSaleMs + seq * 1_000).toISOString(),
    currency: "GBP",
    lines,
    subtotalMinor: totalMinor - taxMinor,
    taxMinor,
    totalMinor,
    payments: [{ kind: seq % 2 === 0 ? "cash" : "card", amountMinor: totalMinor, ref: `p${seq}` }],
    schema: 3,
  };
}

function lineOf(seq: number, k: number) {
  const qty = 1 + ((seq + k) % 3);
  const unitPriceMinor = 199 + ((seq * 7 + k * 131) % 1_800);
  const totalMinor = qty * unitPriceMinor;
  return {
    n: k + 1,
    sku: `SKU-${100_000 + ((seq * 13 + k * 977) % 50_000)}`,
    name: names[(seq + k) % names.length],
    qty,
    unitPriceMinor,
    taxRateBp: 2_000,
    taxMinor: Math.round(totalMinor / 6),
    discountMinor: 0,
    totalMinor,
  };
}

export function product(n: number) {
  return {
    id: `SKU-${100_000 + n}`,
    name: `${names[n % names.length]} #${n}`,
    barcode: String(5_000_000_000_000 + n),
    priceMinor: 199 + (n % 1_800),
    taxRateBp: 2_000,
    category: `cat-${n % 40}`,
    active: true,
    updatedAt: firstSaleMs + n,
    stock: n % 97,
  };
}
