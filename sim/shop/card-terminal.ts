import type { Clock } from "../../domain/values/ports.ts";
import { unreachable } from "../../domain/values/assert.ts";
import type { PaymentOutcome, PaymentTerminal } from "../../hardware/payment/port.ts";
import type { Chance } from "../world/chance.ts";
import type { Faults } from "../world/faults.ts";
import type { Life } from "../world/machine-clock.ts";

/** A card terminal on the counter; what it charged is charged, whatever the till heard of it. */
export interface SimCardTerminal {
  forLife(life: Life, clock: Clock): PaymentTerminal;
  /** In 1,000 payments. */
  setTrouble(trouble: { readonly declined: number; readonly lostAnswers: number }): void;
  /** Charged and not given back: minor units by request id. */
  charged(): ReadonlyMap<string, number>;
}

interface Payment {
  readonly amountMinor: number;
  state: "waiting" | "approved" | "declined" | "reversed";
}

export function createSimCardTerminal(chance: Chance, faults: Faults): SimCardTerminal {
  const payments = new Map<string, Payment>();
  let trouble = { declined: 50, lostAnswers: 0 };

  function outcomeOf(requestId: string): PaymentOutcome {
    const state = payments.get(requestId)?.state ?? "declined";
    switch (state) {
      case "approved":
        return { kind: "approved", terminalReference: requestId.slice(-8), label: "VISA ****1111" };
      case "declined":
      case "reversed":
        return { kind: "refused", why: "declined" };
      case "waiting":
        return { kind: "unknown" };
      default:
        return unreachable(state);
    }
  }

  function answer<T>(life: Life, clock: Clock, afterMs: number, make: () => T): Promise<T> {
    return new Promise((resolve) => {
      clock.after(afterMs, () => {
        if (!life.isOver) resolve(make());
      });
    });
  }

  return {
    forLife: (life, clock) => ({
      pay({ requestId, amountMinor }) {
        if (life.isOver || payments.has(requestId)) return new Promise(() => undefined);
        const isDeclined = chance.happens(trouble.declined);
        payments.set(requestId, { amountMinor, state: isDeclined ? "declined" : "approved" });
        const isLost = chance.happens(trouble.lostAnswers);
        if (isLost) faults.note("card terminal's answer lost");
        return answer(life, clock, chance.between(300, 4_000), () =>
          isLost ? { kind: "unknown" } : outcomeOf(requestId),
        );
      },
      status: (requestId) =>
        answer(life, clock, chance.between(20, 200), () =>
          payments.has(requestId) ? outcomeOf(requestId) : { kind: "not-found" },
        ),
      async abort() {},
      reverse: (requestId) =>
        answer(life, clock, chance.between(20, 200), () => {
          if (chance.happens(trouble.lostAnswers)) return { kind: "unknown" };
          const payment = payments.get(requestId);
          if (payment !== undefined) payment.state = "reversed";
          return { kind: "reversed" };
        }),
      state: () => "ready",
      onState: () => () => undefined,
      close: async () => undefined,
    }),
    setTrouble(next) {
      trouble = next;
    },
    charged: () =>
      new Map(
        [...payments]
          .filter(([, { state }]) => state === "approved")
          .map(([requestId, { amountMinor }]) => [requestId, amountMinor]),
      ),
  };
}
