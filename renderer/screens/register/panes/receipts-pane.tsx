import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptSummaryView } from "../../../../host/contract/views.ts";
import { useChannel } from "../../../channel/channel-context.tsx";
import { useQuery } from "../../../command/use-query.ts";
import { Amount } from "../../../controls/amount.tsx";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFocusOnOpen } from "../../../controls/use-focus-on-open.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useScanRequest } from "../../../scan/scan-request.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { useNotice } from "../../../state/notice-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import { CopyDone, useCopy } from "./receipt-copy.tsx";
import { ReceiptDetail } from "./receipt-detail.tsx";
import classes from "./panes.module.css";

const mostShown = 100;

/** Completed sales and returns: find one, look at it, print a copy of it. */
export function ReceiptsPane() {
  const { t } = useTranslation("receipts");
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState("");
  const today = useRegister((state) => state.view?.shift?.businessDate);
  const [allDays, setAllDays] = useState(today === undefined);
  const channel = useChannel();
  const copy = useCopy();

  async function openScanned(receiptNumber: string): Promise<void> {
    const found = await channel.call("return.lookup", { receiptNumber });
    if (found.ok) setChosen(found.value.saleId);
    else useNotice.getState().show(found.failure);
  }
  useScanRequest(({ receiptNumber }) => {
    if (receiptNumber === null) return false;
    void openScanned(receiptNumber);
    return true;
  });
  useKeys("pane", (key) => {
    if (key !== "REPRINT" || chosen !== null) return false;
    void copy.print(null);
    return true;
  });
  const list = useQuery(
    "receipt.list",
    {
      ...(allDays || today === undefined ? {} : { businessDate: today }),
      ...(text.trim() === "" ? {} : { text: text.trim() }),
      limit: mostShown,
    },
    ["sales"],
  );
  if (chosen !== null) return <ReceiptDetail saleId={chosen} onBack={() => setChosen(null)} />;
  const receipts = list.value ?? [];
  return (
    <PaneFrame title={t("title")}>
      <div className={classes.stack}>
        <ReceiptFinder {...{ text, allDays, copy }} onText={setText} onAllDays={setAllDays} />
        {list.state === "ready" && receipts.length === 0 && (
          <div className={classes.empty}>
            <strong>{t("empty")}</strong>
            <p>{t("emptyHint")}</p>
          </div>
        )}
        <ul className={classes.list} aria-label={t("title")}>
          {receipts.map((receipt) => (
            <ReceiptRow
              key={receipt.saleId}
              receipt={receipt}
              onOpen={() => setChosen(receipt.saleId)}
            />
          ))}
        </ul>
        {receipts.length === mostShown && (
          <p className={classes.hint}>{t("first", { count: mostShown })}</p>
        )}
      </div>
    </PaneFrame>
  );
}

interface ReceiptFinderProps {
  readonly text: string;
  readonly allDays: boolean;
  readonly copy: ReturnType<typeof useCopy>;
  readonly onText: (text: string) => void;
  readonly onAllDays: (allDays: boolean) => void;
}

function ReceiptFinder({ text, allDays, copy, onText, onAllDays }: ReceiptFinderProps) {
  const { t } = useTranslation("receipts");
  const field = useFocusOnOpen();
  const today = useRegister((state) => state.view?.shift?.businessDate);
  return (
    <>
      <label className={classes.field}>
        <span>{t("find")}</span>
        <input
          ref={field}
          type="search"
          autoComplete="off"
          maxLength={64}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      </label>
      <p className={classes.hint}>{t("scanHint")}</p>
      <CopyDone copy={copy.printed} />
      <fieldset className={classes.chips}>
        <legend className="for-ears-only">{t("day")}</legend>
        {today !== undefined && (
          <TouchButton aria-pressed={!allDays} onClick={() => onAllDays(false)}>
            {t("today")}
          </TouchButton>
        )}
        <TouchButton aria-pressed={allDays} onClick={() => onAllDays(true)}>
          {t("allDays")}
        </TouchButton>
        <TouchButton disabled={copy.running} onClick={() => void copy.print(null)}>
          {t("last")}
        </TouchButton>
      </fieldset>
    </>
  );
}

function ReceiptRow(props: { readonly receipt: ReceiptSummaryView; readonly onOpen: () => void }) {
  const { t } = useTranslation("documents");
  const formats = useFormats();
  const { receipt } = props;
  return (
    <li>
      <button type="button" className={classes.rowButton} onClick={props.onOpen}>
        <span className={classes.entryText}>
          <bdi dir="ltr" className={classes.name}>
            {receipt.receiptNumber}
          </bdi>
          <span className={classes.quiet}>
            {formats.moment(receipt.atMs)} · <bdi>{receipt.by}</bdi>
            {receipt.kind === "return" && ` · ${t("kindReturn")}`}
          </span>
        </span>
        <Amount minor={receipt.totalMinor} className={classes.entryAmount} />
      </button>
    </li>
  );
}
