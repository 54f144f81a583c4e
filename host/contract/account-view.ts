/** [C5] What a gift card or a customer's points hold, as far as this till knows. */
export interface AccountView {
  readonly account: "gift-card" | "points";
  readonly accountId: string;
  /** Null: nobody here has heard of it. Below zero: more was honoured than it held. */
  readonly balanceMinor: number | null;
  /** What may be spent here now: the balance, or less while the cloud cannot be asked. */
  readonly spendableMinor: number;
  /** The cloud cannot be asked. */
  readonly offline: boolean;
}
