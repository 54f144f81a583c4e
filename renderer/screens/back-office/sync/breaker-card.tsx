import { useTranslation } from "react-i18next";
import type { BreakerView, SyncView } from "../../../../host/contract/views.ts";
import { isolate } from "../../../formatting/isolate.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useNow } from "../../use-now.ts";
import classes from "../sync.module.css";

/** [L1] The line to the cloud: whether calls pass, since when, and what happens next by itself. */
export function BreakerCard({ sync }: { readonly sync: SyncView }) {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  const { breaker, trouble, lastError } = sync;
  const { state, sinceMs, failures, last } = breaker;
  return (
    <section className={classes.card} data-breaker={state}>
      <header className={classes.cardHead}>
        <h2>{t("breaker.title")}</h2>
        <p className={classes.proof} data-kind={state === "closed" ? "equal" : "waits"}>
          <span aria-hidden>{icons[state]} </span>
          {t(`breaker.state.${state}`)}
        </p>
      </header>
      <dl className={classes.facts}>
        <dt>{t("breaker.since")}</dt>
        <dd>{sinceMs === null ? t("tills.unknown") : formats.moment(sinceMs)}</dd>
        <dt>{t("breaker.failures")}</dt>
        <dd data-failures={failures}>{formats.quantity(failures * 1000)}</dd>
        <dt>{t("breaker.next")}</dt>
        <dd>
          <NextTry breaker={breaker} />
        </dd>
        <dt>{t("breaker.trouble")}</dt>
        <dd data-trouble={trouble}>
          {t(trouble === null ? "breaker.nothing" : `breaker.kind.${trouble}`)}
        </dd>
        <dt>{t("breaker.last")}</dt>
        <dd data-last-trouble={last?.kind}>
          {last === null
            ? t("breaker.never")
            : t("breaker.lastAt", {
                time: isolate(formats.moment(last.atMs)),
                reason: t(`breaker.reason.${last.kind}`),
              })}
        </dd>
        {lastError !== null && (
          <>
            <dt>{t("breaker.support")}</dt>
            <dd>
              <bdi dir="ltr">{lastError}</bdi>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

const icons = { closed: "✓", open: "○", probing: "◐" } as const;

function NextTry({ breaker }: { readonly breaker: BreakerView }) {
  const { t } = useTranslation("sync-centre");
  const nowMs = useNow(500);
  const { state, nextTryAtMs } = breaker;
  if (state === "closed") return t("breaker.nextNone");
  const seconds = Math.ceil(((nextTryAtMs ?? nowMs) - nowMs) / 1_000);
  return seconds <= 0 ? t("breaker.nextNow") : t("breaker.nextIn", { count: seconds });
}
