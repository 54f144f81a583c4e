import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "../../../../domain/values/result.ts";
import type { Failure, Output } from "../../../../host/contract/operations.ts";
import { useChannel } from "../../../channel/channel-context.tsx";
import { trackCommand } from "../../../command/commands-under-way.ts";
import { failureText } from "../../../command/failure-text.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFocusOnOpen } from "../../../controls/use-focus-on-open.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useScanRequest } from "../../../scan/scan-request.ts";
import { onEnter } from "./on-enter.ts";
import { ReturnReceipt } from "./return-receipt.tsx";
import classes from "./panes.module.css";

interface Found {
  readonly number: string;
  readonly result: Result<Output<"return.lookup">, Failure<"return.lookup">>;
}

/** `receiptNumber`: the receipt whose barcode was scanned in the sale, if that is what opened the pane. */
export function ReturnsPane(props: { receiptNumber: string | undefined }) {
  const { t } = useTranslation("returns");
  const channel = useChannel();
  const [number, setNumber] = useState(props.receiptNumber ?? null);
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    if (number === null) return;
    let current = true;
    // The next scan waits for the answer: it may say what comes back.
    void trackCommand(channel.call("return.lookup", { receiptNumber: number })).then((result) => {
      if (current) setFound({ number, result });
    });
    return () => {
      current = false;
    };
  }, [channel, number]);
  // Only a receipt's barcode is taken; goods scanned meanwhile go to the sale.
  useScanRequest(({ receiptNumber }) => {
    if (receiptNumber !== null) setNumber(receiptNumber);
    return receiptNumber !== null;
  });
  if (found !== null && found.number === number && found.result.ok) {
    const receipt = found.result.value;
    return <ReturnReceipt key={number} receipt={receipt} onAnother={() => setNumber(null)} />;
  }
  const failure = found?.number === number && !found.result.ok ? found.result.failure : null;
  return (
    <PaneFrame title={t("title")}>
      {failure !== null && <NotFound failure={failure} receiptNumber={found?.number ?? ""} />}
      <ReceiptNumberForm onFind={setNumber} />
    </PaneFrame>
  );
}

function NotFound(props: {
  readonly failure: Failure<"return.lookup">;
  readonly receiptNumber: string;
}) {
  const { t } = useTranslation();
  const text = failureText(props.failure, t, useFormats());
  return (
    <div role="alert" className={classes.alert}>
      <strong>
        {text.happened} <bdi dir="ltr">{props.receiptNumber}</bdi>
      </strong>
      <p>{text.todo}</p>
    </div>
  );
}

function ReceiptNumberForm(props: { readonly onFind: (receiptNumber: string) => void }) {
  const { t } = useTranslation("returns");
  const field = useFocusOnOpen();
  const [text, setText] = useState("");
  const trimmed = text.trim();
  const find = () => {
    if (trimmed !== "") props.onFind(trimmed);
  };
  return (
    <div className={classes.stack}>
      <p className={classes.hint}>{t("hint")}</p>
      <label className={classes.field}>
        <span>{t("number")}</span>
        <input
          ref={field}
          dir="ltr"
          autoComplete="off"
          inputMode="text"
          maxLength={32}
          value={text}
          placeholder={t("numberPlaceholder")}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onEnter(find)}
        />
      </label>
      <TouchButton kind="go" size="large" disabled={trimmed === ""} onClick={find}>
        {t("find")}
      </TouchButton>
    </div>
  );
}
