import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShiftView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { CashCount } from "./shift-cash-count.tsx";
import { ShiftLook } from "./shift-look.tsx";
import { ShiftReport } from "./shift-report.tsx";
import { type CloseStep, ShiftStep } from "./shift-step.tsx";
import classes from "./shift.module.css";

/** Count → look → close. What is expected is not on the screen before the count was written down. */
export function ShiftClosePane({ shift }: { readonly shift: ShiftView }) {
  const [step, setStep] = useState<CloseStep>(shift.counted === null ? "count" : "look");
  const { counted } = shift;
  if (counted === null || step === "count") {
    return <ShiftCount shift={shift} onCounted={() => setStep("look")} />;
  }
  if (step === "look") {
    return (
      <ShiftLook
        shift={shift}
        counted={counted}
        onCountAgain={() => setStep("count")}
        onGoOn={() => setStep("close")}
      />
    );
  }
  return (
    <ShiftReport shift={shift} onBack={() => setStep("look")} onStale={() => setStep("count")} />
  );
}

function ShiftCount(props: { readonly shift: ShiftView; readonly onCounted: () => void }) {
  const { t } = useTranslation("shift");
  const count = useCommand("shift.count");
  const drawer = useCommand("drawer.open");
  return (
    <ShiftStep step="count">
      <p className={classes.hint}>{t("countHint")}</p>
      <CashCount
        draftKey={props.shift.shiftId}
        confirmLabel={(minor) => (minor === 0 ? t("countZero") : t("countDone"))}
        busy={count.running}
        beside={
          <TouchButton
            disabled={drawer.running}
            onClick={() => void drawer.run({ reason: t("drawerReason") })}
          >
            {t("openDrawer")}
          </TouchButton>
        }
        onConfirm={(countedMinor, denominations) => {
          void count.run({ countedMinor, denominations }).then((result) => {
            if (result?.ok === true) props.onCounted();
          });
        }}
      />
    </ShiftStep>
  );
}
