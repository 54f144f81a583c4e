import type { ReactNode } from "react";
import type { Cell } from "./csv.ts";

/** One column of a table of the back office: how it looks, how it sorts, what the export says. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** A track of the grid: "8rem", "minmax(10rem, 2fr)". */
  readonly width: string;
  /** Figures stand at the end. */
  readonly isFigure?: boolean;
  /** False for what nobody looks for in order. */
  readonly isSortable?: boolean;
  /** Makes room while a detail is open beside the table. The export always has it. */
  readonly isSecondary?: boolean;
  readonly render: (row: Row) => ReactNode;
  readonly sortValue: (row: Row) => string | number | null;
  /** What the export says; `sortValue` where nothing else is said. */
  readonly cell?: (row: Row) => Cell;
}

export interface Sorting {
  readonly key: string;
  readonly direction: "ascending" | "descending";
}

/** Rows in the order asked for; the host's own order where nothing was asked. Nothing stands last. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
  locale: string,
): readonly Row[] {
  const column = columns.find((each) => each.key === sorting?.key);
  if (sorting === null || column === undefined) return rows;
  const sign = sorting.direction === "ascending" ? 1 : -1;
  const collator = new Intl.Collator(locale, { numeric: true });
  return rows.toSorted((a, b) => {
    const [left, right] = [column.sortValue(a), column.sortValue(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === "number" && typeof right === "number") return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  });
}

/** The next state of a column's header: ascending, descending, as it came. */
export function nextSorting(sorting: Sorting | null, key: string): Sorting | null {
  if (sorting?.key !== key) return { key, direction: "ascending" };
  return sorting.direction === "ascending" ? { key, direction: "descending" } : null;
}

/** The columns that stand beside an open detail. */
export function besideDetail<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.filter((column) => column.isSecondary !== true);
}
