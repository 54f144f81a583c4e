import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShiftView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import { CashCount } from "./shift-cash-count.tsx";
import { ShiftLook } from "./shift-look.tsx";
import { ShiftReport } from "./shift-report.tsx";
import classes from "./shift.module.css";

const steps = ["count", "look", "close"] as const;
type Step = (typeof steps)[number];

const stepWords = { count: "stepCount", look: "stepLook", close: "stepClose" } as const;

/** Count → look → close. What is expected is not on the screen before the count was written down. */
export function ShiftClosePane({ shift }: { readonly shift: ShiftView }) {
  const { t } = useTranslation("shift");
  const formats = useFormats();
  const [step, setStep] = useState<Step>(shift.counted === null ? "count" : "look");
  const saleIsOpen = useRegister((state) => (state.view?.cart?.lines.length ?? 0) > 0);
  const closePane = usePane((state) => state.close);
  const shown = shift.counted === null ? "count" : step;

  return (
    <PaneFrame title={t("closeTitle")} onBack={closePane}>
      <Steps current={shown} />
      <p className={classes.hint}>
        {t("shiftSince", {
          name: shift.openedBy,
          moment: formats.moment(shift.openedAtMs),
          amount: formats.moneyText(shift.floatMinor),
        })}
      </p>
      {saleIsOpen && (
        <p role="alert" className={classes.look}>
          {t("saleIsOpen")}
        </p>
      )}
      {shown === "count" && <Count shift={shift} onCounted={() => setStep("look")} />}
      {shown === "look" && shift.counted && (
        <ShiftLook
          counted={shift.counted}
          onCountAgain={() => setStep("count")}
          onGoOn={() => setStep("close")}
        />
      )}
      {shown === "close" && shift.counted && (
        <ShiftReport
          shift={shift}
          onBack={() => setStep("look")}
          onStale={() => setStep("count")}
        />
      )}
    </PaneFrame>
  );
}

function Steps({ current }: { readonly current: Step }) {
  const { t } = useTranslation("shift");
  return (
    <ol className={classes.steps}>
      {steps.map((step, i) => (
        <li
          key={step}
          aria-current={step === current ? "step" : undefined}
          data-done={i < steps.indexOf(current) || undefined}
        >
          <span aria-hidden>{i < steps.indexOf(current) ? "✓" : i + 1}</span>
          {t(stepWords[step])}
        </li>
      ))}
    </ol>
  );
}

function Count(props: { readonly shift: ShiftView; readonly onCounted: () => void }) {
  const { t } = useTranslation("shift");
  const count = useCommand("shift.count");
  const drawer = useCommand("drawer.open");
  return (
    <>
      <div className={classes.row}>
        <p className={classes.hint}>{t("countHint")}</p>
        <TouchButton
          disabled={drawer.running}
          onClick={() => void drawer.run({ reason: t("drawerReason") })}
        >
          {t("openDrawer")}
        </TouchButton>
      </div>
      <CashCount
        draftKey={props.shift.shiftId}
        confirmLabel={(minor) => (minor === 0 ? t("countZero") : t("countDone"))}
        busy={count.running}
        onConfirm={(countedMinor, denominations) => {
          void count.run({ countedMinor, denominations }).then((result) => {
            if (result?.ok === true) props.onCounted();
          });
        }}
      />
    </>
  );
}
