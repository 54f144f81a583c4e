import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StockMovementView } from "../../../host/contract/views.ts";
import { useQuery } from "../../command/use-query.ts";
import { useFormats } from "../../formatting/use-formats.ts";
import { navigate } from "../../router/route.ts";
import { type Column, type Sorting, sortRows } from "./column.ts";
import { decimalOf } from "./csv.ts";
import { DataTable } from "./data-table.tsx";
import { ExportButton } from "./export-button.tsx";
import { useIsoMoment } from "./iso-moment.ts";
import { Detail } from "./page.tsx";
import { StockLevel } from "./stock-level.tsx";
import { usePages } from "./use-pages.ts";
import classes from "./movements.module.css";

/** Everything that moved one good, newest first; each movement leads to its receipt. */
export function StockMovements(props: { readonly sku: string; readonly onClose: () => void }) {
  const { sku } = props;
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const found = useQuery("stock.list", { text: sku, limit: 50 }, ["stock", "catalogue"]);
  const product = found.value?.find((each) => each.sku === sku);
  const pages = usePages("stock.movements", { sku }, { refreshOn: ["stock"] });
  const columns = useMovementColumns();
  const numbered = useMemo(() => pages.rows.map((row, index) => ({ ...row, index })), [pages.rows]);
  const rows = sortRows(numbered, columns, sorting, formats.money.locale);

  return (
    <Detail title={product?.name ?? sku} onClose={props.onClose}>
      {product && (
        <dl className={classes.facts}>
          <dt>{t("stock.level")}</dt>
          <dd className={classes.level} data-level={product.stockMilli}>
            <StockLevel milli={product.stockMilli} unit={product.unit} />
          </dd>
          <dt>{t("stock.sku")}</dt>
          <dd>
            <bdi dir="ltr">{product.sku}</bdi>
          </dd>
          <dt>{t("stock.gtin")}</dt>
          <dd>
            <bdi dir="ltr">{product.gtin ?? "–"}</bdi>
          </dd>
          <dt>{t("stock.category")}</dt>
          <dd>
            <bdi>{product.category ?? "–"}</bdi>
          </dd>
        </dl>
      )}
      <div className={classes.head}>
        <h3>{t("stock.movements")}</h3>
        <ExportButton fileName={`movements-${sku}`} {...{ columns, rows }} />
      </div>
      {pages.state !== "loading" && rows.length === 0 ? (
        <p className={classes.none}>{t("stock.noMovements")}</p>
      ) : (
        <div className={classes.table}>
          <DataTable
            label={t("stock.movements")}
            keyOf={(row) => String(row.index)}
            onEnd={pages.readMore}
            onSort={setSorting}
            onOpen={({ saleId }) => {
              if (saleId !== null) navigate(`/back-office/sales/${saleId}`);
            }}
            {...{ columns, rows, sorting }}
          />
        </div>
      )}
    </Detail>
  );
}

type NumberedMovement = StockMovementView & { readonly index: number };

function useMovementColumns(): readonly Column<NumberedMovement>[] {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const isoMoment = useIsoMoment();
  return useMemo(() => {
    const source = ({ saleId, tillNumber, receiptNumber }: StockMovementView) =>
      saleId === null || receiptNumber === null
        ? tillNumber === null
          ? t("stock.head")
          : t("stock.tillOnly", { till: tillNumber })
        : receiptNumber;
    return [
      {
        key: "when",
        title: t("stock.when"),
        width: "minmax(9.5rem, 1.3fr)",
        render: (row) => formats.moment(row.atMs),
        sortValue: (row) => row.atMs,
        cell: (row) => isoMoment(row.atMs),
      },
      {
        key: "reason",
        title: t("stock.movement"),
        width: "minmax(4.5rem, 1fr)",
        render: (row) => t(`stock.reason.${row.reason}`),
        sortValue: (row) => t(`stock.reason.${row.reason}`),
      },
      {
        key: "from",
        title: t("stock.from"),
        width: "minmax(5.5rem, 1fr)",
        render: (row) =>
          row.saleId === null ? (
            source(row)
          ) : (
            <a className={classes.link} href={`#/back-office/sales/${row.saleId}`} tabIndex={-1}>
              <bdi dir="ltr">{source(row)}</bdi>
            </a>
          ),
        sortValue: source,
      },
      {
        key: "change",
        title: t("stock.change"),
        width: "4rem",
        isFigure: true,
        render: (row) => (
          <bdi dir="ltr">
            {row.deltaMilli > 0 ? "+" : ""}
            {formats.quantity(row.deltaMilli)}
          </bdi>
        ),
        sortValue: (row) => row.deltaMilli,
        cell: (row) => decimalOf(row.deltaMilli, 3),
      },
    ];
  }, [t, formats, isoMoment]);
}
