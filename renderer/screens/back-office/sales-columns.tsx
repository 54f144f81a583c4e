import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptSummaryView } from "../../../host/contract/views.ts";
import { Amount } from "../../controls/amount.tsx";
import { type Formats, useFormats } from "../../formatting/use-formats.ts";
import { useIsoMoment } from "./iso-moment.ts";
import { decimalOf } from "./csv.ts";
import type { Column } from "./column.ts";

export function useSalesColumns(): readonly Column<ReceiptSummaryView>[] {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const isoMoment = useIsoMoment();
  return useMemo(
    () => [
      {
        key: "receipt",
        title: t("sales.receipt"),
        width: "minmax(6.5rem, 1fr)",
        render: (row) => <bdi dir="ltr">{row.receiptNumber}</bdi>,
        sortValue: (row) => row.receiptNumber,
      },
      {
        key: "time",
        title: t("sales.time"),
        width: "minmax(9.5rem, 1.4fr)",
        render: (row) => formats.moment(row.atMs),
        sortValue: (row) => row.atMs,
        cell: (row) => isoMoment(row.atMs),
      },
      {
        key: "kind",
        title: t("sales.kind"),
        width: "minmax(4.5rem, 0.7fr)",
        isSecondary: true,
        render: (row) => t(`sales.kindOf.${row.kind}`),
        sortValue: (row) => t(`sales.kindOf.${row.kind}`),
      },
      {
        key: "till",
        title: t("sales.till"),
        width: "3.5rem",
        isSecondary: true,
        isFigure: true,
        render: (row) => row.tillNumber,
        sortValue: (row) => row.tillNumber,
      },
      {
        key: "by",
        title: t("sales.by"),
        width: "minmax(5rem, 1fr)",
        isSecondary: true,
        render: (row) => <bdi>{row.by}</bdi>,
        sortValue: (row) => row.by,
      },
      ...salesFigures(t, formats),
    ],
    [t, formats, isoMoment],
  );
}

type Words = ReturnType<typeof useTranslation<"back-office">>["t"];

function salesFigures(t: Words, formats: Formats): readonly Column<ReceiptSummaryView>[] {
  return [
    {
      key: "lines",
      title: t("sales.lines"),
      width: "5.25rem",
      isSecondary: true,
      isFigure: true,
      render: (row) => formats.quantity(row.lines * 1000),
      sortValue: (row) => row.lines,
    },
    {
      key: "total",
      title: t("sales.total"),
      width: "minmax(6rem, 1fr)",
      isFigure: true,
      render: (row) => <Amount minor={row.totalMinor} />,
      sortValue: (row) => row.totalMinor,
      cell: (row) => decimalOf(row.totalMinor, formats.money.exponent),
    },
  ];
}
