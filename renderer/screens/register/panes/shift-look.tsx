import { useTranslation } from "react-i18next";
import type { ShiftCountView, ShiftView } from "../../../../host/contract/views.ts";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { isolate } from "../../../formatting/isolate.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { SignedAmount } from "../../../documents/signed-amount.tsx";
import { varianceKind } from "../../../documents/variance.ts";
import { ShiftStep } from "./shift-step.tsx";
import { useShiftDrafts } from "./shift-store.ts";
import classes from "./shift.module.css";

const presets = ["recounted", "change", "unknown"] as const;

interface ShiftLookProps {
  readonly shift: ShiftView;
  readonly counted: ShiftCountView;
  readonly onCountAgain: () => void;
  readonly onGoOn: () => void;
}

/** Expected, counted, and the difference with its sign and its word. A difference asks for a reason. */
export function ShiftLook({ shift, counted, onCountAgain, onGoOn }: ShiftLookProps) {
  const { t } = useTranslation("shift");
  const formats = useFormats();
  const reason = useShiftDrafts((state) => state.reason);
  const kind = varianceKind(counted.varianceMinor);
  const needsReason = kind !== "exact" && reason.trim() === "";
  const words = presets.map((preset) => t(`reasons.${preset}`));
  const setReason = (said: string) => useShiftDrafts.setState({ reason: said });

  // The control card chooses a reason by its number and goes on with ENTER.
  useKeys("pane", (key, source) => {
    const word = words[Number(key) - 1];
    if (kind !== "exact" && word !== undefined) setReason(word);
    else if (key === "ENTER" && source === "card" && !needsReason) onGoOn();
    else return false;
    return true;
  });
  return (
    <ShiftStep
      step="look"
      footer={
        <>
          <TouchButton size="large" onClick={onCountAgain}>
            {t("countAgain")}
          </TouchButton>
          <TouchButton kind="go" size="large" disabled={needsReason} onClick={onGoOn}>
            {t("goOn")}
          </TouchButton>
        </>
      }
    >
      <p className={classes.hint}>
        {t("shiftSince", {
          name: isolate(shift.openedBy),
          moment: isolate(formats.moment(shift.openedAtMs)),
          amount: formats.moneyText(shift.floatMinor),
        })}
      </p>
      <dl className={classes.figures}>
        <Figure term={t("expected")} minor={counted.expectedMinor} />
        <Figure term={t("counted")} minor={counted.countedMinor} />
        <div className={classes.variance} data-kind={kind} data-variance={counted.varianceMinor}>
          <dt>{t("variance")}</dt>
          <dd>
            <SignedAmount minor={counted.varianceMinor} />
            <span className={classes.varianceWord}>{t(kind)}</span>
          </dd>
        </div>
      </dl>
      {kind !== "exact" && <VarianceReason reason={reason} words={words} onReason={setReason} />}
      <p className={classes.hint}>{needsReason ? t("reasonNeeded") : t("leaveHint")}</p>
    </ShiftStep>
  );
}

function Figure(props: { readonly term: string; readonly minor: number }) {
  return (
    <div>
      <dt>{props.term}</dt>
      <dd>
        <Amount minor={props.minor} />
      </dd>
    </div>
  );
}

interface VarianceReasonProps {
  readonly reason: string;
  /** The usual reasons, in the order of their figures. */
  readonly words: readonly string[];
  readonly onReason: (reason: string) => void;
}

function VarianceReason({ reason, words, onReason }: VarianceReasonProps) {
  const { t } = useTranslation("shift");
  return (
    <fieldset className={classes.reasons}>
      <legend>{t("reason")}</legend>
      {words.map((word, i) => (
        <TouchButton
          key={word}
          hint={String(i + 1)}
          className={classes.way}
          aria-pressed={reason === word}
          onClick={() => onReason(word)}
        >
          {word}
        </TouchButton>
      ))}
      <textarea
        rows={2}
        maxLength={200}
        value={reason}
        aria-label={t("reason")}
        placeholder={t("reasonPlaceholder")}
        onChange={(event) => onReason(event.target.value)}
      />
    </fieldset>
  );
}
