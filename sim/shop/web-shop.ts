import { hash } from "node:crypto";
import { type Book, newMemory, type SeenSale, withSale } from "../oracle/book.ts";
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
  const sha256 = (text: string) => hash("sha256", text, "buffer");
  const chain = createSampleTill({ terminalId, sha256 });
  let memory = newMemory;
  let heldSeq = 0;

  return {
    sell(sku, pieces) {
      const { body } = chain.sell([sku], pieces * 1_000);
      const { payload } = JSON.parse(body) as { payload: Omit<SeenSale, "cardMinor"> };
      const sale = { ...payload, cardMinor: 0 };
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
