import { useFormats } from "../formatting/use-formats.ts";
import { DigitPad } from "./digit-pad.tsx";

interface AmountPadProps {
  readonly label: string;
  /** Minor units; digits come in from the right, as on every till: 1 0 5 0 is 10.50. */
  readonly valueMinor: number;
  readonly onChange: (valueMinor: number) => void;
  /** Carried out by the button and by Enter in this pad's own field, never by a scanner's Enter. */
  readonly onConfirm: (valueMinor: number) => void;
  readonly confirmLabel: string;
  readonly confirmDisabled?: boolean | undefined;
  readonly takesFocus?: boolean | undefined;
  readonly labelHidden?: boolean | undefined;
}

/** The most that may be typed: 9,999,999.99 in a currency of two digits. */
const mostMinor = 999_999_999;

/** An amount by finger or by keyboard. */
export function AmountPad(props: AmountPadProps) {
  const { amount, money } = useFormats();
  const { valueMinor, ...rest } = props;
  return (
    <DigitPad {...rest} value={valueMinor} format={amount} most={mostMinor} unit={money.currency} />
  );
}
