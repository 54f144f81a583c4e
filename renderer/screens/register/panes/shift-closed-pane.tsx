import { useTranslation } from "react-i18next";
import type { ZReport } from "../../../../domain/shift/z-report.ts";
import { useQuery } from "../../../command/use-query.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { ShiftDocument } from "../../../documents/shift-document.tsx";
import { paperOfZ } from "../../../documents/shift-paper.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import { useShiftClosing } from "./shift-store.ts";
import classes from "./shift.module.css";

/** The stored Z of the shift just closed, and whether it is on paper. */
export function ShiftClosedPane({ z }: { readonly z: ZReport }) {
  const { t } = useTranslation("shift");
  const open = usePane((state) => state.open);
  const tillNumber = useRegister((state) => state.view?.terminal.tillNumber ?? 0);
  const jobs = useQuery("print.jobs", {}, ["print"]);
  const job = jobs.value?.findLast(
    (each) => each.kind === "z-report" && each.createdAtMs >= z.closedAtMs,
  );
  const needsPerson = job?.state === "unknown" || job?.state === "failed";

  /** The next shift's float is asked for in the same place. */
  function done(): void {
    useShiftClosing.setState({ closed: null });
  }

  function showJobs(): void {
    useShiftClosing.setState({ closed: null });
    open({ kind: "print-jobs" });
  }

  useKeys("pane", (key, source) => {
    if (key !== "ENTER" || source !== "card") return false;
    done();
    return true;
  });

  return (
    <PaneFrame
      title={t("closedTitle")}
      onBack={done}
      footer={
        <>
          {needsPerson && (
            <TouchButton size="large" onClick={showJobs}>
              {t("showJobs")}
            </TouchButton>
          )}
          <TouchButton kind="go" size="large" onClick={done}>
            {t("done")}
          </TouchButton>
        </>
      }
    >
      <output className={classes.stored} data-stored-z={z.zNumber}>
        <span aria-hidden>✓ </span>
        {t("closedStored", { number: z.zNumber })} {job && t(`printState.${job.state}`)}
      </output>
      <ShiftDocument paper={paperOfZ(z)} tillNumber={tillNumber} />
    </PaneFrame>
  );
}
