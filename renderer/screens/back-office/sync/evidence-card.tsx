import { useTranslation } from "react-i18next";
import type { EvidenceSummary } from "../../../../domain/proof/evidence.ts";
import { failureText } from "../../../command/failure-text.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useRegister } from "../../../state/register-store.ts";
import office from "../back-office.module.css";
import { saveFile } from "../save-file.ts";
import classes from "../sync.module.css";
import { type Evidence, evidenceCsv, evidenceJson } from "./evidence-file.ts";
import { type Comparing, useEvidence } from "./use-evidence.ts";

/** [P1] The journal against the cloud, fact by fact and to the penny, as a file for whoever asks. */
export function EvidenceCard({ terminalId }: { readonly terminalId: string }) {
  const { t } = useTranslation("sync-centre");
  const { comparing, start, cancel } = useEvidence();
  const isBusy = comparing.state === "comparing";
  return (
    <section className={classes.card}>
      <header className={classes.cardHead}>
        <h2>{t("evidence.title")}</h2>
        <TouchButton onClick={() => (isBusy ? cancel() : void start())}>
          {t(isBusy ? "evidence.cancel" : "evidence.start")}
        </TouchButton>
      </header>
      <p className={classes.hint}>{t("evidence.hint")}</p>
      <Outcome comparing={comparing} terminalId={terminalId} />
    </section>
  );
}

interface OutcomeProps {
  readonly comparing: Comparing;
  readonly terminalId: string;
}

function Outcome({ comparing, terminalId }: OutcomeProps) {
  const { t } = useTranslation("sync-centre");
  const { t: words } = useTranslation();
  const formats = useFormats();
  switch (comparing.state) {
    case "idle":
      return null;
    case "comparing": {
      const { done, of } = comparing;
      return (
        <p aria-live="polite">
          <progress max={of ?? 1} value={of === null ? 0 : done} />{" "}
          {t("evidence.progress", { done: formats.quantity(done * 1000) })}
        </p>
      );
    }
    case "failed": {
      const { happened, todo } = failureText(comparing.failure, words, formats);
      return (
        <p role="alert" className={office.look}>
          <strong>{happened}</strong> {todo}
        </p>
      );
    }
    case "done":
      return <Compared {...comparing} terminalId={terminalId} />;
  }
}

const states = ["equal", "unsent", "parked", "moved", "differs", "missing"] as const;

function Compared(props: {
  readonly rows: Evidence["rows"];
  readonly summary: EvidenceSummary;
  readonly terminalId: string;
}) {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  const count = (value: number) => formats.quantity(value * 1000);
  const { summary } = props;
  return (
    <>
      <dl className={classes.facts} data-evidence={summary.facts}>
        <dt>{t("evidence.facts")}</dt>
        <dd>{count(summary.facts)}</dd>
        <dt>{t("evidence.here")}</dt>
        <dd data-here={summary.totalHereMinor}>
          {t("evidence.receipts", { count: summary.receiptsHere })}{" "}
          {formats.moneyText(summary.totalHereMinor)}
        </dd>
        <dt>{t("evidence.there")}</dt>
        <dd data-there={summary.totalThereMinor}>
          {t("evidence.receipts", { count: summary.receiptsThere })}{" "}
          {formats.moneyText(summary.totalThereMinor)}
        </dd>
        {states
          .filter((state) => summary.states[state] > 0)
          .map((state) => (
            <div key={state} className={classes.pair} data-state={state}>
              <dt>{t(`evidence.state.${state}`)}</dt>
              <dd>{count(summary.states[state])}</dd>
            </div>
          ))}
      </dl>
      <SaveButtons {...props} />
    </>
  );
}

function SaveButtons({ rows, summary, terminalId }: Parameters<typeof Compared>[0]) {
  const { t } = useTranslation("sync-centre");
  const terminal = useRegister((state) => state.view?.terminal ?? null);
  if (terminal === null) return null;
  const { storeName, tillNumber, currency, currencyExponent, timeZone } = terminal;
  function save(kind: "csv" | "json"): void {
    const madeAtMs = Date.now();
    const place = { storeName, tillNumber, terminalId, timeZone, madeAtMs };
    const evidence = { ...place, currency, currencyExponent, summary, rows };
    const name = `evidence-till-${tillNumber}.${kind}`;
    if (kind === "csv") saveFile(name, "text/csv;charset=utf-8", [evidenceCsv(evidence)]);
    else saveFile(name, "application/json", [evidenceJson(evidence)]);
  }
  return (
    <p className={classes.buttons}>
      <TouchButton onClick={() => save("csv")}>{t("evidence.csv")}</TouchButton>
      <TouchButton onClick={() => save("json")}>{t("evidence.json")}</TouchButton>
    </p>
  );
}
