import { useTranslation } from "react-i18next";
import { failureText } from "../../../command/failure-text.ts";
import { useQuery } from "../../../command/use-query.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { ReceiptDocument } from "../../../documents/receipt-document.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { usePane } from "../../../state/pane-store.ts";
import { CopyDone, useCopy } from "./receipt-copy.tsx";
import classes from "./panes.module.css";

/** One receipt as it was written, with what can be done with it. */
export function ReceiptDetail(props: { readonly saleId: string; readonly onBack: () => void }) {
  const { saleId, onBack } = props;
  const { t } = useTranslation("receipts");
  const { t: words } = useTranslation();
  const formats = useFormats();
  const open = usePane((state) => state.open);
  const found = useQuery("receipt.get", { saleId }, ["sales", "print"]);
  const copy = useCopy();
  const receipt = found.value;
  const problem = found.state === "failed" ? failureText(found.failure, words, formats) : null;

  const printCopy = () => void copy.print(saleId).then(found.refresh);
  useKeys("pane", (key) => {
    if (key === "ESC") onBack();
    else if (key === "REPRINT") printCopy();
    else return false;
    return true;
  });

  return (
    <PaneFrame
      title={t("title")}
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
            <TouchButton kind="go" size="large" disabled={copy.running} onClick={printCopy}>
              {t("reprint")}
            </TouchButton>
          </>
        )
      }
    >
      <CopyDone copy={copy.printed} />
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
