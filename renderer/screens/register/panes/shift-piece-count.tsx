import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ControlKey } from "../../../../hardware/scanner/control-card.ts";
import { Amount } from "../../../controls/amount.tsx";
import { typeDigits } from "../../../controls/type-digits.ts";
import { Keypad, type KeypadKey } from "../../../controls/keypad.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { type KeySource, useKeys } from "../../../keyboard/key-handlers.ts";
import type { Pieces } from "./shift-store.ts";
import classes from "./shift.module.css";

interface PieceCountProps {
  readonly values: readonly number[];
  readonly pieces: Pieces;
  readonly totalMinor: number;
  readonly onChange: (pieces: Pieces) => void;
  readonly confirm: ReactNode;
  /** Enter on the last value. */
  readonly onLast: (() => void) | undefined;
}

/** More pieces of one value than a drawer holds. */
const mostPieces = 99_999;

/** One row a note or coin; digits go to the row that has the focus, Enter and the arrows lead to the next. */
export function PieceCount(props: PieceCountProps) {
  const { t } = useTranslation("shift");
  const [current, setCurrent] = useState(props.values[0] ?? 0);
  const fields = useRef(new Map<number, HTMLInputElement>());
  const set = (valueMinor: number, count: number) =>
    props.onChange({ ...props.pieces, [valueMinor]: count });

  function go(step: 1 | -1): boolean {
    const next = props.values[props.values.indexOf(current) + step];
    if (next === undefined) return false;
    fields.current.get(next)?.focus();
    return true;
  }

  function press(key: KeypadKey): void {
    set(current, typeDigits(props.pieces[current] ?? 0, key, mostPieces));
    fields.current.get(current)?.focus();
  }

  function onEnter(source: KeySource): boolean {
    const inField = [...fields.current.values()].includes(document.activeElement as never);
    if (source === "keyboard" && !inField) return false; // A focused button answers for itself.
    if (!go(1)) props.onLast?.();
    return true;
  }

  useKeys("pad", (key: ControlKey, source: KeySource) => {
    if (/^\d{1,2}$/.test(key)) press(key as KeypadKey);
    else if (key === "BACKSPACE") press("erase");
    else if (key === "DELETE") set(current, 0);
    else if (key === "UP" || key === "DOWN") go(key === "DOWN" ? 1 : -1);
    else return key === "ENTER" && onEnter(source);
    return true;
  });

  return (
    <div className={classes.pieceCount}>
      <ul className={classes.pieces}>
        {props.values.map((valueMinor) => (
          <PieceRow
            key={valueMinor}
            valueMinor={valueMinor}
            count={props.pieces[valueMinor] ?? 0}
            current={valueMinor === current}
            onFocus={() => setCurrent(valueMinor)}
            field={(element) => {
              if (element === null) fields.current.delete(valueMinor);
              else fields.current.set(valueMinor, element);
            }}
          />
        ))}
      </ul>
      <div className={classes.side}>
        <output className={classes.total} aria-live="polite" data-counted={props.totalMinor}>
          <span>{t("counted")}</span>
          <Amount minor={props.totalMinor} withCurrency />
        </output>
        <Keypad corner="00" onKey={press} />
        {props.confirm}
      </div>
    </div>
  );
}

interface PieceRowProps {
  readonly valueMinor: number;
  readonly count: number;
  readonly current: boolean;
  readonly onFocus: () => void;
  readonly field: (element: HTMLInputElement | null) => void;
}

function PieceRow({ valueMinor, count, current, onFocus, field }: PieceRowProps) {
  const { t } = useTranslation("shift");
  const formats = useFormats();
  return (
    <li className={classes.piece} data-current={current || undefined}>
      <label className={classes.pieceLabel}>
        <Amount minor={valueMinor} className={classes.pieceValue} />
        <span aria-hidden>×</span>
        <input
          ref={field}
          className={classes.pieceField}
          aria-label={t("piecesOf", { value: formats.moneyText(valueMinor) })}
          dir="ltr"
          inputMode="none"
          autoComplete="off"
          readOnly
          value={count}
          onFocus={onFocus}
        />
        <Amount minor={valueMinor * count} className={classes.pieceSum} />
      </label>
    </li>
  );
}
