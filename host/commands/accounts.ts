import { accountIdOf, accountMovesOf } from "../../domain/account/account-move.ts";
import { totalsOf } from "../../domain/sale/cart.ts";
import { present } from "../../domain/values/assert.ts";
import { failed, ok } from "../../domain/values/result.ts";
import { accountView } from "../state/account.ts";
import { newId, pricingOf, record, type Till } from "../state/till.ts";
import { registerView } from "../views/register-view.ts";
import { add, cannotChange } from "./cart.ts";
import { type Command, managerNeeded, type Query } from "./command.ts";
import { addTender, cannotTender } from "./tender.ts";

/** [C5] Pays from a gift card: within its balance, and within the store's limit while offline. */
export const takeGiftCard: Command<"tender.gift-card"> = (till, input) => {
  const problem = cannotTender(till);
  if (problem !== null) return failed(problem);
  const accountId = accountIdOf(input.accountId);
  if (accountId === null) return failed({ type: "BadAccountNumber" });
  const { amountMinor } = input;
  const cart = present(till.cart, "the cart that is paid");
  const { dueMinor } = totalsOf(cart, pricingOf(till));
  if (dueMinor <= 0) return failed({ type: "AmountOutOfRange" });
  if (amountMinor > dueMinor) return failed({ type: "MoreThanDue" });
  const view = accountView(till, "gift-card", accountId);
  const { balanceMinor, spendableMinor } = view;
  if (balanceMinor === null) return failed({ type: "UnknownAccount" });
  if (amountMinor > balanceMinor) return failed({ type: "BalanceTooLow", balanceMinor });
  if (amountMinor > spendableMinor) {
    return failed({ type: "OfflineLimit", leftMinor: spendableMinor });
  }
  addTender(till, cart, {
    ...{ tenderId: newId(till), kind: "gift-card", amountMinor, giftCard: accountId },
  });
  return ok(registerView(till));
};

/** [C5] Sells an amount on a gift card. Money for a voucher is no turnover to tax yet. */
export const loadGiftCard: Command<"gift-card.load"> = (till, input) => {
  const problem = cannotChange(till);
  if (problem !== null) return failed(problem);
  const accountId = accountIdOf(input.accountId);
  if (accountId === null) return failed({ type: "BadAccountNumber" });
  const taxCategory = untaxedCategory(till);
  if (taxCategory === undefined) return failed({ type: "NoUntaxedCategory" });
  return add(till, {
    ...{ sku: null, name: `Gift card ****${accountId.slice(-4)}`, quantityMilli: 1000 },
    ...{ unit: "each", unitPriceMinor: input.amountMinor, taxCategory, giftCard: accountId },
  });
};

function untaxedCategory(till: Till): string | undefined {
  return Object.entries(pricingOf(till).taxRatesPpm).find(([, ratePpm]) => ratePpm === 0)?.[0];
}

/** [C5] A manager's word on an account, outside a sale; nothing is taken below the floor. */
export const moveAccount: Command<"account.move"> = (till, input) => {
  const problem = managerNeeded(till);
  if (problem !== null) return failed(problem);
  const accountId = accountIdOf(input.accountId);
  if (accountId === null) return failed({ type: "BadAccountNumber" });
  const { account, deltaMinor, reason } = input;
  const { balanceMinor } = accountView(till, account, accountId);
  if (balanceMinor === null && deltaMinor < 0) return failed({ type: "UnknownAccount" });
  if (deltaMinor < 0 && -deltaMinor > (balanceMinor ?? 0)) {
    return failed({ type: "BalanceTooLow", balanceMinor: balanceMinor ?? 0 });
  }
  const { fact, position } = record(till, "account.moved", {
    ...{ account, accountId, deltaMinor, reason },
  });
  till.ledger.accounts.moved(position, accountMovesOf(fact));
  return ok(accountView(till, account, accountId));
};

export const viewAccount: Query<"account.view"> = (till, input) => {
  const accountId = accountIdOf(input.accountId);
  if (accountId === null) return failed({ type: "BadAccountNumber" });
  return ok(accountView(till, input.account, accountId));
};
