import { currencyDecimals } from "../payment/amount.ts";
import { maskedLabel } from "../payment/nexo-outcome.ts";
import type { PaymentOutcome, PaymentTerminal } from "../payment/port.ts";
import type { CardRecord } from "./card-records.ts";
import type { CardTerminal } from "./card-terminal.ts";

/** The virtual card terminal without a line between it and the till: for simulations. */
export function createDirectTerminal(terminal: CardTerminal): PaymentTerminal {
  const state = () => (terminal.current === null ? "ready" : "busy");
  return {
    async pay({ requestId, amountMinor, currency }) {
      currencyDecimals(currency);
      const paid = terminal.pay({ key: requestId, amountMinor, currency });
      return paid === "busy" ? { kind: "refused", why: "busy" } : outcomeOf(await paid);
    },
    status(requestId) {
      const record = terminal.records.get(requestId);
      return Promise.resolve(record === null ? { kind: "not-found" } : outcomeOf(record));
    },
    abort(requestId) {
      terminal.abort(requestId);
      return Promise.resolve();
    },
    reverse(requestId) {
      const payment = terminal.records.get(requestId);
      if (payment?.state === "waiting") return Promise.resolve({ kind: "unknown" });
      if (payment) terminal.reverse(`reversal of ${requestId}`, payment.terminalReference);
      return Promise.resolve({ kind: "reversed" });
    },
    state,
    onState: (listener) => terminal.onChange(() => listener(state())),
    close: () => Promise.resolve(),
  };
}

function outcomeOf(record: CardRecord): PaymentOutcome {
  const { brand, maskedPan, terminalReference, condition } = record;
  switch (record.state) {
    case "waiting":
      return { kind: "unknown" };
    case "approved":
    case "reversed":
      return { kind: "approved", terminalReference, label: maskedLabel(brand, maskedPan) };
    case "refused": {
      const aborted = condition === "Aborted" || condition === "Cancel";
      return { kind: "refused", why: aborted ? "aborted" : "declined" };
    }
  }
}
