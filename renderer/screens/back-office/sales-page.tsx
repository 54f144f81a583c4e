import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptSummaryView } from "../../../host/contract/views.ts";
import { parseDecimal } from "../../formatting/parse-decimal.ts";
import { useFormats } from "../../formatting/use-formats.ts";
import { TouchButton } from "../../controls/touch-button.tsx";
import { besideDetail, type Sorting, sortRows } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import { ExportButton } from "./export-button.tsx";
import { Page } from "./page.tsx";
import { RowCount } from "./row-count.tsx";
import { SaleDetail } from "./sale-detail.tsx";
import { useSalesColumns } from "./sales-columns.tsx";
import { usePages } from "./use-pages.ts";
import classes from "./back-office.module.css";

interface SalesPageProps {
  /** The sale whose receipt is open beside the list. */
  readonly chosen: string | null;
  readonly onChoose: (saleId: string | null) => void;
}

interface Filters {
  readonly businessDate: string;
  readonly text: string;
  /** As it was typed. */
  readonly amount: string;
  readonly kind: "all" | ReceiptSummaryView["kind"];
}

const noFilters: Filters = { businessDate: "", text: "", amount: "", kind: "all" };

/** Every receipt of the store, and the facts behind each. */
export function SalesPage({ chosen, onChoose }: SalesPageProps) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const [filters, setFilters] = useState(noFilters);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const columns = useSalesColumns();
  const text = filters.text.trim();
  const totalMinor = parseDecimal(filters.amount, formats.money.exponent);
  const pages = usePages(
    "receipt.list",
    {
      ...(filters.businessDate === "" ? {} : { businessDate: filters.businessDate }),
      ...(text === "" ? {} : { text }),
      ...(totalMinor === null ? {} : { totalMinor }),
    },
    { refreshOn: ["sales"] },
  );
  const ofKind = pages.rows.filter((row) => filters.kind === "all" || row.kind === filters.kind);
  const rows = sortRows(ofKind, columns, sorting, formats.money.locale);
  const isFiltered = filters !== noFilters;

  return (
    <Page
      title={t("sales.title")}
      failure={pages.failure}
      actions={
        <>
          <RowCount rows={rows.length} complete={pages.complete} />
          <ExportButton
            fileName={`sales-${filters.businessDate || "all"}`}
            {...{ columns, rows }}
          />
        </>
      }
      filters={<FilterRow filters={filters} onChange={setFilters} />}
      detail={
        chosen === null ? null : (
          <SaleDetail key={chosen} saleId={chosen} onClose={() => onChoose(null)} />
        )
      }
    >
      {pages.state !== "loading" && rows.length === 0 ? (
        <div className={classes.empty}>
          <p>{t(isFiltered ? "sales.empty" : "sales.never")}</p>
          {isFiltered && (
            <TouchButton onClick={() => setFilters(noFilters)}>{t("clearFilters")}</TouchButton>
          )}
        </div>
      ) : (
        <DataTable
          label={t("sales.table")}
          keyOf={(row) => row.saleId}
          onOpen={(row) => onChoose(row.saleId)}
          openKey={chosen ?? undefined}
          onEnd={pages.readMore}
          onSort={setSorting}
          columns={chosen === null ? columns : besideDetail(columns)}
          {...{ rows, sorting }}
        />
      )}
    </Page>
  );
}

function FilterRow(props: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}) {
  const { t } = useTranslation("back-office");
  const { filters, onChange } = props;
  return (
    <>
      <label className={classes.filter}>
        <span>{t("sales.day")}</span>
        <input
          type="date"
          value={filters.businessDate}
          onChange={(event) => onChange({ ...filters, businessDate: event.target.value })}
        />
      </label>
      <label className={classes.filter}>
        <span>{t("sales.kind")}</span>
        <select
          value={filters.kind}
          onChange={(event) =>
            onChange({ ...filters, kind: event.target.value as Filters["kind"] })
          }
        >
          {(["all", "sale", "return"] as const).map((kind) => (
            <option key={kind} value={kind}>
              {t(`sales.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label className={classes.filter}>
        <span>{t("sales.amount")}</span>
        <input
          dir="ltr"
          inputMode="decimal"
          autoComplete="off"
          maxLength={14}
          value={filters.amount}
          onChange={(event) => onChange({ ...filters, amount: event.target.value })}
        />
      </label>
      <label className={`${classes.filter} ${classes.wide}`}>
        <span>{t("sales.find")}</span>
        <input
          type="search"
          maxLength={64}
          value={filters.text}
          onChange={(event) => onChange({ ...filters, text: event.target.value })}
        />
      </label>
    </>
  );
}
