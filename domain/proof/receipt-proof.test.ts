import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSameProof, type ProvenReceipt, proveReceipts } from "./receipt-proof.ts";

const sha256 = (text: string) => hash("sha256", text, "hex");

function receipt(n: number, totalMinor: number): ProvenReceipt {
  return {
    id: `0195d000-0000-7000-8000-00000000000${n}`,
    payload: {
      saleId: `sale-${n}`,
      receiptNumber: `1-00000${n}`,
      currency: "EUR",
      pricesIncludeTax: true,
      lines: [],
      totalMinor,
      netMinor: totalMinor,
      taxes: [],
      tenders: [{ kind: "cash", amountMinor: totalMinor }],
      changeMinor: 0,
    },
  };
}

const prove = (receipts: readonly ProvenReceipt[]) => proveReceipts(sha256, receipts);
const day = [receipt(1, 1_250), receipt(2, -300), receipt(3, 5)];

describe("the proof of a business date", () => {
  it("[P1] is the same in whatever order the receipts are handed over, and however often", () => {
    const proof = prove(day);
    expect(proof).toMatchObject({ count: 3, totalMinor: 955 });
    expect(isSameProof(proof, prove([...day.toReversed(), receipt(2, -300)]))).toBe(true);
  });

  it("[P1] differs when a receipt is missing, and when a penny moved between two of them", () => {
    const proof = prove(day);
    expect(isSameProof(proof, prove(day.slice(1)))).toBe(false);
    const moved = prove([receipt(1, 1_251), receipt(2, -301), receipt(3, 5)]);
    expect(moved).toMatchObject({ count: 3, totalMinor: 955 });
    expect(isSameProof(proof, moved)).toBe(false);
  });

  it("[P1] of no receipts is nothing and 64 zeros", () => {
    expect(prove([])).toEqual({ count: 0, totalMinor: 0, hash: "0".repeat(64) });
  });
});
