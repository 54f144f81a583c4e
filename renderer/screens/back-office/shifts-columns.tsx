import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { netOfReturnsMinor } from "../../../domain/shift/net-of-returns.ts";
import type { ShiftSummaryView } from "../../../host/contract/views.ts";
import { Amount } from "../../controls/amount.tsx";
import { SignedAmount } from "../../documents/signed-amount.tsx";
import { varianceKind } from "../../documents/variance.ts";
import { type Formats, useFormats } from "../../formatting/use-formats.ts";
import type { Column } from "./column.ts";
import { decimalOf } from "./csv.ts";
import { useIsoMoment } from "./iso-moment.ts";

export function useShiftColumns(): readonly Column<ShiftSummaryView>[] {
  const { t } = useTranslation("back-office");
  const { t: documents } = useTranslation("documents");
  const formats = useFormats();
  const isoMoment = useIsoMoment();
  return useMemo(
    () => [
      {
        key: "number",
        title: t("shifts.number"),
        width: "3rem",
        isFigure: true,
        render: (row) => row.z?.zNumber ?? t("shifts.open"),
        sortValue: (row) => row.z?.zNumber ?? null,
      },
      {
        key: "date",
        title: t("shifts.date"),
        width: "minmax(8.25rem, 1.2fr)",
        render: (row) => formats.businessDate(row.businessDate),
        sortValue: (row) => row.businessDate,
      },
      {
        key: "till",
        title: t("shifts.till"),
        width: "2.75rem",
        isSecondary: true,
        isFigure: true,
        render: (row) => row.tillNumber,
        sortValue: (row) => row.tillNumber,
      },
      {
        key: "by",
        title: t("shifts.by"),
        width: "minmax(5.25rem, 1fr)",
        isSecondary: true,
        render: (row) => <bdi>{row.openedBy}</bdi>,
        sortValue: (row) => row.openedBy,
      },
      {
        key: "opened",
        title: t("shifts.opened"),
        width: "4.25rem",
        isSecondary: true,
        render: (row) => formats.time(row.openedAtMs),
        sortValue: (row) => row.openedAtMs,
        cell: (row) => isoMoment(row.openedAtMs),
      },
      {
        key: "closed",
        title: t("shifts.closed"),
        width: "4.25rem",
        render: ({ closedAtMs }) => (closedAtMs === null ? "–" : formats.time(closedAtMs)),
        sortValue: (row) => row.closedAtMs,
        cell: ({ closedAtMs }) => closedAtMs && isoMoment(closedAtMs),
      },
      ...shiftFigures({ t, documents, formats }),
    ],
    [t, documents, formats, isoMoment],
  );
}

interface Words {
  readonly t: ReturnType<typeof useTranslation<"back-office">>["t"];
  readonly documents: ReturnType<typeof useTranslation<"documents">>["t"];
  readonly formats: Formats;
}

function shiftFigures({ t, documents, formats }: Words): readonly Column<ShiftSummaryView>[] {
  const { exponent } = formats.money;
  const net = ({ z, running }: ShiftSummaryView) => {
    const totals = z?.totals ?? running;
    return totals === null ? null : netOfReturnsMinor(totals);
  };
  const variance = (row: ShiftSummaryView) => row.z?.varianceMinor ?? null;
  return [
    {
      key: "net",
      title: t("shifts.net"),
      width: "minmax(5.5rem, 1fr)",
      isFigure: true,
      render: (row) => amountOf(net(row)),
      sortValue: net,
      cell: (row) => decimalOrNothing(net(row), exponent),
    },
    {
      key: "variance",
      title: t("shifts.variance"),
      width: "minmax(8rem, 1fr)",
      isFigure: true,
      render: (row) => {
        const minor = variance(row);
        if (minor === null) return "–";
        return (
          <>
            <SignedAmount minor={minor} /> {minor !== 0 && documents(varianceKind(minor))}
          </>
        );
      },
      sortValue: variance,
      cell: (row) => decimalOrNothing(variance(row), exponent),
    },
  ];
}

function amountOf(minor: number | null) {
  return minor === null ? "–" : <Amount minor={minor} />;
}

function decimalOrNothing(minor: number | null, exponent: number): string | null {
  return minor === null ? null : decimalOf(minor, exponent);
}
