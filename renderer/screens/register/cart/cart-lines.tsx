import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CartLineView } from "../../../../host/contract/views.ts";
import { useRegister } from "../../../state/register-store.ts";
import { useSelection } from "../../../state/selection-store.ts";
import { CartLine } from "./cart-line.tsx";
import { EmptyCart } from "./empty-cart.tsx";
import classes from "./cart-lines.module.css";

const rowHeight = 56;
const lastRowHeight = 68;
const actionsHeight = 60;

const noLines: readonly CartLineView[] = [];

/**
 * The lines of the sale. The newest is always in sight and lit; only the rows in sight exist, so
 * that the three-hundredth line costs what the first did.
 */
export function CartLines() {
  const { t } = useTranslation("register");
  const lines = useRegister((state) => state.view?.cart?.lines ?? noLines);
  const selectedId = useSelection((state) => state.lineId);
  const scroller = useRef<HTMLDivElement>(null);
  const last = lines.length - 1;
  const selected = lines.findIndex((line) => line.lineId === selectedId);

  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) =>
      (i === last ? lastRowHeight : rowHeight) + (i === selected ? actionsHeight : 0),
    getItemKey: (i) => lines[i]?.lineId ?? i,
    overscan: 6,
  });

  useLayoutEffect(() => {
    rows.measure();
    if (selected < 0 && last >= 0) rows.scrollToIndex(last, { align: "end" });
    else if (selected >= 0) rows.scrollToIndex(selected, { align: "auto" });
  }, [rows, lines, last, selected]);

  const isEmpty = lines.length === 0;
  useLayoutEffect(() => {
    const list = scroller.current;
    if (isEmpty || list === null) return;
    // A banner takes its room from the old lines, never from the newest.
    const observer = new ResizeObserver(() => {
      if (useSelection.getState().lineId === null) list.scrollTop = list.scrollHeight;
    });
    observer.observe(list);
    return () => observer.disconnect();
  }, [isEmpty]);

  if (isEmpty) return <EmptyCart />;
  const height = rows.getTotalSize();
  return (
    <div ref={scroller} className={classes.scroller}>
      <ol className={classes.lines} style={{ height }} aria-label={t("cart.lines")}>
        {rows.getVirtualItems().map((row) => {
          const line = lines[row.index];
          if (line === undefined) return null;
          return (
            <CartLine
              key={row.key}
              line={line}
              lineNo={row.index + 1}
              of={lines.length}
              top={row.start}
              isLast={row.index === last}
              isSelected={row.index === selected}
            />
          );
        })}
      </ol>
    </div>
  );
}
