import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "../../../command/use-query.ts";
import { useIsManager } from "../../../state/use-is-manager.ts";
import { NoticeBanner } from "../../notice-banner.tsx";
import office from "../back-office.module.css";
import { Page } from "../page.tsx";
import { useWakeSync } from "../use-wake-sync.ts";
import { ExceptionCard } from "./exception-card.tsx";
import classes from "./inbox.module.css";

/** More than a person reads in a day; the rest is there when these are answered. */
const shown = 200;

/** What two sides saw differently, as cards that a manager answers. */
export function InboxPage() {
  const { t } = useTranslation("inbox");
  const [withResolved, setWithResolved] = useState(false);
  const query = useQuery("exceptions.list", { withResolved, limit: shown }, ["exceptions"]);
  const isManager = useIsManager();
  useWakeSync();
  const exceptions = query.value;
  return (
    <Page
      title={t("title")}
      failure={query.state === "failed" ? query.failure : null}
      filters={
        <label className={office.check}>
          <input
            type="checkbox"
            checked={withResolved}
            onChange={(event) => setWithResolved(event.target.checked)}
          />
          {t("withResolved")}
        </label>
      }
    >
      <NoticeBanner />
      {exceptions?.length === 0 && (
        <div className={office.empty} data-inbox-empty="">
          <p>{t("empty")}</p>
          <p>{t("emptyHint")}</p>
        </div>
      )}
      {exceptions !== null && exceptions.length > 0 && !isManager && (
        <p className={office.look}>{t("manager")}</p>
      )}
      <ul className={classes.cards}>
        {exceptions?.map((exception) => (
          <ExceptionCard
            key={exception.exceptionId}
            exception={exception}
            onAnswered={query.refresh}
          />
        ))}
      </ul>
    </Page>
  );
}
