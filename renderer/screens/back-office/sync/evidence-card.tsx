import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addedUp } from "../../../../domain/proof/evidence.ts";
import { useChannel } from "../../../channel/channel-context.tsx";
import { failureText } from "../../../command/failure-text.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useRegister } from "../../../state/register-store.ts";
import { useIsManager } from "../../../state/use-is-manager.ts";
import office from "../back-office.module.css";
import { saveFile } from "../save-file.ts";
import classes from "../sync.module.css";
import { type Evidence, evidenceCsv, evidenceJson, type TillEvidence } from "./evidence-file.ts";
import { EvidenceOfTills } from "./evidence-of-tills.tsx";
import { type Comparing, useEvidence } from "./use-evidence.ts";

/** [P1] Facts against the cloud, one by one and to the penny, as a file for whoever asks. */
export function EvidenceCard({ terminalId }: { readonly terminalId: string }) {
  const { t } = useTranslation("sync-centre");
  const { comparing, start, cancel } = useEvidence();
  const isManager = useIsManager();
  const tillNumber = useRegister((state) => state.view?.terminal.tillNumber ?? 0);
  const [isStore, setIsStore] = useState(false);
  const channel = useChannel();
  const wholeStore = isManager && isStore;
  const isBusy = comparing.state === "comparing";

  /** The tills as they are now: some may not have been heard of when the page was opened. */
  async function compare(): Promise<void> {
    const listed = wholeStore ? await channel.call("tills.list", {}) : null;
    const own = [{ terminalId, tillNumber, isThis: true }];
    await start(listed?.ok === true ? listed.value.tills : own);
  }

  return (
    <section className={classes.card}>
      <header className={classes.cardHead}>
        <h2>{t("evidence.title")}</h2>
        {isManager && (
          <label className={office.check}>
            <input
              type="checkbox"
              checked={isStore}
              disabled={isBusy}
              onChange={(event) => {
                cancel();
                setIsStore(event.target.checked);
              }}
            />
            {t("evidence.store")}
          </label>
        )}
        <TouchButton onClick={() => (isBusy ? cancel() : void compare())}>
          {t(isBusy ? "evidence.cancel" : "evidence.start")}
        </TouchButton>
      </header>
      <p className={classes.hint}>{t(wholeStore ? "evidence.storeHint" : "evidence.hint")}</p>
      {!isManager && <p className={classes.hint}>{t("evidence.manager")}</p>}
      <Outcome comparing={comparing} />
    </section>
  );
}

function Outcome({ comparing }: { readonly comparing: Comparing }) {
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
          <progress max={of ?? 1} value={of === null ? 0 : Math.min(done, of)} />{" "}
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
      return <Compared tills={comparing.tills} />;
  }
}

const states = ["equal", "unsent", "parked", "moved", "differs", "missing", "elsewhere"] as const;

function Compared({ tills }: { readonly tills: readonly TillEvidence[] }) {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  const count = (value: number) => formats.quantity(value * 1000);
  const summary = addedUp(tills.map((till) => till.summary));
  const isStore = tills.length > 1;
  return (
    <>
      {isStore && <EvidenceOfTills tills={tills} />}
      <dl className={classes.facts} data-evidence={summary.facts}>
        <dt>{t("evidence.facts")}</dt>
        <dd>{count(summary.facts)}</dd>
        <dt>{t(isStore ? "evidence.hereStore" : "evidence.here")}</dt>
        <dd data-here={summary.totalHereMinor}>
          {t("evidence.receipts", { count: summary.receiptsHere })}
          {" · "}
          {formats.moneyText(summary.totalHereMinor)}
        </dd>
        <dt>{t("evidence.there")}</dt>
        <dd data-there={summary.totalThereMinor}>
          {t("evidence.receipts", { count: summary.receiptsThere })}
          {" · "}
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
      <SaveButtons tills={tills} />
    </>
  );
}

function SaveButtons({ tills }: { readonly tills: readonly TillEvidence[] }) {
  const { t } = useTranslation("sync-centre");
  const terminal = useRegister((state) => state.view?.terminal ?? null);
  if (terminal === null) return null;
  const { storeName, tillNumber, currency, currencyExponent, timeZone } = terminal;
  function save(kind: "csv" | "json"): void {
    const place = { storeName, madeAtTill: tillNumber, timeZone, madeAtMs: Date.now() };
    const evidence: Evidence = { ...place, currency, currencyExponent, tills };
    const name = `evidence-${tills.length > 1 ? "store" : `till-${tillNumber}`}.${kind}`;
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
