import { useTranslation } from "react-i18next";
import type { CartLineView } from "../../../../host/contract/views.ts";
import { useRegister } from "../../../state/register-store.ts";
import { useSelection } from "../../../state/selection-store.ts";
import { CartLine } from "./cart-line.tsx";
import { EmptyCart } from "./empty-cart.tsx";
import { topOf } from "./line-window.ts";
import { useLineWindow } from "./use-line-window.ts";
import classes from "./cart-lines.module.css";

const noLines: readonly CartLineView[] = [];

/**
 * The lines of the sale. The newest is always in sight and lit; only the rows in sight exist, so
 * that the three-hundredth line costs what the first did.
 */
export function CartLines() {
  const { t } = useTranslation("register");
  const lines = useRegister((state) => state.view?.cart?.lines ?? noLines);
  const selectedId = useSelection((state) => state.lineId);
  const count = lines.length;
  const selected = selectedId === null ? -1 : lines.findIndex((line) => line.lineId === selectedId);
  const { scroller, from, to } = useLineWindow(lines, selected);

  if (count === 0) return <EmptyCart />;
  const list = { count, selected };
  return (
    <div ref={scroller} className={classes.scroller}>
      <ol
        className={classes.lines}
        style={{ height: topOf(count, list) }}
        aria-label={t("cart.lines")}
      >
        {lines.slice(from, to).map((line, i) => (
          <CartLine
            key={line.lineId}
            line={line}
            lineNo={from + i + 1}
            of={count}
            top={topOf(from + i, list)}
            isSelected={from + i === selected}
          />
        ))}
      </ol>
    </div>
  );
}
