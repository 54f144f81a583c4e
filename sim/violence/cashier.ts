import { setTimeout as pause } from "node:timers/promises";
import { assert, present } from "../../domain/values/assert.ts";
import type { Failure, OperationName, Output } from "../../host/contract/operations.ts";
import type { CartView, LastSaleView, RegisterView } from "../../host/contract/views.ts";
import type { TillChannel } from "../../renderer/channel/till-channel.ts";
import {
  type CommandInput,
  type CommandName,
  sendCommand,
} from "../../renderer/command/send-command.ts";
import type { DemoGood } from "../../renderer/e2e/demo-goods.ts";
import type { Chance } from "../world/chance.ts";

/** A sale or return that the till has told its cashier to be completed. */
export interface ConfirmedSale {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly totalMinor: number;
}

/** What the cashier saw at the register, and nothing that he did not see. */
export interface Notebook {
  readonly confirmed: readonly ConfirmedSale[];
  /** Commands answered. */
  readonly commands: number;
  /** Sales by what was special about them. */
  readonly kinds: Readonly<Record<"sale" | "return" | "card" | "suspended" | "copy", number>>;
}

/** Somebody who sells without a break, whatever befalls the till. */
export interface Cashier {
  readonly notebook: Notebook;
  /** Finishes the sale under way and waits. */
  rest(): Promise<void>;
  goOn(): void;
  /** Begins nothing more. */
  leave(): void;
  /** What the till did wrong, or null. */
  readonly complaint: Error | null;
}

export interface CashierParts {
  readonly channel: TillChannel;
  readonly goods: readonly DemoGood[];
  readonly pick: Chance;
  readonly person: { readonly personId: string; readonly pin: string };
}

/** More jobs than this wait for the printer: the cashier waits too, as a person would. */
const mostWaitingJobs = 12;
/** A till that answers nothing for so long is stuck, not slow. */
const patienceMs = 60_000;

class Seller implements Cashier {
  readonly #parts: CashierParts;
  readonly #confirmed: ConfirmedSale[] = [];
  /** Their totals. */
  readonly #suspended: number[] = [];
  readonly #kinds = { sale: 0, return: 0, card: 0, suspended: 0, copy: 0 };
  #commands = 0;
  #gate: {
    readonly resting: PromiseWithResolvers<void>;
    readonly on: PromiseWithResolvers<void>;
  } | null = null;
  #stopped = false;
  #complaint: Error | null = null;

  constructor(parts: CashierParts) {
    this.#parts = parts;
    this.#sellAllDay().catch((error: unknown) => {
      this.#complaint = error instanceof Error ? error : new Error(String(error));
      this.#gate?.resting.resolve();
    });
  }

  get complaint(): Error | null {
    return this.#complaint;
  }

  get notebook(): Notebook {
    return { confirmed: this.#confirmed, commands: this.#commands, kinds: this.#kinds };
  }

  async rest(): Promise<void> {
    this.#gate ??= { resting: Promise.withResolvers(), on: Promise.withResolvers() };
    if (this.#complaint === null) await this.#gate.resting.promise;
  }

  goOn(): void {
    this.#gate?.on.resolve();
    this.#gate = null;
  }

  leave(): void {
    this.#stopped = true;
    this.goOn();
  }

  async #sellAllDay(): Promise<void> {
    await this.#do("session.sign-in", this.#parts.person);
    await this.#do("shift.open", { floatMinor: 10_000 });
    while (!this.#stopped) {
      if (this.#gate !== null) {
        this.#gate.resting.resolve();
        await this.#gate.on.promise;
        continue;
      }
      await this.#serveOne();
      await this.#waitForPrinter();
    }
  }

  async #serveOne(): Promise<void> {
    const { pick } = this.#parts;
    const kind = pick.below(10);
    if (kind === 0 && this.#confirmed.length > 3) return this.#takeBack();
    if (kind === 1 && this.#confirmed.length > 0) await this.#reprint();
    let owedMinor = kind === 2 && this.#suspended.length > 0 ? await this.#recall() : 0;
    for (let n = 1 + pick.below(4); n > 0; n--) owedMinor = await this.#scan(owedMinor);
    if (kind === 3) return this.#suspend(owedMinor);
    if (kind === 4 || kind === 5) return this.#payByCard(owedMinor);
    return this.#payCash(owedMinor, kind === 6);
  }

  /** The sum of the sale with one more line, which the register must agree to. */
  async #scan(owedMinor: number): Promise<number> {
    const good = this.#parts.pick.pick(this.#parts.goods);
    const { cart } = await this.#do("cart.scan", { code: good.gtin, symbology: "]E0" });
    const totalMinor = owedMinor + good.priceMinor;
    this.#agree(cart, totalMinor, `a scan of ${good.sku}`);
    return totalMinor;
  }

  async #payCash(owedMinor: number, inTwoParts: boolean): Promise<void> {
    const { pick } = this.#parts;
    let leftMinor = owedMinor;
    if (inTwoParts && leftMinor > 1) {
      const partMinor = 1 + pick.below(leftMinor - 1);
      const { cart } = await this.#do("tender.cash", { amountMinor: partMinor });
      leftMinor -= partMinor;
      this.#must(cart?.dueMinor === leftMinor, `${leftMinor} is due after a part in cash`);
    }
    const amountMinor = leftMinor + pick.below(3) * 100;
    this.#completed(await this.#do("tender.cash", { amountMinor }), owedMinor);
    this.#kinds.sale++;
  }

  async #payByCard(owedMinor: number): Promise<void> {
    await this.#do("tender.card", { amountMinor: owedMinor });
    const giveUpAtMs = performance.now() + patienceMs;
    for (;;) {
      const view = await this.#ask("register.view");
      if (view.cart === null) {
        this.#completed(view, owedMinor);
        this.#kinds.card++;
        return;
      }
      // Declined: the customer has cash.
      if (view.cart.cardPayment === null) return this.#payCash(owedMinor, false);
      this.#must(performance.now() < giveUpAtMs, "a card payment comes to an end");
      await pause(40);
    }
  }

  /** A line of an earlier receipt comes back, with or without something bought. */
  async #takeBack(): Promise<void> {
    const { pick } = this.#parts;
    const { saleId, receiptNumber } = pick.pick(this.#confirmed);
    const receipt = await this.#ask("return.lookup", { receiptNumber });
    const line = receipt.lines.find(({ returnableMilli }) => returnableMilli >= 1000);
    if (line === undefined) return;
    const { lineNo, unitPriceMinor } = line;
    const lines = [{ lineNo, quantityMilli: 1000 }];
    const { cart } = await this.#do("return.add-lines", { saleId, lines, reason: "Too small" });
    let owedMinor = -unitPriceMinor;
    this.#agree(cart, owedMinor, `a return of ${receiptNumber}`);
    if (pick.below(2) === 0) owedMinor = await this.#scan(owedMinor);
    if (owedMinor > 0) return this.#payCash(owedMinor, false);
    this.#completed(await this.#do("tender.refund-cash", {}), owedMinor);
    this.#kinds.return++;
  }

  async #suspend(totalMinor: number): Promise<void> {
    const view = await this.#do("cart.suspend", {});
    this.#must(view.cart === null, "a suspended sale leaves the counter");
    this.#suspended.push(totalMinor);
    this.#kinds.suspended++;
  }

  /** The oldest sale that was suspended here. */
  async #recall(): Promise<number> {
    const { terminal } = await this.#ask("register.view");
    const mine = (await this.#ask("cart.suspended"))
      .filter(({ tillNumber }) => tillNumber === terminal.tillNumber)
      .toSorted((a, b) => a.suspensionId.localeCompare(b.suspensionId));
    const totals = mine.map((sale) => sale.totalMinor).toSorted((a, b) => a - b);
    const noted = this.#suspended.toSorted((a, b) => a - b);
    this.#must(
      totals.join() === noted.join(),
      `suspended are ${noted.join()}, not ${totals.join()}`,
    );
    const { suspensionId, totalMinor } = present(mine[0], "a suspended sale");
    const { cart } = await this.#do("cart.recall", { suspensionId });
    this.#agree(cart, totalMinor, "a recalled sale");
    this.#suspended.splice(this.#suspended.indexOf(totalMinor), 1);
    return totalMinor;
  }

  async #reprint(): Promise<void> {
    await this.#do("receipt.reprint", { saleId: this.#parts.pick.pick(this.#confirmed).saleId });
    this.#kinds.copy++;
  }

  #completed({ cart, lastSale }: RegisterView, totalMinor: number): void {
    this.#must(cart === null, "the sale that is paid leaves the counter");
    const sale: LastSaleView | null = lastSale;
    if (sale === null) throw new Error("the register does not show the sale that was just paid");
    this.#must(sale.totalMinor === totalMinor, `${sale.receiptNumber} comes to ${totalMinor}`);
    const { saleId, receiptNumber } = sale;
    const isNew = !this.#confirmed.some((other) => other.saleId === saleId);
    this.#must(isNew, `${receiptNumber} is a sale of its own`);
    this.#confirmed.push({ saleId, receiptNumber, totalMinor });
  }

  #agree(cart: CartView | null, totalMinor: number, after: string): void {
    const shown = cart?.totalMinor ?? 0;
    this.#must(shown === totalMinor, `after ${after} the sale is ${totalMinor}, not ${shown}`);
  }

  #must(condition: boolean, rule: string): void {
    assert(condition, rule);
  }

  async #waitForPrinter(): Promise<void> {
    const giveUpAtMs = performance.now() + patienceMs;
    for (;;) {
      const { printQueue } = await this.#ask("status.view");
      if (printQueue.waiting <= mostWaitingJobs) return;
      this.#must(performance.now() < giveUpAtMs, "the printer comes after");
      await pause(50);
    }
  }

  /** The same command with the same id until it is answered; a disk that refuses is waited for. */
  async #do<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Output<N>> {
    const giveUpAtMs = performance.now() + patienceMs;
    for (;;) {
      const patience = AbortSignal.timeout(patienceMs);
      const answer = await sendCommand(this.#parts.channel, name, input, patience);
      this.#commands++;
      if (answer.ok) return answer.value;
      this.#giveUpUnlessDisk(name, answer.failure, giveUpAtMs);
      await pause(60);
    }
  }

  async #ask<N extends "register.view" | "status.view" | "return.lookup" | "cart.suspended">(
    name: N,
    input: object = {},
  ): Promise<Output<N>> {
    const giveUpAtMs = performance.now() + patienceMs;
    for (;;) {
      const answer = await this.#parts.channel.call(name, input as never);
      if (answer.ok) return answer.value;
      const failure = answer.failure as Failure<OperationName>;
      if (failure.type !== "HostUnreachable") this.#giveUpUnlessDisk(name, failure, giveUpAtMs);
      this.#must(performance.now() < giveUpAtMs, `the till answers ${name}`);
      await pause(30);
    }
  }

  #giveUpUnlessDisk(name: string, failure: { readonly type: string }, giveUpAtMs: number): void {
    const isDisk = failure.type === "LedgerStopped";
    if (isDisk && performance.now() < giveUpAtMs) return;
    throw new Error(`the till refused ${name}: ${JSON.stringify(failure)}`);
  }
}

/** Signs in, opens a shift and sells until told to stop. */
export function startCashier(parts: CashierParts): Cashier {
  return new Seller(parts);
}
