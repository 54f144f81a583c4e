import { useState } from "react";
import type { ReceiptView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { usePane } from "../../../state/pane-store.ts";
import { chooseAll, nothingChosen, type ReturnChoice } from "./return-choice.ts";
import { useReturnReasons } from "./return-reason.tsx";

/** A return as it is being put together. */
export interface TakeBack {
  readonly choice: ReturnChoice;
  readonly setChoice: (choice: ReturnChoice) => void;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  /** False where nothing of the receipt can come back. */
  readonly possible: boolean;
  /** Something was chosen, and why. */
  readonly ready: boolean;
  readonly running: boolean;
  /** The line that the host refused, and what of it can still come back. */
  readonly refused: { readonly lineNo: number; readonly returnableMilli: number } | null;
  /** Puts what was chosen into the open sale with a minus, and leaves the pane. */
  readonly add: () => void;
}

/** By scanner alone: YES is the whole receipt, a figure is the reason, ENTER takes it back. */
export function useTakeBack(receipt: ReceiptView, onAnother: () => void): TakeBack {
  const close = usePane((state) => state.close);
  const [choice, setChoice] = useState(nothingChosen);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<TakeBack["refused"]>(null);
  const { run, running } = useCommand("return.add-lines");
  const reasons = useReturnReasons();
  const possible =
    receipt.kind === "sale" && receipt.lines.some((line) => line.returnableMilli > 0);
  const ready = choice.size > 0 && reason.trim() !== "";

  async function send(): Promise<void> {
    const lines = [...choice].map(([lineNo, quantityMilli]) => ({ lineNo, quantityMilli }));
    const result = await run({ saleId: receipt.saleId, lines, reason: reason.trim() });
    if (result?.ok === true) close();
    else if (result?.failure.type === "MoreThanSold") setRefused(result.failure);
  }
  const add = () => void send();

  useKeys("pane", (key, source) => {
    const word = reasons[Number(key) - 1];
    if (key === "ESC") onAnother();
    else if (!possible || running) return false;
    else if (key === "YES") setChoice(chooseAll(receipt.lines));
    else if (word !== undefined && choice.size > 0) setReason(word);
    else if (key === "ENTER" && source === "card" && ready) add();
    else return false;
    return true;
  });

  return { choice, setChoice, reason, setReason, possible, ready, running, refused, add };
}
