import { useTranslation } from "react-i18next";
import { useFormats } from "../../../formatting/use-formats.ts";
import sync from "../sync.module.css";
import type { Saved } from "./use-save-sheet.ts";

/** What a count found, or what levels a delivery left: shown after it is saved, never before. */
export function Outcome({ saved }: { readonly saved: Saved }) {
  const { t } = useTranslation("counts");
  return (
    <section className={sync.card} data-saved={saved.mode}>
      <h2>
        <span aria-hidden>✓ </span>
        {t(`done.${saved.mode}`)}
      </h2>
      {saved.mode === "count" && <p className={sync.hint}>{t("doneHint.count")}</p>}
      {saved.mode === "count" ? (
        <Rows
          heads={["good", "before", "counted", "variance"]}
          rows={saved.count.lines.map((line) => ({
            ...line,
            figures: [line.beforeMilli, line.countedMilli, line.varianceMilli],
          }))}
        />
      ) : (
        <Rows
          heads={["good", "change", "level"]}
          rows={saved.moved.lines.map((line) => ({
            ...line,
            figures: [line.deltaMilli, line.stockMilli],
          }))}
        />
      )}
    </section>
  );
}

interface RowsProps {
  readonly heads: readonly ("good" | "before" | "counted" | "variance" | "change" | "level")[];
  readonly rows: readonly {
    readonly sku: string;
    readonly name: string;
    readonly figures: readonly number[];
  }[];
}

function Rows({ heads, rows }: RowsProps) {
  const { t } = useTranslation("counts");
  const formats = useFormats();
  return (
    <table className={sync.table}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ sku, name, figures }) => (
          <tr key={sku} data-outcome={sku}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            {figures.map((milli, i) => (
              <td key={heads[i + 1]} data-milli={milli}>
                <bdi dir="ltr">{formats.quantity(milli)}</bdi>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
