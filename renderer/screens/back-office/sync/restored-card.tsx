import { useTranslation } from "react-i18next";
import type {
  RestoredFinding,
  RestoredHere,
  RestoredView,
} from "../../../../host/contract/office-views.ts";
import { useQuery } from "../../../command/use-query.ts";
import { isolate } from "../../../formatting/isolate.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import classes from "../sync.module.css";
import { findingStory } from "./finding-story.ts";

/** [R1] [R2] [R3] Disks and clouds that went on from an older copy: what was found, what was healed. */
export function RestoredCard() {
  const { t } = useTranslation("sync-centre");
  const { value } = useQuery("restored.view", {}, ["exceptions", "sync"]);
  if (value === null) return null;
  const isNothing = value.findings.length === 0 && !hasStory(value.here);
  return (
    <section className={classes.card} data-restored={value.findings.length}>
      <h2>{t("restored.title")}</h2>
      <p className={classes.hint}>{t(isNothing ? "restored.none" : "restored.hint")}</p>
      {hasStory(value.here) && <Here here={value.here} />}
      {value.findings.length > 0 && <Findings findings={value.findings} />}
    </section>
  );
}

function hasStory({ closedEpochs, receiptsBack }: RestoredHere): boolean {
  return closedEpochs > 0 || receiptsBack > 0;
}

function Here({ here }: { readonly here: RestoredHere }) {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  const { closedEpochs, epoch, receiptsBack, receiptsBackMinor, nextReceiptNumber } = here;
  return (
    <p data-restored-here={receiptsBack}>
      {closedEpochs > 0 && t("restored.epochs", { count: closedEpochs, epoch })}{" "}
      {receiptsBack > 0 &&
        t("restored.back", {
          count: receiptsBack,
          total: isolate(formats.moneyText(receiptsBackMinor)),
        })}{" "}
      {t("restored.number", { number: isolate(nextReceiptNumber) })}
    </p>
  );
}

function Findings({ findings }: Pick<RestoredView, "findings">) {
  const { t } = useTranslation("sync-centre");
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t("restored.title")}>
        <thead>
          <tr>
            <th scope="col">{t("restored.found")}</th>
            <th scope="col">{t("restored.healed")}</th>
            <th scope="col">{t("restored.state")}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((finding) => (
            <Finding key={finding.exceptionId} finding={finding} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Finding({ finding }: { readonly finding: RestoredFinding }) {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  const { found, healed } = findingStory(finding, t);
  const { kind, lastAtMs, resolved } = finding;
  return (
    <tr data-finding={kind} data-answered={resolved !== null}>
      <td>
        {found}
        <span className={classes.under}>{formats.moment(lastAtMs)}</span>
      </td>
      <td>{healed}</td>
      <td>
        {resolved === null ? (
          <a className={classes.link} href="#/back-office/inbox">
            {t("restored.open")}
          </a>
        ) : (
          t("restored.answered", {
            by: isolate(resolved.by),
            time: isolate(formats.moment(resolved.atMs)),
          })
        )}
      </td>
    </tr>
  );
}
