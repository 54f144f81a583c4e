import { memo } from "react";
import { useFormats } from "../formatting/use-formats.ts";
import classes from "./amount.module.css";

interface AmountProps {
  readonly minor: number;
  /** Shows the currency, small, after the digits. */
  readonly withCurrency?: boolean;
  readonly className?: string | undefined;
}

/** Money on the screen: tabular digits that keep their own direction in every language. */
export const Amount = memo(function Amount(props: AmountProps) {
  const formats = useFormats();
  return (
    <bdi dir="ltr" className={`${classes.amount} ${props.className ?? ""}`}>
      {formats.amount(props.minor)}
      {props.withCurrency && <span className={classes.currency}>{formats.money.currency}</span>}
    </bdi>
  );
});
