import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "../../../command/use-query.ts";
import { isolate } from "../../../formatting/isolate.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import office from "../back-office.module.css";
import { besideDetail, type Sorting } from "../column.ts";
import { DataTable } from "../data-table.tsx";
import { Page } from "../page.tsx";
import { RowCount } from "../row-count.tsx";
import { useStockColumns } from "../stock-columns.tsx";
import sync from "../sync.module.css";
import { usePages } from "../use-pages.ts";
import { ProductEditor } from "./product-editor.tsx";

interface GoodsPageProps {
  /** The SKU whose fields are open beside the list. */
  readonly chosen: string | null;
  readonly onChoose: (sku: string | null) => void;
}

const sortable = ["name", "sku", "category", "price"] as const;

/** What the store sells and for how much: each good opens beside the list, to be changed. */
export function GoodsPage({ chosen, onChoose }: GoodsPageProps) {
  const { t } = useTranslation("goods");
  const [text, setText] = useState("");
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const columns = useStockColumns().filter(({ key }) => key !== "level");
  const wanted = text.trim();
  const sort = sortable.find((each) => each === sorting?.key);
  const pages = usePages(
    "stock.list",
    {
      ...(wanted === "" ? {} : { text: wanted }),
      ...(sort === undefined || wanted !== ""
        ? {}
        : { sort, descending: sorting?.direction === "descending" }),
    },
    { refreshOn: ["catalogue"], inOnePage: wanted !== "" },
  );
  return (
    <Page
      title={t("title")}
      failure={pages.failure}
      actions={<RowCount rows={pages.rows.length} complete={pages.complete} />}
      filters={
        <label className={`${office.filter} ${office.wide}`}>
          <span>{t("find")}</span>
          <input
            type="search"
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      }
      detail={
        chosen === null ? null : (
          <ProductEditor key={chosen} sku={chosen} onClose={() => onChoose(null)} />
        )
      }
    >
      <PlannedList />
      {pages.state !== "loading" && pages.rows.length === 0 ? (
        <p className={office.empty}>{t("empty")}</p>
      ) : (
        <DataTable
          label={t("table")}
          keyOf={(row) => row.sku}
          onOpen={(row) => onChoose(row.sku)}
          openKey={chosen ?? undefined}
          onEnd={pages.readMore}
          onSort={setSorting}
          columns={chosen === null ? columns : besideDetail(columns)}
          rows={pages.rows}
          sorting={sorting}
        />
      )}
    </Page>
  );
}

const plannedShown = 20;

/** Prices that begin later, the soonest first. */
function PlannedList() {
  const { t } = useTranslation("goods");
  const formats = useFormats();
  const planned = useQuery("price.scheduled", { limit: plannedShown }, ["catalogue"]).value;
  if (planned === null || planned.length === 0) return null;
  return (
    <section className={sync.card}>
      <h2>{t("planned")}</h2>
      <ul>
        {planned.map(({ sku, name, pendingPrice }) => (
          <li key={sku}>
            <a href={`#/back-office/goods/${encodeURIComponent(sku)}`}>
              {t("plannedRow", {
                name: isolate(name),
                price: formats.moneyText(pendingPrice.priceMinor),
                date: formats.businessDate(pendingPrice.effectiveOn),
              })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
