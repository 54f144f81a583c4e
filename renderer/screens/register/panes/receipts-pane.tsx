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
import { parseDecimal } from "../../../formatting/parse-decimal.ts";
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
  const formats = useFormats();
  const [allDays, setAllDays] = useState(today === undefined);
  const [day, setDay] = useState("");
  const businessDate = day === "" ? (allDays ? undefined : today) : day;
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
      ...(businessDate === undefined ? {} : { businessDate }),
      ...wantedOf(text.trim(), formats.money.exponent),
      limit: mostShown,
    },
    ["sales"],
  );
  if (chosen !== null) return <ReceiptDetail saleId={chosen} onBack={() => setChosen(null)} />;
  const receipts = list.value ?? [];
  return (
    <PaneFrame title={t("title")}>
      <div className={classes.stack}>
        <ReceiptFinder
          {...{ text, day, allDays, copy }}
          onText={setText}
          onDay={setDay}
          onAllDays={(all) => {
            setDay("");
            setAllDays(all);
          }}
        />
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

/** "12.50" is an amount; everything else is part of a number. */
function wantedOf(text: string, exponent: number): { text?: string; totalMinor?: number } {
  if (text === "") return {};
  const totalMinor = /[.,]/.test(text) ? parseDecimal(text, exponent) : null;
  return totalMinor === null ? { text } : { totalMinor };
}

interface ReceiptFinderProps {
  readonly text: string;
  /** Another day than those of the chips; empty for none. */
  readonly day: string;
  readonly allDays: boolean;
  readonly copy: ReturnType<typeof useCopy>;
  readonly onText: (text: string) => void;
  readonly onDay: (day: string) => void;
  readonly onAllDays: (allDays: boolean) => void;
}

function ReceiptFinder(props: ReceiptFinderProps) {
  const { text, day, allDays, copy, onText, onDay, onAllDays } = props;
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
      <label className={classes.field}>
        <span>{t("date")}</span>
        <input type="date" value={day} onChange={(event) => onDay(event.target.value)} />
      </label>
      <CopyDone copy={copy.printed} />
      <fieldset className={classes.chips}>
        <legend className="for-ears-only">{t("day")}</legend>
        {today !== undefined && (
          <TouchButton aria-pressed={!allDays && day === ""} onClick={() => onAllDays(false)}>
            {t("today")}
          </TouchButton>
        )}
        <TouchButton aria-pressed={allDays && day === ""} onClick={() => onAllDays(true)}>
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
