import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureText } from "../../../command/failure-text.ts";
import { useQuery } from "../../../command/use-query.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useScanRequest } from "../../../scan/scan-request.ts";
import { ReturnReceipt } from "./return-receipt.tsx";
import classes from "./panes.module.css";

/** `receiptNumber`: the receipt whose barcode was scanned in the sale, if that is what opened the pane. */
export function ReturnsPane(props: { receiptNumber: string | undefined }) {
  const { t } = useTranslation("returns");
  const [number, setNumber] = useState(props.receiptNumber ?? null);
  // Only a receipt's barcode is taken; goods scanned meanwhile go to the sale.
  useScanRequest(({ receiptNumber }) => {
    if (receiptNumber !== null) setNumber(receiptNumber);
    return receiptNumber !== null;
  });
  return number === null ? (
    <PaneFrame title={t("title")}>
      <ReceiptNumberForm onFind={setNumber} />
    </PaneFrame>
  ) : (
    <FoundReceipt key={number} receiptNumber={number} onAnother={setNumber} />
  );
}

function ReceiptNumberForm(props: { readonly onFind: (receiptNumber: string) => void }) {
  const { t } = useTranslation("returns");
  const [text, setText] = useState("");
  const trimmed = text.trim();
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed !== "") props.onFind(trimmed);
      }}
    >
      <p className={classes.hint}>{t("hint")}</p>
      <label className={classes.field}>
        <span>{t("number")}</span>
        <input
          // The cashier opened this pane to type or scan a number.
          autoFocus
          dir="ltr"
          autoComplete="off"
          inputMode="text"
          maxLength={32}
          value={text}
          placeholder={t("numberPlaceholder")}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <TouchButton type="submit" kind="go" size="large" disabled={trimmed === ""}>
        {t("find")}
      </TouchButton>
    </form>
  );
}

interface FoundReceiptProps {
  readonly receiptNumber: string;
  readonly onAnother: (receiptNumber: string | null) => void;
}

function FoundReceipt({ receiptNumber, onAnother }: FoundReceiptProps) {
  const { t } = useTranslation("returns");
  const { t: words } = useTranslation();
  const formats = useFormats();
  const found = useQuery("return.lookup", { receiptNumber }, ["sales"]);
  if (found.value !== null) {
    return <ReturnReceipt receipt={found.value} onAnother={() => onAnother(null)} />;
  }
  const text = found.state === "failed" ? failureText(found.failure, words, formats) : null;
  return (
    <PaneFrame title={t("title")} onBack={() => onAnother(null)}>
      {text && (
        <div role="alert" className={classes.alert}>
          <strong>
            {text.happened} <bdi dir="ltr">{receiptNumber}</bdi>
          </strong>
          <p>{text.todo}</p>
        </div>
      )}
      {found.state === "failed" && <ReceiptNumberForm onFind={onAnother} />}
    </PaneFrame>
  );
}
