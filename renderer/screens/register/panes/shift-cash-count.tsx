import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Denomination } from "../../../../domain/facts/payloads.ts";
import { countedMinorOf, denominationsOf } from "../../../../domain/shift/denominations.ts";
import { AmountPad } from "../../../controls/amount-pad.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useRegister } from "../../../state/register-store.ts";
import { PieceCount } from "./shift-piece-count.tsx";
import {
  type CountDraft,
  type CountWay,
  emptyCount,
  emptyFloat,
  openingDraft,
  type Pieces,
  saveDraft,
  useShiftDrafts,
} from "./shift-store.ts";
import classes from "./shift.module.css";

interface CashCountProps {
  /** Where the unfinished count is kept. */
  readonly draftKey: string;
  readonly confirmLabel: (countedMinor: number) => string;
  readonly busy: boolean;
  /** Stands in the row of the ways to count. */
  readonly beside?: ReactNode;
  /** `denominations` is empty when one amount was counted. */
  readonly onConfirm: (countedMinor: number, denominations: Denomination[]) => void;
}

/** Cash by notes and coins with a running sum, or as one amount. Keeps what was typed. */
export function CashCount(props: CashCountProps) {
  const { t } = useTranslation("shift");
  const currency = useRegister((state) => state.view?.terminal.currency ?? "");
  const empty = props.draftKey === openingDraft ? emptyFloat : emptyCount;
  const draft = useShiftDrafts((state) => state.drafts[props.draftKey] ?? empty);
  const values = denominationsOf(currency);
  const way: CountWay = values.length === 0 ? "amount" : draft.way;
  const save = (change: Partial<CountDraft>) => saveDraft(props.draftKey, { ...draft, ...change });

  return (
    <div className={classes.count}>
      <div className={classes.row}>
        {values.length > 0 && (
          <fieldset className={classes.ways}>
            <legend className="for-ears-only">{t("way")}</legend>
            {(["pieces", "amount"] as const).map((each) => (
              <TouchButton
                key={each}
                aria-pressed={way === each}
                className={classes.way}
                onClick={() => save({ way: each })}
              >
                {t(each === "pieces" ? "byPieces" : "oneAmount")}
              </TouchButton>
            ))}
          </fieldset>
        )}
        {props.beside}
      </div>
      {way === "amount" ? (
        <AmountPad
          takesFocus
          label={t("counted")}
          valueMinor={draft.amountMinor}
          onChange={(amountMinor) => save({ amountMinor })}
          confirmLabel={props.confirmLabel(draft.amountMinor)}
          confirmDisabled={props.busy}
          onConfirm={(minor) => props.onConfirm(minor, [])}
        />
      ) : (
        <ByPieces {...props} values={values} pieces={draft.pieces} save={save} />
      )}
    </div>
  );
}

interface ByPiecesProps extends CashCountProps {
  readonly values: readonly number[];
  readonly pieces: Pieces;
  readonly save: (change: Partial<CountDraft>) => void;
}

function ByPieces({ values, pieces, save, confirmLabel, busy, onConfirm }: ByPiecesProps) {
  const denominations = values.flatMap((valueMinor) => {
    const count = pieces[valueMinor] ?? 0;
    return count === 0 ? [] : [{ valueMinor, count }];
  });
  const totalMinor = countedMinorOf(denominations);
  const confirm = () => onConfirm(totalMinor, denominations);
  return (
    <PieceCount
      values={values}
      pieces={pieces}
      totalMinor={totalMinor}
      onChange={(changed) => save({ pieces: changed })}
      onLast={busy ? undefined : confirm}
      confirm={
        <TouchButton kind="go" size="large" disabled={busy} onClick={confirm}>
          {confirmLabel(totalMinor)}
        </TouchButton>
      }
    />
  );
}
