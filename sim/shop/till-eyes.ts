import type { CartView, RegisterView } from "../../host/contract/views.ts";
import {
  type Book,
  type CardMove,
  type SeenLine,
  type SeenSale,
  type TillMemory,
  withSale,
} from "../oracle/book.ts";

/** The people in front of one till: they see its screen and remember. */
export interface TillEyes {
  see(view: RegisterView): void;
  /** A receipt was found that nobody saw being made: the power went at that moment. */
  find(receipt: SeenReceipt, moment: number): void;
  memory(): TillMemory;
  remember(change: Partial<TillMemory>): void;
}

export interface SeenReceipt extends Omit<SeenSale, "cardMinor" | "giftCards" | "lines"> {
  readonly lines: readonly (SeenLine & { readonly name: string; readonly amountMinor: number })[];
  readonly tenders: readonly {
    readonly kind: string;
    readonly amountMinor: number;
    readonly giftCard?: string | undefined;
  }[];
}

/** A receipt names a card by its last four characters; the simulated ones have no more. */
function giftCardsOf({ lines, tenders }: SeenReceipt): CardMove[] {
  const loaded = lines.flatMap(({ name, amountMinor: deltaMinor }) => {
    const [, accountId] = /^Gift card \*{4}(\w{4})$/.exec(name) ?? [];
    return accountId === undefined ? [] : [{ account: `gift-card/${accountId}`, deltaMinor }];
  });
  const spent = tenders.flatMap(({ giftCard: accountId, amountMinor }) =>
    accountId === undefined
      ? []
      : [{ account: `gift-card/${accountId}`, deltaMinor: -amountMinor }],
  );
  return [...loaded, ...spent];
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
    const giftCards = giftCardsOf(receipt);
    const { saleId, receiptNumber, totalMinor, lines, tenders } = receipt;
    const sale = {
      ...{ saleId, receiptNumber, totalMinor, giftCards },
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
