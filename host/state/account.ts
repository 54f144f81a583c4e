import {
  type AccountKind,
  spendableMinor,
  usualOfflineUnits,
} from "../../domain/account/account-move.ts";
import { currencyExponent } from "../../domain/values/currency.ts";
import { mulDiv } from "../../domain/values/rounding.ts";
import type { AccountView } from "../contract/account-view.ts";
import type { Till } from "./till.ts";

/** [C5] An account as this till knows it, less what the open sale takes from it already. */
export function accountView(till: Till, account: AccountKind, accountId: string): AccountView {
  const { accounts } = till.ledger;
  const known = accounts.balanceMinor(account, accountId);
  const inCartMinor = account === "gift-card" ? takenInCart(till, accountId) : 0;
  const balanceMinor = known === null ? null : known - inCartMinor;
  const offline = till.loops.syncStatus()?.connection !== "online";
  const restMinor = spendableMinor(balanceMinor ?? 0);
  const spentMinor = accounts.unheardSpentMinor(account, accountId) + inCartMinor;
  const leftMinor = Math.max(0, offlineLimitMinor(till) - spentMinor);
  return {
    ...{ account, accountId, balanceMinor, offline },
    spendableMinor: offline ? Math.min(restMinor, leftMinor) : restMinor,
  };
}

/** What it pays, and what was loaded on it and is taken back. What is loaded is not on it yet. */
function takenInCart({ cart }: Till, accountId: string): number {
  const paid = (cart?.tenders ?? [])
    .filter(({ giftCard }) => giftCard === accountId)
    .map(({ amountMinor }) => amountMinor);
  const takenBack = (cart?.lines ?? [])
    .filter(({ giftCard, quantityMilli }) => giftCard === accountId && quantityMilli < 0)
    .map((line) => mulDiv(-line.quantityMilli, line.unitPriceMinor, 1000, "half-away"));
  return [...paid, ...takenBack].reduce((sum, minor) => sum + minor, 0);
}

function offlineLimitMinor({ store }: Till): number {
  const { offlineRedemptionMinor, pricing } = store;
  return offlineRedemptionMinor ?? usualOfflineUnits * 10 ** currencyExponent(pricing.currency);
}
