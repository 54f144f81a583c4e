import { beforeEach, describe, expect, it } from "vitest";
import type { CartLineView, RegisterView } from "../../host/contract/views.ts";
import { useRegister } from "./register-store.ts";

const line = (lineId: string, quantityMilli = 1_000): CartLineView => ({
  lineId,
  sku: "A",
  name: "Apple",
  quantityMilli,
  unit: "each",
  unitPriceMinor: 50,
  amountMinor: quantityMilli / 20,
  taxCategory: "zero",
});

const view = (revision: number, lines: readonly CartLineView[]): RegisterView => ({
  revision,
  terminal: {
    timeZone: "Europe/Berlin",
    storeName: "Store",
    tillNumber: 1,
    currency: "EUR",
    currencyExponent: 2,
    pricesIncludeTax: true,
    nextReceiptNumber: "1-000001",
    taxCategories: ["zero"],
    products: 1,
  },
  person: { personId: "p", name: "Dana", role: "cashier" },
  shift: null,
  cart: {
    cartId: "c",
    lines,
    netMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    taxes: [],
    tenders: [],
    dueMinor: 0,
    items: lines.length,
    quickCashMinor: [],
    cardPayment: null,
  },
  lastSale: null,
  suspendedCount: 0,
});

const shown = () => {
  const now = useRegister.getState().view;
  if (!now?.cart) throw new Error("no cart");
  return { ...now, cart: now.cart };
};

describe("the register's cache", () => {
  beforeEach(() => useRegister.setState({ view: null }));

  it("keeps the lines that did not change, so that one scan paints one line", () => {
    const { apply } = useRegister.getState();
    apply(view(1, [line("1"), line("2")]));
    const before = shown();
    apply(view(2, [line("1"), line("2", 3_000), line("3")]));
    const after = shown();
    expect(after.cart.lines[0]).toBe(before.cart.lines[0]);
    expect(after.cart.lines[1]).not.toBe(before.cart.lines[1]);
    expect(after.cart.lines).toHaveLength(3);
    expect(after.terminal).toBe(before.terminal);
    expect(after.person).toBe(before.person);
  });

  it("keeps the list itself when only a total changed", () => {
    const { apply } = useRegister.getState();
    apply(view(1, [line("1")]));
    const before = shown();
    apply(view(2, [line("1")]));
    expect(shown().cart.lines).toBe(before.cart.lines);
  });

  it("ignores what is older than the screen, except from a host that was started anew", () => {
    const { apply, restart } = useRegister.getState();
    apply(view(7, [line("1"), line("2")]));
    apply(view(6, [line("1")]));
    expect(shown().revision).toBe(7);
    restart(view(1, [line("1")]));
    expect(shown().revision).toBe(1);
    expect(shown().cart.lines).toHaveLength(1);
  });
});
