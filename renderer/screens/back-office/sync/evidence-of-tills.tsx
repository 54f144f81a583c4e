import { useTranslation } from "react-i18next";
import { useFormats } from "../../../formatting/use-formats.ts";
import classes from "../sync.module.css";
import type { TillEvidence } from "./evidence-file.ts";

const columns = [
  "till",
  "from",
  "facts",
  "equal",
  "elsewhere",
  "receiptsHere",
  "receiptsThere",
] as const;

/** The store's tills side by side, each with what its facts were compared from. */
export function EvidenceOfTills({ tills }: { readonly tills: readonly TillEvidence[] }) {
  const { t } = useTranslation("sync-centre");
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t("evidence.title")}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`evidence.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tills.map((till) => (
            <EvidenceOfTill key={till.terminalId} till={till} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EvidenceOfTill({ till }: { readonly till: TillEvidence }) {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  const count = (value: number) => formats.quantity(value * 1000);
  const { summary, tillNumber, comparedFrom } = till;
  const receipts = (number: number, totalMinor: number) =>
    `${t("evidence.receipts", { count: number })} · ${formats.moneyText(totalMinor)}`;
  return (
    <tr data-evidence-till={tillNumber} data-from={comparedFrom}>
      <th scope="row">{t("tills.number", { number: tillNumber })}</th>
      <td>{t(`evidence.from.${comparedFrom}`)}</td>
      <td>{count(summary.facts)}</td>
      <td>{count(summary.states.equal)}</td>
      <td>{count(summary.states.elsewhere)}</td>
      <td data-here={summary.totalHereMinor}>
        {receipts(summary.receiptsHere, summary.totalHereMinor)}
      </td>
      <td data-there={summary.totalThereMinor}>
        {receipts(summary.receiptsThere, summary.totalThereMinor)}
      </td>
    </tr>
  );
}
