import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Column, nextSorting, type Sorting } from "./column.ts";
import { useRowWalk } from "./use-row-walk.ts";
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
  const virtual = useVirtualizer<HTMLDivElement, Element>({
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
  const walk = useRowWalk(virtual, body, { count: rows.length, height: rowHeight });

  /** Another order begins at its beginning. */
  function sort(sorting: Sorting | null): void {
    walk.setCurrent(0);
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
                  isCurrent={index === walk.current}
                  isOpen={props.openKey === props.keyOf(row)}
                  onFocus={() => walk.setCurrent(index)}
                  onWalk={walk.onKeyDown}
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
              aria-sort={column.isSortable === false ? undefined : (direction ?? "none")}
              className={column.isFigure ? classes.figure : undefined}
            >
              {column.isSortable === false ? (
                column.title
              ) : (
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
              )}
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
