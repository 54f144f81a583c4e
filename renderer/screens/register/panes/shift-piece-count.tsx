import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Amount } from "../../../controls/amount.tsx";
import { Keypad, type KeypadKey } from "../../../controls/keypad.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { typePiece } from "./shift-pieces.ts";
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

/** One row a note or coin; digits go to the row that has the focus, Enter and the arrows lead to the next. */
export function PieceCount(props: PieceCountProps) {
  const { t } = useTranslation("shift");
  const formats = useFormats();
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

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "ArrowDown") go(1);
    else if (event.key === "ArrowUp") go(-1);
    else if (event.key === "Enter") go(1) || props.onLast?.();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function press(key: KeypadKey): void {
    set(current, typePiece(props.pieces[current] ?? 0, key));
    fields.current.get(current)?.focus();
  }

  return (
    <div className={classes.pieceCount}>
      <ul className={classes.pieces} onKeyDown={onKeyDown}>
        {props.values.map((valueMinor) => (
          <PieceRow
            key={valueMinor}
            valueMinor={valueMinor}
            count={props.pieces[valueMinor] ?? 0}
            current={valueMinor === current}
            onFocus={() => setCurrent(valueMinor)}
            onCount={(count) => set(valueMinor, count)}
            field={(element) => {
              if (element === null) fields.current.delete(valueMinor);
              else fields.current.set(valueMinor, element);
            }}
          />
        ))}
      </ul>
      <div className={classes.side}>
        <output className={classes.total} aria-live="polite">
          <span>{t("counted")}</span>
          <Amount minor={props.totalMinor} withCurrency />
        </output>
        <Keypad corner="00" onKey={press} />
        <div className={classes.steppers}>
          <TouchButton
            aria-label={t("fewerOf", { value: formats.moneyText(current) })}
            onClick={() => set(current, Math.max(0, (props.pieces[current] ?? 0) - 1))}
          >
            −
          </TouchButton>
          <TouchButton
            aria-label={t("moreOf", { value: formats.moneyText(current) })}
            onClick={() => set(current, (props.pieces[current] ?? 0) + 1)}
          >
            +
          </TouchButton>
        </div>
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
  readonly onCount: (count: number) => void;
  readonly field: (element: HTMLInputElement | null) => void;
}

function PieceRow(props: PieceRowProps) {
  const { t } = useTranslation("shift");
  const formats = useFormats();
  const { valueMinor, count } = props;
  return (
    <li className={classes.piece} data-current={props.current || undefined}>
      <label className={classes.pieceLabel}>
        <Amount minor={valueMinor} className={classes.pieceValue} />
        <span aria-hidden>×</span>
        <input
          ref={props.field}
          className={classes.pieceField}
          aria-label={t("piecesOf", { value: formats.moneyText(valueMinor) })}
          dir="ltr"
          inputMode="none"
          autoComplete="off"
          value={count === 0 ? "" : String(count)}
          placeholder="0"
          onFocus={(event) => {
            props.onFocus();
            event.target.select();
          }}
          onChange={(event) => {
            const digits = event.target.value.replaceAll(/\D/g, "").slice(0, 5);
            props.onCount(digits === "" ? 0 : Number(digits));
          }}
        />
        <Amount minor={valueMinor * count} className={classes.pieceSum} />
      </label>
    </li>
  );
}
