import { useTranslation } from "react-i18next";
import type { ReceiptLineView } from "../../../../host/contract/views.ts";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { stepOf } from "./return-choice.ts";
import classes from "./panes.module.css";

interface ReturnLineProps {
  readonly line: ReceiptLineView;
  readonly chosenMilli: number;
  /** What the host said can still come back when it refused more. */
  readonly refusedMilli: number | null;
  readonly onChoose: (quantityMilli: number) => void;
}

/** One line of the receipt with how much of it comes back. */
export function ReturnLine({ line, chosenMilli, refusedMilli, onChoose }: ReturnLineProps) {
  const { t } = useTranslation("returns");
  const formats = useFormats();
  const unit = line.unit === "kg" ? ` ${t("kg")}` : "";
  const quantity = (milli: number) => `\u2066${formats.quantity(milli)}${unit}\u2069`;
  const { name } = line;
  return (
    <li
      className={classes.returnLine}
      data-return-line={line.lineNo}
      data-chosen={chosenMilli > 0 ? chosenMilli : undefined}
    >
      <div className={classes.returnGoods}>
        <bdi className={classes.name}>{name}</bdi>
        <span className={classes.quiet}>
          {t("sold", { quantity: quantity(line.quantityMilli) })} ·{" "}
          {line.returnableMilli === 0
            ? t("nothingLeft")
            : t("canReturn", { quantity: quantity(line.returnableMilli) })}
        </span>
        {refusedMilli !== null && (
          <span role="alert" className={classes.refused}>
            {t("overLine", { quantity: quantity(refusedMilli) })}
          </span>
        )}
      </div>
      <Amount minor={line.amountMinor} />
      {line.returnableMilli > 0 && (
        <div className={classes.stepper}>
          <TouchButton
            aria-label={t("oneFewer", { name })}
            disabled={chosenMilli === 0}
            onClick={() => onChoose(chosenMilli - stepOf(line))}
          >
            −
          </TouchButton>
          <output aria-label={t("quantityOf", { name })}>
            <bdi>{quantity(chosenMilli)}</bdi>
          </output>
          <TouchButton
            aria-label={t("oneMore", { name })}
            disabled={chosenMilli >= line.returnableMilli}
            onClick={() => onChoose(chosenMilli + stepOf(line))}
          >
            +
          </TouchButton>
          <TouchButton
            aria-pressed={chosenMilli === line.returnableMilli}
            onClick={() =>
              onChoose(chosenMilli === line.returnableMilli ? 0 : line.returnableMilli)
            }
          >
            {t("wholeLine")}
          </TouchButton>
        </div>
      )}
    </li>
  );
}
