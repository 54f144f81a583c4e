import { useTranslation } from "react-i18next";
import type { PrintJobView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { useQuery } from "../../../command/use-query.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { useStatus } from "../../../state/status-store.ts";
import { jobRemedy, printerRemedy } from "./print-remedy.ts";
import classes from "./panes.module.css";

/** What the printer still owes, and the questions only a person can answer. */
export function PrintJobsPane() {
  const { t } = useTranslation("print-jobs");
  const jobs = useQuery("print.jobs", {}, ["print"]);
  const printer = useStatus((state) => state.view?.printer ?? null);
  const list = jobs.value ?? [];
  const open = list.filter((job) => job.state !== "printed");
  const first = open.find((job) => job.state === "unknown" || job.state === "failed");
  const printed = list.filter((job) => job.state === "printed");
  const remedy = printer === null ? null : printerRemedy(printer);
  return (
    <PaneFrame title={t("title")}>
      {remedy !== null && (
        <output className={classes.look}>
          {t("printer")}: {t(`remedy.${remedy}`)}
        </output>
      )}
      {jobs.state === "ready" && open.length === 0 && (
        <div className={classes.empty}>
          <strong>{t("empty")}</strong>
        </div>
      )}
      <ul className={classes.list} aria-label={t("waiting")}>
        {open.map((job) => (
          <OpenJob key={job.jobId} job={job} answersKeys={job === first} onSettled={jobs.refresh} />
        ))}
      </ul>
      {printed.length > 0 && (
        <>
          <h3 className={classes.heading}>{t("recent")}</h3>
          <ul className={classes.list}>
            {printed.map((job) => (
              <li key={job.jobId} className={classes.entry}>
                <JobText job={job} />
                <span className={classes.quiet}>
                  {job.why === "not-printed" ? (
                    t("state.settled")
                  ) : (
                    <>
                      <span aria-hidden>✓ </span>
                      {t("state.printed")}
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </PaneFrame>
  );
}

function JobText({ job }: { readonly job: PrintJobView }) {
  const { t } = useTranslation("print-jobs");
  const formats = useFormats();
  return (
    <div className={classes.entryText}>
      <span className={classes.name}>
        {t(`kind.${job.kind}`)} <bdi dir="ltr">{job.title}</bdi>
      </span>
      <span className={classes.quiet}>{formats.moment(job.createdAtMs)}</span>
    </div>
  );
}

function OpenJob(props: {
  readonly job: PrintJobView;
  /** The first that needs a person: YES, NO and ENTER of the control card mean this one. */
  readonly answersKeys: boolean;
  readonly onSettled: () => void;
}) {
  const { t } = useTranslation("print-jobs");
  const { job, onSettled } = props;
  const { jobId } = job;
  const retry = useCommand("print.retry");
  const resolve = useCommand("print.resolve");
  const busy = retry.running || resolve.running;
  const isDrawer = job.kind === "drawer-kick";
  const settle = (printed: boolean) => void resolve.run({ jobId, printed }).then(onSettled);
  // A drawer that stayed shut is put aside; nothing opens it later by itself.
  const again = () => {
    if (isDrawer) settle(false);
    else void retry.run({ jobId }).then(onSettled);
  };
  useKeys("pane", (key, source) => {
    if (!props.answersKeys || busy || source !== "card") return false;
    if (job.state === "unknown" && (key === "YES" || key === "NO")) settle(key === "YES");
    else if (job.state === "failed" && key === "ENTER") again();
    else return false;
    return true;
  });
  // What happened to the paper says nothing about a drawer.
  const remedy = isDrawer && job.state === "unknown" ? null : jobRemedy(job.why);
  return (
    <li className={classes.job} data-job={job.kind} data-state={job.state}>
      <div className={classes.jobHead}>
        <JobText job={job} />
        <span className={classes.jobState}>{t(`state.${job.state}`)}</span>
      </div>
      {remedy !== null && <p className={classes.question}>{t(`remedy.${remedy}`)}</p>}
      {job.state === "unknown" && (
        <>
          <p className={classes.question}>
            <strong>{t(isDrawer ? "drawerAsk" : "ask")}</strong>{" "}
            {isDrawer || remedy !== null ? null : t("askHint")}
          </p>
          <div className={classes.buttons}>
            <TouchButton disabled={busy} onClick={() => settle(true)}>
              {t(isDrawer ? "drawerYes" : "yes")}
            </TouchButton>
            <TouchButton disabled={busy} onClick={() => settle(false)}>
              {t(isDrawer ? "drawerNo" : "no")}
            </TouchButton>
          </div>
        </>
      )}
      {job.state === "failed" && (
        <div className={classes.buttons}>
          <TouchButton disabled={busy} onClick={again}>
            {t(isDrawer ? "putAside" : "retry")}
          </TouchButton>
        </div>
      )}
    </li>
  );
}
