import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { CartLineView } from "../../../../host/contract/views.ts";
import { Amount } from "../../../controls/amount.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useSelection } from "../../../state/selection-store.ts";
import { LineActions } from "./line-actions.tsx";
import classes from "./cart-line.module.css";

interface CartLineProps {
  readonly line: CartLineView;
  readonly lineNo: number;
  readonly of: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly isSelected: boolean;
}

/** One line of the sale, at its place in the list. What stands on it is drawn only when that changes. */
export function CartLine({ line, lineNo, of, top, isSelected }: CartLineProps) {
  const isLast = lineNo === of;
  return (
    <li
      className={classes.line}
      style={{ insetBlockStart: top }}
      aria-posinset={lineNo}
      aria-setsize={of}
      data-line={line.lineId}
      data-sku={line.sku ?? undefined}
      data-last={isLast || undefined}
      data-selected={isSelected || undefined}
    >
      <LineFace line={line} isSelected={isSelected} isReached={isLast || isSelected} />
      {isSelected && <LineActions line={line} />}
    </li>
  );
}

interface LineFaceProps {
  readonly line: CartLineView;
  readonly isSelected: boolean;
  /** By the Tab key. */
  readonly isReached: boolean;
}

/** Memoised: a scan repaints its own line and no other. */
const LineFace = memo(function LineFace({ line, isSelected, isReached }: LineFaceProps) {
  const { t } = useTranslation("register");
  const formats = useFormats();
  const choose = () => useSelection.setState({ lineId: isSelected ? null : line.lineId });
  return (
    <button
      type="button"
      className={classes.face}
      aria-expanded={isSelected}
      onClick={choose}
      tabIndex={isReached ? 0 : -1}
    >
      <bdi className={classes.quantity} dir="ltr">
        {line.unit === "kg" ? formats.quantity(1000) : formats.quantity(line.quantityMilli)}
      </bdi>
      <span className={classes.names}>
        <span className={classes.name} dir="auto">
          {line.name}
        </span>
        {line.quantityMilli < 0 && (
          <span className={classes.returned}>
            {line.returnOf === undefined
              ? t("cart.returned")
              : t("cart.returnedFrom", { number: `\u2066${line.returnOf.receiptNumber}\u2069` })}
          </span>
        )}
      </span>
      <bdi className={classes.detail} dir="ltr">
        {detailOf(line, formats.quantity, formats.amount, t("cart.kg"))}
      </bdi>
      <Amount minor={line.amountMinor} className={classes.amount} />
    </button>
  );
});

/** "0.846 kg × 1.99", "× 6.49"; nothing where it would repeat the amount. */
function detailOf(
  line: CartLineView,
  quantity: (milli: number) => string,
  amount: (minor: number) => string,
  kg: string,
): string {
  if (line.unit === "kg") {
    // The unit is a word of the screen's language between digits that keep their own direction.
    return `${quantity(line.quantityMilli)} \u2068${kg}\u2069 × ${amount(line.unitPriceMinor)}`;
  }
  return line.quantityMilli === 1000 ? "" : `× ${amount(line.unitPriceMinor)}`;
}
