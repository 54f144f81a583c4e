import { useTranslation } from "react-i18next";
import classes from "./keypad.module.css";

export type KeypadKey =
  | "0"
  | "1"
  | "2"
  | "3"
  | "4"
  | "5"
  | "6"
  | "7"
  | "8"
  | "9"
  | "00"
  | "point"
  | "erase";

const digitRows = ["7", "8", "9", "4", "5", "6", "1", "2", "3"] as const;

interface KeypadProps {
  /** What stands left of the zero. */
  readonly corner: "00" | "point" | null;
  readonly onKey: (key: KeypadKey) => void;
  readonly disabled?: boolean | undefined;
}

/** Digits for a finger, keys of 64 px; laid out as on a till in every language. */
export function Keypad(props: KeypadProps) {
  const { t } = useTranslation();
  const key = (name: KeypadKey, face: string, label?: string) => (
    <button
      key={name}
      type="button"
      className={classes.key}
      aria-label={label}
      disabled={props.disabled}
      // Keeps the focus in the field that the pad writes to.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => props.onKey(name)}
    >
      {face}
    </button>
  );
  return (
    <div className={classes.keypad} dir="ltr">
      {digitRows.map((digit) => key(digit, digit))}
      {props.corner === "00" && key("00", "00")}
      {props.corner === "point" && key("point", ".")}
      {props.corner === null && <span />}
      {key("0", "0")}
      {key("erase", "⌫", t("delete"))}
    </div>
  );
}
