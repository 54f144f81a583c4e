import { useTranslation } from "react-i18next";
import type { ShiftView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { useQuery } from "../../../command/use-query.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { ShiftDocument } from "../../../documents/shift-document.tsx";
import { paperOfOpenShift } from "../../../documents/shift-paper.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { useRegister } from "../../../state/register-store.ts";
import { ShiftStep } from "./shift-step.tsx";
import { dropDrafts, useShiftClosing, useShiftDrafts } from "./shift-store.ts";
import classes from "./shift.module.css";

interface ShiftReportProps {
  readonly shift: ShiftView;
  readonly onBack: () => void;
  /** Cash moved after the count: it has to be counted again. */
  readonly onStale: () => void;
}

/** The Z as it will be stored and printed, and the button that does it. */
export function ShiftReport({ shift, onBack, onStale }: ShiftReportProps) {
  const { t } = useTranslation("shift");
  const { t: documents } = useTranslation("documents");
  const tillNumber = useRegister((state) => state.view?.terminal.tillNumber ?? 0);
  const reason = useShiftDrafts((state) => state.reason).trim();
  const shifts = useQuery("shifts.list", { limit: 20 }, ["shifts", "sales"]);
  const summary = shifts.value?.find((each) => each.shiftId === shift.shiftId);
  const close = useCommand("shift.close");
  const why = shift.counted?.varianceMinor === 0 ? "" : reason;

  async function closeShift(): Promise<void> {
    useShiftClosing.setState({ closing: true });
    const result = await close.run(why === "" ? {} : { reason: why });
    const closed = result?.ok === true ? { z: result.value, reason: why } : null;
    if (closed !== null) dropDrafts();
    useShiftClosing.setState({ closing: false, closed });
    if (result?.ok === false && result.failure.type === "NotCounted") onStale();
  }

  useKeys("pane", (key, source) => {
    if (key !== "ENTER" || source !== "card") return false;
    if (!close.running) void closeShift();
    return true;
  });

  return (
    <ShiftStep
      step="close"
      footer={
        <>
          <TouchButton size="large" onClick={onBack}>
            {t("back")}
          </TouchButton>
          <TouchButton
            kind="go"
            size="large"
            disabled={close.running}
            onClick={() => void closeShift()}
          >
            {t("closeAction")}
          </TouchButton>
        </>
      }
    >
      <p className={classes.hint}>{t("beforeClose")}</p>
      {summary?.running && (
        <ShiftDocument
          paper={paperOfOpenShift(summary, summary.running, shift)}
          tillNumber={tillNumber}
          title={documents("zPreviewTitle")}
          reason={why}
        />
      )}
    </ShiftStep>
  );
}
