import type { AnyFact } from "../facts/fact.ts";
import type { CompletedSale } from "../sale/completed-sale.ts";

/** What a customer holds with the store, in minor units: a gift card's money, or collected points. */
export type AccountKind = "gift-card" | "points";

/** A signed change of one account. */
export interface AccountMove {
  readonly account: AccountKind;
  /** The number on the card; see `accountIdOf`. */
  readonly accountId: string;
  readonly deltaMinor: number;
}

/**
 * [C5] The moves a fact causes: the one reducer of tills and cloud. A balance is their sum over the *set*
 * of facts; what was honoured stays honoured, so it may fall below zero, and nothing is spent from there.
 */
export function accountMovesOf(fact: Pick<AnyFact, "type" | "payload">): readonly AccountMove[] {
  const { type, payload } = fact as AnyFact;
  switch (type) {
    case "sale.completed":
    case "return.completed":
      return movesOfSale(payload);
    case "account.moved": {
      const { account, accountId, deltaMinor } = payload;
      return [{ account, accountId, deltaMinor }];
    }
    default:
      return none;
  }
}

const none: readonly AccountMove[] = [];

function movesOfSale({ lines, tenders }: CompletedSale): readonly AccountMove[] {
  // Nearly every receipt is without: it is not gone through twice.
  const loads = lines.some(({ giftCard }) => giftCard !== undefined);
  const spends = tenders.some(({ giftCard }) => giftCard !== undefined);
  if (!loads && !spends) return none;
  const account = "gift-card" as const;
  const loaded = lines.flatMap(({ giftCard, amountMinor }) =>
    giftCard === undefined ? [] : [{ account, accountId: giftCard, deltaMinor: amountMinor }],
  );
  const spent = tenders.flatMap(({ giftCard, amountMinor }) =>
    giftCard === undefined ? [] : [{ account, accountId: giftCard, deltaMinor: -amountMinor }],
  );
  return [...loaded, ...spent];
}

/** [C5] The floor: what can be spent of a balance. */
export function spendableMinor(balanceMinor: number): number {
  return Math.max(0, balanceMinor);
}

/** One spelling for what is typed and what is scanned; null when it is no account's number. */
export function accountIdOf(text: string): string | null {
  const plain = text.replaceAll(/[\s-]/g, "").toUpperCase();
  return /^[0-9A-Z]{4,32}$/.test(plain) ? plain : null;
}

/** [C5] Whole units of the currency that one card may pay while the cloud cannot be asked. */
export const usualOfflineUnits = 50;
