import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { StockView } from "../../../host/contract/views.ts";
import { Amount } from "../../controls/amount.tsx";
import { useFormats } from "../../formatting/use-formats.ts";
import type { Column } from "./column.ts";
import { decimalOf } from "./csv.ts";
import { StockLevel } from "./stock-level.tsx";

export function useStockColumns(): readonly Column<StockView>[] {
  const { t } = useTranslation("back-office");
  const { exponent } = useFormats().money;
  return useMemo(
    () => [
      {
        key: "sku",
        title: t("stock.sku"),
        width: "minmax(6.75rem, 0.8fr)",
        isSecondary: true,
        render: (row) => <bdi dir="ltr">{row.sku}</bdi>,
        sortValue: (row) => row.sku,
      },
      {
        key: "name",
        title: t("stock.name"),
        width: "minmax(8rem, 2fr)",
        render: (row) => <bdi title={row.name}>{row.name}</bdi>,
        sortValue: (row) => row.name,
      },
      {
        key: "gtin",
        title: t("stock.gtin"),
        isSortable: false,
        width: "minmax(8.25rem, 0.9fr)",
        render: (row) => <bdi dir="ltr">{row.gtin}</bdi>,
        sortValue: (row) => row.gtin,
        cell: (row) => row.gtin,
      },
      {
        key: "category",
        title: t("stock.category"),
        width: "minmax(5.75rem, 1fr)",
        isSecondary: true,
        render: (row) => <bdi>{row.category}</bdi>,
        sortValue: (row) => row.category,
      },
      {
        key: "price",
        title: t("stock.price"),
        width: "minmax(6.25rem, 0.6fr)",
        isFigure: true,
        render: (row) => row.priceMinor !== null && <Amount minor={row.priceMinor} />,
        sortValue: (row) => row.priceMinor,
        cell: (row) => (row.priceMinor === null ? null : decimalOf(row.priceMinor, exponent)),
      },
      {
        key: "level",
        title: t("stock.level"),
        width: "minmax(7rem, 0.8fr)",
        isFigure: true,
        render: (row) => <StockLevel milli={row.stockMilli} unit={row.unit} />,
        sortValue: (row) => row.stockMilli,
        cell: (row) => decimalOf(row.stockMilli, 3),
      },
    ],
    [t, exponent],
  );
}
