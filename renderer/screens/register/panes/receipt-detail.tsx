import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureText } from "../../../command/failure-text.ts";
import { useCommand } from "../../../command/use-command.ts";
import { useQuery } from "../../../command/use-query.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { ReceiptDocument } from "../../../documents/receipt-document.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { usePane } from "../../../state/pane-store.ts";
import classes from "./panes.module.css";

/** One receipt as it was written, with what can be done with it. */
export function ReceiptDetail(props: { readonly saleId: string; readonly onBack: () => void }) {
  const { saleId, onBack } = props;
  const { t } = useTranslation("receipts");
  const { t: documents } = useTranslation("documents");
  const { t: words } = useTranslation();
  const formats = useFormats();
  const open = usePane((state) => state.open);
  const found = useQuery("receipt.get", { saleId }, ["sales", "print"]);
  const reprint = useCommand("receipt.reprint");
  const [copy, setCopy] = useState<number | null>(null);
  const receipt = found.value;
  const problem = found.state === "failed" ? failureText(found.failure, words, formats) : null;

  async function printCopy(): Promise<void> {
    const result = await reprint.run({ saleId });
    if (result?.ok !== true) return;
    setCopy(result.value.copy);
    found.refresh();
  }

  return (
    <PaneFrame
      title={receipt ? documents("receiptTitle", { number: receipt.receiptNumber }) : t("title")}
      onBack={onBack}
      footer={
        receipt && (
          <>
            {receipt.kind === "sale" && (
              <TouchButton
                size="large"
                onClick={() => open({ kind: "returns", receiptNumber: receipt.receiptNumber })}
              >
                {t("return")}
              </TouchButton>
            )}
            <TouchButton
              kind="go"
              size="large"
              disabled={reprint.running}
              onClick={() => void printCopy()}
            >
              {t("reprint")}
            </TouchButton>
          </>
        )
      }
    >
      {copy !== null && (
        <p role="status" className={classes.done}>
          <span aria-hidden>✓ </span>
          {t("reprinted", { copy })}
        </p>
      )}
      {problem && (
        <div role="alert" className={classes.alert}>
          <strong>{problem.happened}</strong>
          <p>{problem.todo}</p>
        </div>
      )}
      {receipt && <ReceiptDocument receipt={receipt} />}
    </PaneFrame>
  );
}
