import { useCommand } from "../../../command/use-command.ts";
import { useCardRefusal } from "../../../state/card-refusal-store.ts";

export interface Paying {
  readonly busy: boolean;
  readonly cash: (amountMinor: number) => void;
  readonly card: (amountMinor: number) => void;
  readonly giveBack: () => void;
}

/** The tender commands. One at a time: a second press while one is under way is not sent. */
export function usePaying(): Paying {
  const cash = useCommand("tender.cash");
  const card = useCommand("tender.card");
  const refund = useCommand("tender.refund-cash");
  const busy = cash.running || card.running || refund.running;
  const forget = () => useCardRefusal.setState({ why: null });
  return {
    busy,
    cash(amountMinor) {
      forget();
      if (!busy) void cash.run({ amountMinor });
    },
    card(amountMinor) {
      forget();
      if (!busy) void card.run({ amountMinor });
    },
    giveBack() {
      forget();
      if (!busy) void refund.run({});
    },
  };
}
