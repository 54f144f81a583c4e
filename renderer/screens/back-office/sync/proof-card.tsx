import { useState } from "react";
import { useTranslation } from "react-i18next";
import type {
  DayProofView,
  ProofSideView,
  TillProofView,
} from "../../../../host/contract/office-views.ts";
import { useQuery } from "../../../command/use-query.ts";
import { Amount } from "../../../controls/amount.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import office from "../back-office.module.css";
import classes from "../sync.module.css";
import { usePolledQuery } from "../use-polled-query.ts";

const askEveryMs = 10_000;

/** [P1] A business date on both sides: how many receipts, how much money, one hash over all of it. */
export function ProofCard() {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  const days = useQuery("proof.days", {}, ["sales"]).value;
  const [chosen, setChosen] = useState<string | null>(null);
  const businessDate = chosen ?? days?.[0]?.businessDate ?? null;
  return (
    <section className={classes.card}>
      <header className={classes.cardHead}>
        <h2>{t("proof.title")}</h2>
        {days !== null && days.length > 0 && (
          <label className={office.filter}>
            <span>{t("proof.day")}</span>
            <select value={businessDate ?? ""} onChange={(event) => setChosen(event.target.value)}>
              {days.map((day) => (
                <option key={day.businessDate} value={day.businessDate}>
                  {formats.businessDate(day.businessDate)}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      {businessDate === null ? (
        days !== null && <p className={classes.hint}>{t("proof.noDays")}</p>
      ) : (
        <DayProof key={businessDate} businessDate={businessDate} />
      )}
    </section>
  );
}

function DayProof({ businessDate }: { readonly businessDate: string }) {
  const { t } = useTranslation("sync-centre");
  const { value } = usePolledQuery("proof.day", { businessDate }, askEveryMs);
  if (value === null) return <p className={classes.hint}>{t("proof.asking")}</p>;
  return (
    <>
      <p className={classes.hint}>{t(hintOf(value))}</p>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t("proof.title")}>
          <thead>
            <tr>
              {(["till", "side", "receipts", "total", "hash", "verdict"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`proof.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          {value.tills.map((till) => (
            <TillProof key={till.terminalId} till={till} />
          ))}
        </table>
      </div>
    </>
  );
}

function hintOf({ askedAtMs, tills }: DayProofView) {
  if (askedAtMs === null) return "proof.unasked";
  const isEqual = tills.every(({ verdict }) => verdict === "equal");
  if (isEqual) return "proof.allEqual";
  return tills.some(({ verdict }) => verdict === "differs")
    ? "proof.differsHint"
    : "proof.waitsHint";
}

function TillProof({ till }: { readonly till: TillProofView }) {
  const { t } = useTranslation("sync-centre");
  const { verdict } = till;
  return (
    <tbody data-proof={till.tillNumber} data-verdict={verdict}>
      <tr>
        <th scope="rowgroup" rowSpan={2}>
          {t(till.isThis ? "tills.this" : "tills.number", { number: till.tillNumber })}
        </th>
        <td>{t("proof.here")}</td>
        <Side side={till.here} />
        <td rowSpan={2}>
          <span className={classes.proof} data-kind={verdict}>
            <span aria-hidden>{icons[verdict]} </span>
            {t(`verdict.${verdict}`)}
          </span>
        </td>
      </tr>
      <tr>
        <td>{t("proof.cloud")}</td>
        {till.cloud === null ? (
          <td colSpan={3}>{t("proof.unheard")}</td>
        ) : (
          <Side side={till.cloud} />
        )}
      </tr>
    </tbody>
  );
}

const icons = { equal: "✓", waits: "○", differs: "≠", unknown: "?" } as const;

function Side({ side }: { readonly side: ProofSideView }) {
  const formats = useFormats();
  return (
    <>
      <td data-count={side.count}>{formats.quantity(side.count * 1000)}</td>
      <td data-total-minor={side.totalMinor}>
        <Amount minor={side.totalMinor} />
      </td>
      <td>
        <code dir="ltr">{side.hash}</code>
      </td>
    </>
  );
}
