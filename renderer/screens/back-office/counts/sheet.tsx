import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { parseDecimal } from "../../../formatting/parse-decimal.ts";
import office from "../back-office.module.css";
import classes from "./counts.module.css";
import { type Mode, setLines, type SheetLine, typeQuantity } from "./sheet-store.ts";

/** The quantity of a line in thousandths; null where what was typed is none for this mode. */
export function quantityOf(mode: Mode, { typed }: SheetLine): number | null {
  const milli = parseDecimal(typed, 3);
  if (milli === null) return null;
  if (mode === "count") return milli < 0 ? null : milli;
  if (mode === "receive") return milli <= 0 ? null : milli;
  return milli === 0 ? null : milli;
}

interface SheetProps {
  readonly mode: Mode;
  readonly lines: readonly SheetLine[];
  /** Lines that cannot be read are marked once somebody tried to save. */
  readonly marked: boolean;
  readonly fields: RefObject<Map<string, HTMLInputElement>>;
}

/** The goods and how many of each; Enter leads from one quantity to the next. */
export function Sheet({ mode, lines, marked, fields }: SheetProps) {
  const { t } = useTranslation("counts");
  if (lines.length === 0) return <p className={office.empty}>{t("empty")}</p>;

  function next(sku: string): void {
    const after = lines[lines.findIndex((line) => line.sku === sku) + 1];
    if (after !== undefined) fields.current.get(after.sku)?.focus();
  }

  return (
    <table className={classes.sheet} aria-label={t("sheet")}>
      <thead>
        <tr>
          <th scope="col">{t("good")}</th>
          <th scope="col">{t("quantity")}</th>
          <th aria-hidden />
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line
            key={line.sku}
            isBad={marked && quantityOf(mode, line) === null}
            onEnter={() => next(line.sku)}
            {...{ mode, line, fields }}
          />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps extends Pick<SheetProps, "mode" | "fields"> {
  readonly line: SheetLine;
  readonly isBad: boolean;
  readonly onEnter: () => void;
}

function Line({ mode, line, isBad, fields, onEnter }: LineProps) {
  const { t } = useTranslation("counts");
  const { sku, name, unit, typed } = line;
  return (
    <tr data-sheet-line={sku}>
      <th scope="row">
        <bdi>{name}</bdi>
        {isBad && (
          <span role="alert" className={classes.bad}>
            {t("bad")}
          </span>
        )}
      </th>
      <td>
        <input
          ref={(field) => {
            if (field === null) fields.current.delete(sku);
            else fields.current.set(sku, field);
          }}
          dir="ltr"
          inputMode="decimal"
          autoComplete="off"
          maxLength={14}
          aria-label={t("quantityOf", { name })}
          aria-invalid={isBad}
          value={typed}
          onChange={(event) => typeQuantity(mode, sku, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") onEnter();
          }}
        />{" "}
        <span className={office.quiet}>{t(`unit.${unit}`)}</span>
      </td>
      <td>
        <button
          type="button"
          className={classes.remove}
          aria-label={t("remove", { name })}
          onClick={() => setLines(mode, (all) => all.filter((each) => each.sku !== sku))}
        >
          <span aria-hidden>✕</span>
        </button>
      </td>
    </tr>
  );
}
