import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Column, nextSorting, type Sorting } from "./column.ts";
import classes from "./data-table.module.css";

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly openKey?: string | undefined;
  /** Called when the end of what was read comes into sight. */
  readonly onEnd?: (() => void) | undefined;
}

const rowHeight = 44;
const headHeight = 44;

/**
 * A table of any length: only the rows in sight are drawn. The arrows, Page, Home and End walk the rows, Enter
 * opens one; column headers sort.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, onEnd } = props;
  const body = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastShown >= rows.length - 1 && rows.length > 0) onEnd?.();
  }, [lastShown, rows.length, onEnd]);
  const current = Math.min(active, Math.max(0, rows.length - 1));

  function walk(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((body.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(wanted, 0), rows.length - 1);
    setActive(next);
    virtual.scrollToIndex(next);
    // The row may not be drawn yet: it is after the next frame.
    requestAnimationFrame(() => {
      body.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
    });
  }

  /** Another order begins at its beginning. */
  function sort(sorting: Sorting | null): void {
    setActive(0);
    body.current?.scrollTo({ top: 0 });
    props.onSort(sorting);
  }

  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(" ") };
  return (
    <div ref={body} className={classes.scroller}>
      <table
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        className={classes.table}
      >
        <HeaderRow {...props} onSort={sort} tracks={tracks} />
        <tbody className={classes.body} style={{ blockSize: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <BodyRow
                  key={props.keyOf(row)}
                  rowKey={props.keyOf(row)}
                  row={row}
                  index={index}
                  columns={columns}
                  style={{ ...tracks, transform: `translateY(${start - headHeight}px)` }}
                  isCurrent={index === current}
                  isOpen={props.openKey === props.keyOf(row)}
                  onFocus={() => setActive(index)}
                  onWalk={walk}
                  onOpen={props.onOpen}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function HeaderRow<Row>(props: DataTableProps<Row> & { readonly tracks: CSSProperties }) {
  const { t } = useTranslation("back-office");
  const { columns, sorting, onSort } = props;
  return (
    <thead>
      <tr aria-rowindex={1} className={classes.head} style={props.tracks}>
        {columns.map((column) => {
          const direction = sorting?.key === column.key ? sorting.direction : undefined;
          return (
            <th
              key={column.key}
              scope="col"
              aria-sort={direction ?? "none"}
              className={column.isFigure ? classes.figure : undefined}
            >
              <button
                type="button"
                title={t("sortBy", { column: column.title })}
                onClick={() => onSort(nextSorting(sorting, column.key))}
              >
                {column.title}
                {direction !== undefined && (
                  <span aria-hidden className={classes.arrow}>
                    {direction === "ascending" ? "▲" : "▼"}
                  </span>
                )}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface BodyRowProps<Row> {
  readonly rowKey: string;
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly style: CSSProperties;
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly onFocus: () => void;
  readonly onWalk: (event: KeyboardEvent) => void;
  readonly onOpen: ((row: Row) => void) | undefined;
}

function BodyRow<Row>(props: BodyRowProps<Row>) {
  const { row, index, columns, onOpen } = props;
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={props.isOpen || undefined}
      data-index={index}
      data-row={props.rowKey}
      tabIndex={props.isCurrent ? 0 : -1}
      className={`${classes.row} ${onOpen ? classes.opens : ""}`}
      style={props.style}
      onFocus={props.onFocus}
      onClick={() => onOpen?.(row)}
      onKeyDown={(event) => {
        props.onWalk(event);
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onOpen?.(row);
      }}
    >
      {columns.map((column) => (
        <td key={column.key} className={column.isFigure ? classes.figure : undefined}>
          {column.render(row)}
        </td>
      ))}
    </tr>
  );
}
