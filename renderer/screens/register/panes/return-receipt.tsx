import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { isolate } from "../../../formatting/isolate.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { usePane } from "../../../state/pane-store.ts";
import { chooseAll, chooseLine, nothingChosen } from "./return-choice.ts";
import { ReturnLine } from "./return-line.tsx";
import { ReturnReason, useReturnReasons } from "./return-reason.tsx";
import classes from "./panes.module.css";

interface ReturnReceiptProps {
  readonly receipt: ReceiptView;
  readonly onAnother: () => void;
}

/** What of a receipt comes back, and why. It goes into the open sale with a minus. */
export function ReturnReceipt({ receipt, onAnother }: ReturnReceiptProps) {
  const { t } = useTranslation("returns");
  const formats = useFormats();
  const close = usePane((state) => state.close);
  const [choice, setChoice] = useState(nothingChosen);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<{ lineNo: number; returnableMilli: number } | null>(null);
  const takeBack = useCommand("return.add-lines");
  const possible = receipt.kind === "sale" && receipt.lines.some((l) => l.returnableMilli > 0);
  const ready = choice.size > 0 && reason.trim() !== "";

  async function add(): Promise<void> {
    const lines = [...choice].map(([lineNo, quantityMilli]) => ({ lineNo, quantityMilli }));
    const result = await takeBack.run({ saleId: receipt.saleId, lines, reason: reason.trim() });
    if (result?.ok === true) close();
    else if (result?.failure.type === "MoreThanSold") setRefused(result.failure);
  }

  // By scanner alone: YES is the whole receipt, a figure is the reason, ENTER takes it back.
  const reasons = useReturnReasons();
  useKeys("pane", (key, source) => {
    const word = reasons[Number(key) - 1];
    if (key === "ESC") {
      onAnother();
      return true;
    }
    if (!possible || takeBack.running) return false;
    if (key === "YES") setChoice(chooseAll(receipt.lines));
    else if (word !== undefined && choice.size > 0) setReason(word);
    else if (key === "ENTER" && source === "card" && ready) void add();
    else return false;
    return true;
  });

  return (
    <PaneFrame
      title={`${t("title")} ${receipt.receiptNumber}`}
      onBack={onAnother}
      footer={
        possible && (
          <TouchButton
            kind="go"
            size="large"
            disabled={!ready || takeBack.running}
            onClick={() => void add()}
          >
            {choice.size === 0
              ? t("addNothing")
              : ready
                ? t("add", { count: choice.size })
                : t("addNoReason")}
          </TouchButton>
        )
      }
    >
      <p className={classes.hint}>
        {t("soldOn", {
          moment: isolate(formats.moment(receipt.atMs)),
          name: isolate(receipt.by),
        })}
      </p>
      {!possible && (
        <output className={classes.look}>
          {t(receipt.kind === "return" ? "isReturn" : "allReturned")}
        </output>
      )}
      {possible && (
        <div className={classes.buttons}>
          <TouchButton onClick={() => setChoice(chooseAll(receipt.lines))}>
            {t("wholeReceipt")}
          </TouchButton>
          <TouchButton disabled={choice.size === 0} onClick={() => setChoice(nothingChosen)}>
            {t("clear")}
          </TouchButton>
        </div>
      )}
      <ul className={classes.list} aria-label={t("lines")}>
        {receipt.lines.map((line) => (
          <ReturnLine
            key={line.lineNo}
            line={line}
            chosenMilli={choice.get(line.lineNo) ?? 0}
            refusedMilli={refused?.lineNo === line.lineNo ? refused.returnableMilli : null}
            onChoose={(milli) => setChoice(chooseLine(choice, line, milli))}
          />
        ))}
      </ul>
      {choice.size > 0 && <ReturnReason value={reason} onChange={setReason} />}
    </PaneFrame>
  );
}
