import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import classes from "./sale-panes.module.css";

interface ReasonPaneProps {
  readonly title: string;
  readonly hint: string;
  readonly presets: readonly string[];
  readonly confirmLabel: string;
  /** True for what takes something away. */
  readonly stops: boolean;
  readonly busy: boolean;
  readonly onReason: (reason: string) => void;
}

const longestReason = 200;

/**
 * Asks why before something unusual is done: one press on a usual reason, its figure, or a few
 * words.
 */
export function ReasonPane(props: ReasonPaneProps) {
  const { t } = useTranslation("register");
  const [text, setText] = useState("");
  const { presets, busy, onReason } = props;

  useKeys("pane", (key) => {
    const preset = /^[1-9]$/.test(key) ? presets[Number(key) - 1] : undefined;
    if (preset === undefined || busy) return false;
    onReason(preset);
    return true;
  });

  return (
    <PaneFrame title={props.title}>
      <p className={classes.hint}>{props.hint}</p>
      <div className={classes.reasons}>
        {presets.map((preset, i) => (
          <TouchButton
            key={preset}
            size="large"
            hint={String(i + 1)}
            disabled={busy}
            data-reason={i + 1}
            onClick={() => onReason(preset)}
          >
            {preset}
          </TouchButton>
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "" && !busy) onReason(text.trim());
        }}
      >
        <label className={classes.field}>
          {t("reason.own")}
          <input
            value={text}
            maxLength={longestReason}
            onChange={(event) => setText(event.target.value)}
            dir="auto"
          />
        </label>
        <TouchButton
          type="submit"
          kind={props.stops ? "stop" : "go"}
          disabled={text.trim() === "" || busy}
        >
          {props.confirmLabel}
        </TouchButton>
      </form>
    </PaneFrame>
  );
}
