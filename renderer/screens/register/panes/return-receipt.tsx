import { useTranslation } from "react-i18next";
import type { ReceiptView } from "../../../../host/contract/views.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { isolate } from "../../../formatting/isolate.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { chooseAll, chooseLine, nothingChosen } from "./return-choice.ts";
import { ReturnLine } from "./return-line.tsx";
import { ReturnReason } from "./return-reason.tsx";
import { type TakeBack, useTakeBack } from "./use-take-back.ts";
import classes from "./panes.module.css";

interface ReturnReceiptProps {
  readonly receipt: ReceiptView;
  readonly onAnother: () => void;
}

/** What of a receipt comes back, and why. It goes into the open sale with a minus. */
export function ReturnReceipt({ receipt, onAnother }: ReturnReceiptProps) {
  const { t } = useTranslation("returns");
  const formats = useFormats();
  const taking = useTakeBack(receipt, onAnother);
  const { choice, setChoice, possible, refused } = taking;

  return (
    <PaneFrame
      title={`${t("title")} ${receipt.receiptNumber}`}
      onBack={onAnother}
      footer={possible && <TakeBackButton taking={taking} />}
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
      {choice.size > 0 && <ReturnReason value={taking.reason} onChange={taking.setReason} />}
    </PaneFrame>
  );
}

function TakeBackButton({ taking }: { readonly taking: TakeBack }) {
  const { t } = useTranslation("returns");
  const { choice, ready, running, add } = taking;
  const words = ready ? t("add", { count: choice.size }) : t("addNoReason");
  return (
    <TouchButton kind="go" size="large" disabled={!ready || running} onClick={add}>
      {choice.size === 0 ? t("addNothing") : words}
    </TouchButton>
  );
}
