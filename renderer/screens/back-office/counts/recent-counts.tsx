import { useTranslation } from "react-i18next";
import { useQuery } from "../../../command/use-query.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import office from "../back-office.module.css";
import sync from "../sync.module.css";

const shown = 50;
const columns = ["when", "good", "counted", "variance", "by"] as const;

/** Counts of the store, newest first; what nobody can tell leads to the inbox. */
export function RecentCounts() {
  const { t } = useTranslation("counts");
  const formats = useFormats();
  const counts = useQuery("stock.counts", { limit: shown }, ["stock"]).value;
  const uncertain = useQuery("stock.uncertain", {}, ["stock", "exceptions"]).value?.length ?? 0;
  return (
    <section className={sync.card}>
      <h2>{t("recent")}</h2>
      {uncertain > 0 && (
        <p className={office.look} data-uncertain={uncertain}>
          {t("uncertain", { count: uncertain })} <a href="#/back-office/inbox">{t("toInbox")}</a>
        </p>
      )}
      {counts?.length === 0 && <p className={sync.hint}>{t("noRecent")}</p>}
      {counts !== null && counts.length > 0 && (
        <table className={sync.table} aria-label={t("recent")}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((count) => (
              <tr key={`${count.countId} ${count.sku}`} data-count-of={count.sku}>
                <td>{formats.moment(count.countedAtMs)}</td>
                <td>
                  <bdi>{count.name}</bdi>
                </td>
                <td>
                  <bdi dir="ltr">{formats.quantity(count.countedMilli)}</bdi>
                </td>
                <td data-variance-milli={count.varianceMilli}>
                  <bdi dir="ltr">{formats.quantity(count.varianceMilli)}</bdi>
                </td>
                <td>
                  <bdi>{count.by}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
