import { unreachable } from "../../domain/values/assert.ts";
import type { Uuid } from "../../domain/values/id.ts";
import type { PaymentOutcome, PaymentTerminal } from "../../hardware/payment/port.ts";
import { ledgerProblemOf } from "../../ledger/problem.ts";
import type { CardPayment } from "../../ledger/tables/card-payments.ts";
import { announce } from "../announce.ts";
import { addTender } from "../commands/tender.ts";
import { cardPaymentOf, newId, type Till } from "../state/till.ts";
import { registerView } from "../views/register-view.ts";
import { noteClockSet } from "./clock-record.ts";
import { sayProblem, writeInLoop } from "./write.ts";

export interface PaymentLoop {
  wake(): void;
  abort(requestId: Uuid): void;
  stop(): Promise<void>;
}

/** How long an unknown payment rests before the terminal is asked again. */
const askAgainMs = 2_000;

/**
 * Carries out the ledger's card payments, one at a time.
 *
 * - [K1] The row is durable before the terminal hears of the payment.
 * - [K2] A payment that was under way when the till stopped is never started again: its status is asked.
 * - [K3] An approved payment becomes a tender in the transaction that marks it approved; where its cart
 *   is gone it is reversed.
 */
export function createPaymentLoop(till: Till): PaymentLoop {
  const terminal = till.world.devices.payment;
  if (terminal === null) return { wake() {}, abort() {}, async stop() {} };
  const { cardPayments } = till.ledger;
  /** Payments this run of the till has begun; any other that waits is from before a crash. */
  const begun = new Set<Uuid>();
  for (const { requestId } of cardPayments.unfinished()) begun.add(requestId);
  /** Given up by the cashier before the terminal heard of them. */
  const givenUp = new Set<Uuid>();
  /** The one that was asked about last. */
  let unsettled: Uuid | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;
  let cancelPause: (() => void) | null = null;

  /** A ledger that cannot be read has work for all we know: the loop says so and rests. */
  function mayHaveWork(): boolean {
    try {
      return cardPayments.unfinished().length > 0;
    } catch {
      return true;
    }
  }

  /** A customer who waits comes first; then each in its turn: what stays unknown keeps no other waiting. */
  function nextPayment(): CardPayment | undefined {
    const open = cardPayments.unfinished();
    const isNew = ({ state, requestId }: CardPayment) =>
      state === "waiting" && !begun.has(requestId);
    const last = open.findIndex(({ requestId }) => requestId === unsettled);
    return open.find(isNew) ?? open[last + 1] ?? open[0];
  }

  async function run(on: PaymentTerminal): Promise<void> {
    for (;;) {
      const payment = stopped ? undefined : nextPayment();
      if (payment === undefined) return;
      unsettled = payment.requestId;
      const settled =
        payment.state === "reversing"
          ? await reverse(on, payment)
          : settle(till, payment, await outcomeOf(on, payment));
      if (!settled && !(await pause())) return;
    }
  }

  async function outcomeOf(on: PaymentTerminal, payment: CardPayment): Promise<PaymentOutcome> {
    const { requestId, amountMinor } = payment;
    if (!begun.has(requestId)) {
      begun.add(requestId);
      if (givenUp.delete(requestId)) return { kind: "refused", why: "aborted" };
      return on.pay({ requestId, amountMinor, currency: till.store.pricing.currency });
    }
    const outcome = await on.status(requestId);
    return outcome.kind === "not-found" ? { kind: "refused", why: "unreachable" } : outcome;
  }

  async function reverse(on: PaymentTerminal, payment: CardPayment): Promise<boolean> {
    const { kind } = await on.reverse(payment.requestId);
    if (kind === "unknown") return false;
    return written(till, () => cardPayments.setState(payment.requestId, "reversed", null));
  }

  /** False when the till stops meanwhile. */
  async function pause(): Promise<boolean> {
    await new Promise<void>((resolve) => {
      const cancel = till.world.clock.after(askAgainMs, resolve);
      cancelPause = () => {
        cancel();
        resolve();
      };
    });
    cancelPause = null;
    return !stopped;
  }

  const loop: PaymentLoop = {
    wake() {
      if (stopped) return;
      cancelPause?.();
      running ??= run(terminal)
        .catch(async (error: unknown) => {
          till.world.log.error("payment.loop", { message: String(error) });
          sayProblem(till, error);
          await pause();
        })
        .finally(() => {
          running = null;
          // A payment may have come between the last look and here.
          if (!stopped && mayHaveWork()) loop.wake();
        });
    },
    abort(requestId) {
      // Its turn comes behind what the terminal is doing now: then it is over.
      if (!begun.has(requestId)) return void givenUp.add(requestId);
      terminal.abort(requestId).catch((error: unknown) => {
        till.world.log.warn("payment.abort", { message: String(error) });
      });
    },
    async stop() {
      stopped = true;
      cancelPause?.();
      // A customer may stand at the terminal for minutes: the next start asks for the outcome.
    },
  };
  return loop;
}

/** Writes what became of a payment; false when it is still unknown. */
function settle(till: Till, payment: CardPayment, outcome: PaymentOutcome): boolean {
  const { requestId, cartId, amountMinor } = payment;
  const { cardPayments } = till.ledger;
  switch (outcome.kind) {
    case "approved":
      return written(till, () => {
        if (till.cart?.cartId !== cartId) {
          cardPayments.setState(requestId, "reversing", "its sale is gone");
          return;
        }
        const { terminalReference, label } = outcome;
        cardPayments.setState(requestId, "approved", label);
        addTender(till, till.cart, {
          tenderId: newId(till),
          kind: "card",
          amountMinor,
          card: { requestId, terminalReference, label },
        });
      });
    case "refused": {
      const done = written(till, () => cardPayments.setState(requestId, "refused", outcome.why));
      const why = outcome.why === "busy" ? "unreachable" : outcome.why;
      till.emit({ topic: "card-refused", message: { requestId, why } });
      return done;
    }
    case "unknown":
      if (payment.state !== "unknown") {
        written(till, () => cardPayments.setState(requestId, "unknown", null));
      }
      return false;
    default:
      return unreachable(outcome);
  }
}

/** Writes and shows; false, and told on the status bar, where the disk refuses. */
function written(till: Till, work: () => void): boolean {
  try {
    noteClockSet(till);
    writeInLoop(till, work);
  } catch (error) {
    if (ledgerProblemOf(error) === null) throw error;
    return false;
  }
  till.cardPayment = cardPaymentOf(till);
  till.revision++;
  till.emit({ topic: "register", message: registerView(till) });
  if (till.ledger.journal.head().position !== till.announcedPosition) announce(till);
  return true;
}
