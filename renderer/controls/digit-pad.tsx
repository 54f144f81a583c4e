import { useEffect, useId, useRef } from "react";
import type { ControlKey } from "../../hardware/scanner/control-card.ts";
import { type KeySource, useKeys } from "../keyboard/key-handlers.ts";
import classes from "./digit-pad.module.css";
import { Keypad, type KeypadKey } from "./keypad.tsx";
import { typeDigits } from "./type-digits.ts";
import { TouchButton } from "./touch-button.tsx";

export interface DigitPadProps {
  readonly label: string;
  /** A whole number of the smallest unit; digits come in from the right: 1 0 5 0 is 10.50. */
  readonly value: number;
  /** How the value stands in the field. */
  readonly format: (value: number) => string;
  /** The largest value that may be typed. */
  readonly most: number;
  readonly unit?: string | undefined;
  readonly onChange: (value: number) => void;
  readonly onConfirm: (value: number) => void;
  readonly confirmLabel: string;
  readonly confirmDisabled?: boolean | undefined;
  readonly takesFocus?: boolean | undefined;
  /** The label is said by what stands round the pad; ears still hear it. */
  readonly labelHidden?: boolean | undefined;
}

/**
 * A number by finger, by keyboard or by control card.
 *
 * [Enter] Enter confirms only after something was typed here, and only with the focus in this pad:
 * in its field, where a typed digit puts it, or on its button. So the Enter of a PIN pressed twice
 * opens no shift, and a scanner's Enter never arrives here at all: it ends the scan.
 */
export function DigitPad(props: DigitPadProps) {
  const pad = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const typed = useRef(false);
  const id = useId();
  const { takesFocus = false } = props;
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);

  function type(key: KeypadKey): void {
    typed.current = true;
    props.onChange(typeDigits(props.value, key, props.most));
  }

  function confirm(): void {
    typed.current = false;
    props.onConfirm(props.value);
  }

  useKeys("pad", (key: ControlKey, source: KeySource) => {
    if (/^\d{1,2}$/.test(key)) {
      field.current?.focus();
      type(key as KeypadKey);
      return true;
    }
    if (key === "BACKSPACE") {
      type("erase");
      return true;
    }
    if (key === "DELETE") {
      props.onChange(0);
      return true;
    }
    if (key !== "ENTER") return false;
    const isHere = source === "card" || document.activeElement === field.current;
    if (!isHere) return false; // A focused button answers for itself.
    if (props.confirmDisabled !== true && (typed.current || source === "card")) confirm();
    return true;
  });

  return (
    <div ref={pad} className={classes.pad} data-pad="">
      <label htmlFor={id} className={props.labelHidden ? "for-ears-only" : classes.label}>
        {props.label}
      </label>
      <div className={classes.display}>
        <input
          ref={field}
          id={id}
          className={classes.field}
          dir="ltr"
          inputMode="none"
          autoComplete="off"
          value={props.format(props.value)}
          readOnly
        />
        {props.unit !== undefined && <span className={classes.unit}>{props.unit}</span>}
      </div>
      <Keypad corner="00" onKey={type} />
      <TouchButton kind="go" size="large" disabled={props.confirmDisabled} onClick={confirm}>
        {props.confirmLabel}
      </TouchButton>
    </div>
  );
}
