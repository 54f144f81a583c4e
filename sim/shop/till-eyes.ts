import type { CartView, RegisterView } from "../../host/contract/views.ts";
import { type Book, type SeenSale, type TillMemory, withSale } from "../oracle/book.ts";

/** The people in front of one till: they see its screen and remember. */
export interface TillEyes {
  see(view: RegisterView): void;
  /** A receipt was found that nobody saw being made: the power went at that moment. */
  find(receipt: SeenReceipt, moment: number): void;
  memory(): TillMemory;
  remember(change: Partial<TillMemory>): void;
}

export interface SeenReceipt extends Omit<SeenSale, "cardMinor"> {
  readonly tenders: readonly { readonly kind: string; readonly amountMinor: number }[];
}

export function createTillEyes(
  book: Book,
  first: TillMemory,
  trace: (line: string) => void,
): TillEyes {
  let memory = first;
  /** The sale on the counter, as the screen last showed it. */
  let cart: CartView | null = null;

  function keep(receipt: SeenReceipt, moment?: number): void {
    const { saleId, receiptNumber, totalMinor, lines, tenders } = receipt;
    const sale = {
      ...{ saleId, receiptNumber, totalMinor },
      lines: lines.map(({ sku, quantityMilli }) => ({ sku, quantityMilli })),
      cardMinor: tenders
        .filter(({ kind }) => kind === "card")
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    };
    book.sold(sale, memory, moment);
    memory = withSale(memory, sale);
    trace(`sold ${receiptNumber} for ${totalMinor}`);
  }

  return {
    see({ lastSale, cart: now }) {
      const lines = cart?.lines ?? [];
      if (lastSale !== null && !book.has(lastSale.saleId)) keep({ ...lastSale, lines });
      cart = now;
    },
    find: keep,
    memory: () => memory,
    remember(change) {
      memory = { ...memory, ...change };
    },
  };
}
