import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TouchButton } from "../../controls/touch-button.tsx";
import { useFormats } from "../../formatting/use-formats.ts";
import { besideDetail, type Sorting, sortRows } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import { ExportButton } from "./export-button.tsx";
import { Page } from "./page.tsx";
import { RowCount } from "./row-count.tsx";
import { useStockColumns } from "./stock-columns.tsx";
import { StockMovements } from "./stock-movements.tsx";
import { usePages } from "./use-pages.ts";
import classes from "./back-office.module.css";

interface StockPageProps {
  /** The SKU whose movements are open beside the list. */
  readonly chosen: string | null;
  readonly onChoose: (sku: string | null) => void;
}

interface Filters {
  readonly text: string;
  readonly oversoldOnly: boolean;
}

const noFilters: Filters = { text: "", oversoldOnly: false };

/** What is on the shelves by the books, and every movement that made it so. */
export function StockPage({ chosen, onChoose }: StockPageProps) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const [filters, setFilters] = useState(noFilters);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const columns = useStockColumns();
  const wanted = filters.text.trim();
  const { oversoldOnly } = filters;
  const isFiltered = wanted !== "" || oversoldOnly;
  const pages = usePages(
    "stock.list",
    {
      ...(wanted === "" ? {} : { text: wanted }),
      ...(oversoldOnly ? { oversoldOnly } : {}),
      ...(isFiltered ? {} : hostOrder(sorting)),
    },
    { refreshOn: ["stock", "catalogue"], inOnePage: isFiltered },
  );
  // What was found is here as a whole; a whole catalogue is put in order where it is.
  const rows = isFiltered
    ? sortRows(pages.rows, columns, sorting, formats.money.locale)
    : pages.rows;

  return (
    <Page
      title={t("stock.title")}
      failure={pages.failure}
      actions={
        <>
          <RowCount rows={rows.length} complete={pages.complete} />
          <ExportButton fileName="stock" {...{ columns, rows }} />
        </>
      }
      filters={<StockFilters filters={filters} onChange={setFilters} />}
      detail={
        chosen === null ? null : (
          <StockMovements key={chosen} sku={chosen} onClose={() => onChoose(null)} />
        )
      }
    >
      {pages.state !== "loading" && rows.length === 0 ? (
        <div className={classes.empty}>
          <p>{t(isFiltered ? "stock.empty" : "stock.never")}</p>
          {isFiltered && (
            <TouchButton onClick={() => setFilters(noFilters)}>{t("clearFilters")}</TouchButton>
          )}
        </div>
      ) : (
        <DataTable
          label={t("stock.table")}
          keyOf={(row) => row.sku}
          onOpen={(row) => onChoose(row.sku)}
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

const sortable = ["name", "sku", "category", "price", "level"] as const;

function hostOrder(sorting: Sorting | null) {
  const sort = sortable.find((each) => each === sorting?.key);
  return sort === undefined ? {} : { sort, descending: sorting?.direction === "descending" };
}

function StockFilters(props: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}) {
  const { t } = useTranslation("back-office");
  const { filters, onChange } = props;
  return (
    <>
      <label className={`${classes.filter} ${classes.wide}`}>
        <span>{t("stock.find")}</span>
        <input
          type="search"
          maxLength={100}
          value={filters.text}
          onChange={(event) => onChange({ ...filters, text: event.target.value })}
        />
      </label>
      <label className={classes.check}>
        <input
          type="checkbox"
          checked={filters.oversoldOnly}
          onChange={(event) => onChange({ ...filters, oversoldOnly: event.target.checked })}
        />
        {t("stock.oversoldOnly")}
      </label>
    </>
  );
}
