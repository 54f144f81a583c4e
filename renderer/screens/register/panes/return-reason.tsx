import { useTranslation } from "react-i18next";
import { TouchButton } from "../../../controls/touch-button.tsx";
import classes from "./panes.module.css";

const presets = ["unwanted", "damaged", "wrong", "spoiled", "price"] as const;

/** The usual reasons in the screen's language, in the order of their figures. */
export function useReturnReasons(): readonly string[] {
  const { t } = useTranslation("returns");
  return presets.map((preset) => t(`reasons.${preset}`));
}

/** Why goods come back: one press, or a few words. */
export function ReturnReason(props: {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}) {
  const { t } = useTranslation("returns");
  const words = useReturnReasons();
  const own = words.includes(props.value) ? "" : props.value;
  return (
    <fieldset className={classes.reasons}>
      <legend>{t("reason")}</legend>
      <div className={classes.chips}>
        {words.map((word, i) => (
          <TouchButton
            key={word}
            hint={String(i + 1)}
            aria-pressed={props.value === word}
            onClick={() => props.onChange(word)}
          >
            {word}
          </TouchButton>
        ))}
      </div>
      <label className={classes.field}>
        <span>{t("otherReason")}</span>
        <input
          autoComplete="off"
          maxLength={200}
          value={own}
          onChange={(event) => props.onChange(event.target.value)}
        />
      </label>
    </fieldset>
  );
}
