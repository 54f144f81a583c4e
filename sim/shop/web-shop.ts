import { hash } from "node:crypto";
import { canonicalJson } from "../../domain/facts/canonical.ts";
import { type Book, newMemory, withSale } from "../oracle/book.ts";
import { pushDocument } from "../../sync/protocol/operations.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import type { Cloud } from "../world/cloud.ts";
import { storeId } from "./template.ts";

/** The online channel: sells the same stock, speaks the same protocol, and knows no queue. */
export interface WebShop {
  sell(sku: string, pieces: number): void;
  /** Sends what the cloud does not have yet; quiet when it cannot be reached. */
  flush(): Promise<void>;
  saleIds(): readonly string[];
  isAtRest(): boolean;
  /** The cloud may have lost some of it: everything is sent again. */
  sendAgain(): void;
}

interface PushAnswer {
  readonly data?: {
    readonly push: { readonly outcome: string; readonly head: { readonly seq: number } };
  } | null;
}

export async function openWebShop(cloud: Cloud, book: Book): Promise<WebShop> {
  const { access } = cloud.owner();
  const code = await access.createCode(storeId, 60_000);
  const { terminalId, secret } = await access.enrol({
    code,
    name: "Online shop",
    publicKey: null,
  });
  const sha256 = (text: string) => hash("sha256", text, "hex");
  const chain = createSampleTill({ terminalId, sha256 });
  let memory = newMemory;
  let heldSeq = 0;

  return {
    sell(sku, pieces) {
      const payload = saleOf(chain.head.seq + 1, sku, pieces * 1_000, terminalId);
      const id = payload.saleId;
      const place = { terminalId, epoch: 1, seq: chain.head.seq + 1 };
      const fact = { ...place, id, type: "sale.completed", atMs: cloud.nowMs(), payload };
      chain.writeRaw(canonicalJson(fact));
      const sale = { ...payload, cardMinor: 0, giftCards: [] };
      book.sold(sale, memory);
      memory = withSale(memory, sale);
    },
    async flush() {
      while (heldSeq < chain.facts.length) {
        const variables = chain.push(heldSeq + 1, Math.min(heldSeq + 50, chain.facts.length));
        const text = JSON.stringify({ query: pushDocument, variables });
        const answer = await cloud.post(`${terminalId}.${secret}`, text);
        const { data } = JSON.parse(answer?.text ?? "{}") as PushAnswer;
        if (data === undefined || data === null) return;
        heldSeq = data.push.head.seq;
      }
    },
    saleIds: () => memory.saleIds,
    sendAgain() {
      heldSeq = 0;
    },
    isAtRest: () => heldSeq === chain.facts.length,
  };
}

function saleOf(number: number, sku: string, quantityMilli: number, terminalId: string) {
  const unitPriceMinor = 248;
  const totalMinor = (unitPriceMinor * quantityMilli) / 1_000;
  const line = { lineNo: 1, sku, name: `Good ${sku}`, quantityMilli, unit: "each" };
  const price = { unitPriceMinor, amountMinor: totalMinor, taxCategory: "zero", taxRatePpm: 0 };
  return {
    saleId: `${terminalId.slice(0, 24)}${number.toString(16).padStart(12, "0")}`,
    receiptNumber: `1-${String(number).padStart(6, "0")}`,
    currency: "EUR",
    pricesIncludeTax: true,
    lines: [{ ...line, ...price }],
    ...{ totalMinor, netMinor: totalMinor, changeMinor: 0 },
    taxes: [{ category: "zero", ratePpm: 0, netMinor: totalMinor, taxMinor: 0 }],
    tenders: [{ kind: "cash", amountMinor: totalMinor }],
  };
}
