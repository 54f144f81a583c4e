import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuery } from "../../../command/use-query.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { navigate } from "../../../router/route.ts";
import { useIsManager } from "../../../state/use-is-manager.ts";
import { NoticeBanner } from "../../notice-banner.tsx";
import office from "../back-office.module.css";
import { Page } from "../page.tsx";
import { ExceptionCard } from "./exception-card.tsx";
import classes from "./inbox.module.css";

/** More than a person reads in a day; the rest is there when these are answered. */
const shown = 200;

/** What two sides saw differently, as cards that a manager answers. */
export function InboxPage({ terminalId }: { readonly terminalId: string | null }) {
  const { t } = useTranslation("inbox");
  const [withResolved, setWithResolved] = useState(false);
  const named = terminalId === null ? {} : { terminalId };
  const input = { withResolved, limit: shown, ...named };
  const query = useQuery("exceptions.list", input, ["exceptions"]);
  const isManager = useIsManager();
  const exceptions = query.value;
  return (
    <Page
      title={t("title")}
      failure={query.state === "failed" ? query.failure : null}
      filters={
        <>
          {terminalId !== null && <OneTill terminalId={terminalId} />}
          <label className={office.check}>
            <input
              type="checkbox"
              checked={withResolved}
              onChange={(event) => setWithResolved(event.target.checked)}
            />
            {t("withResolved")}
          </label>
        </>
      }
    >
      <NoticeBanner />
      {exceptions?.length === 0 && (
        <div className={office.empty} data-inbox-empty="">
          <p>{t(terminalId === null ? "empty" : "emptyTill")}</p>
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

/** The inbox came from a till's row: says so, and leads back to all of it. */
function OneTill({ terminalId }: { readonly terminalId: string }) {
  const { t } = useTranslation("inbox");
  const tills = useQuery("tills.list", {}).value?.tills;
  const number = tills?.find((till) => till.terminalId === terminalId)?.tillNumber;
  return (
    <div className={classes.oneTill}>
      <strong data-inbox-till={number}>
        {number === undefined ? t("onlyThis") : t("onlyTill", { number })}
      </strong>
      <TouchButton onClick={() => navigate("/back-office/inbox")}>{t("all")}</TouchButton>
    </div>
  );
}
