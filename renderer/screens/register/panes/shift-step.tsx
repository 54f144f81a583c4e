import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import classes from "./shift.module.css";

const steps = ["count", "look", "close"] as const;
export type CloseStep = (typeof steps)[number];

const words = { count: "stepCount", look: "stepLook", close: "stepClose" } as const;

interface ShiftStepProps {
  readonly step: CloseStep;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of one of the three steps of closing a shift. Leaving it loses nothing. */
export function ShiftStep({ step, footer, children }: ShiftStepProps) {
  const { t } = useTranslation("shift");
  const closePane = usePane((state) => state.close);
  const saleIsOpen = useRegister((state) => (state.view?.cart?.lines.length ?? 0) > 0);
  const current = steps.indexOf(step);
  return (
    <PaneFrame title={t("closeTitle")} onBack={closePane} footer={footer}>
      <ol className={classes.steps}>
        {steps.map((each, i) => (
          <li
            key={each}
            aria-current={each === step ? "step" : undefined}
            data-done={i < current || undefined}
          >
            <span aria-hidden>{i < current ? "✓" : i + 1}</span>
            {t(words[each])}
          </li>
        ))}
      </ol>
      {saleIsOpen && (
        <p role="alert" className={classes.look}>
          {t("saleIsOpen")}
        </p>
      )}
      {children}
    </PaneFrame>
  );
}
