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
  readonly isLast: boolean;
  readonly isSelected: boolean;
}

/** One line of the sale. Memoised: a scan repaints its own line and no other. */
export const CartLine = memo(function CartLine(props: CartLineProps) {
  const { line, isSelected } = props;
  const { t } = useTranslation("register");
  const formats = useFormats();
  const choose = () => useSelection.setState({ lineId: isSelected ? null : line.lineId });
  const detail = detailOf(line, formats.quantity, formats.amount, t("cart.kg"));
  return (
    <li
      className={classes.line}
      style={{ transform: `translateY(${props.top}px)` }}
      aria-posinset={props.lineNo}
      aria-setsize={props.of}
      data-line={line.lineId}
      data-sku={line.sku ?? undefined}
      data-last={props.isLast || undefined}
      data-selected={isSelected || undefined}
    >
      <button
        type="button"
        className={classes.face}
        aria-expanded={isSelected}
        onClick={choose}
        tabIndex={props.isLast || isSelected ? 0 : -1}
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
          {detail}
        </bdi>
        <Amount minor={line.amountMinor} className={classes.amount} />
      </button>
      {isSelected && <LineActions line={line} />}
    </li>
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
