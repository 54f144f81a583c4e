import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { useFormats } from "../formatting/use-formats.ts";
import classes from "./amount-pad.module.css";
import { Keypad, type KeypadKey } from "./keypad.tsx";
import { TouchButton } from "./touch-button.tsx";

interface AmountPadProps {
  readonly label: string;
  /** Minor units; digits come in from the right, as on every till: 1 0 5 0 is 10.50. */
  readonly valueMinor: number;
  readonly onChange: (valueMinor: number) => void;
  /** Carried out by the button and by Enter in this pad's own field, never by a scanner's Enter. */
  readonly onConfirm: (valueMinor: number) => void;
  readonly confirmLabel: string;
  readonly confirmDisabled?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
}

/** The most that may be typed: 9,999,999.99 in a currency of two digits. */
const mostMinor = 999_999_999;

export function typeDigits(valueMinor: number, key: KeypadKey): number {
  if (key === "erase") return Math.floor(valueMinor / 10);
  if (key === "point") return valueMinor;
  const typed = key === "00" ? valueMinor * 100 : valueMinor * 10 + Number(key);
  return typed > mostMinor ? valueMinor : typed;
}

/** An amount by finger or by keyboard. */
export function AmountPad(props: AmountPadProps) {
  const { amount } = useFormats();
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const { autoFocus = false } = props;
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^\d$/.test(event.key)) props.onChange(typeDigits(props.valueMinor, event.key as "0"));
    else if (event.key === "Backspace") props.onChange(typeDigits(props.valueMinor, "erase"));
    else if (event.key === "Delete") props.onChange(0);
    else if (event.key === "Enter" && !props.confirmDisabled) props.onConfirm(props.valueMinor);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={classes.pad}>
      <label htmlFor={id} className={classes.label}>
        {props.label}
      </label>
      <input
        ref={field}
        id={id}
        className={classes.field}
        dir="ltr"
        inputMode="none"
        autoComplete="off"
        value={amount(props.valueMinor)}
        readOnly
        onKeyDown={onKeyDown}
      />
      <Keypad corner="00" onKey={(key) => props.onChange(typeDigits(props.valueMinor, key))} />
      <TouchButton
        kind="go"
        size="large"
        disabled={props.confirmDisabled}
        onClick={() => props.onConfirm(props.valueMinor)}
      >
        {props.confirmLabel}
      </TouchButton>
    </div>
  );
}
