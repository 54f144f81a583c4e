import { useEffect, useRef, useState } from "react";
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

/** A second tap of the finger that answered a card is no answer to the one that moves under it. */
const settleMs = 600;

/** What two sides saw differently, as cards that a manager answers. */
export function InboxPage({ terminalId }: { readonly terminalId: string | null }) {
  const { t } = useTranslation("inbox");
  const { t: words } = useTranslation("back-office");
  const [withResolved, setWithResolved] = useState(false);
  const named = terminalId === null ? {} : { terminalId };
  const input = { withResolved, limit: shown, ...named };
  const query = useQuery("exceptions.list", input, ["exceptions"]);
  const isManager = useIsManager();
  const exceptions = query.value;
  const open = exceptions?.filter(({ resolved }) => resolved === null).length ?? 0;
  const { cards, isSettling, onAnswered } = useSettling(query.refresh);
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
      {exceptions?.length === shown && (
        <p className={office.look} data-newest={shown}>
          {t("newest", { count: shown })}
        </p>
      )}
      <output className="for-ears-only">
        {exceptions !== null &&
          (exceptions.length === 0 ? t("empty") : words("openExceptions", { count: open }))}
      </output>
      <ul ref={cards} tabIndex={-1} aria-label={t("title")} className={classes.cards}>
        {exceptions?.map((exception) => (
          <ExceptionCard
            key={exception.exceptionId}
            exception={exception}
            isSettling={isSettling}
            onAnswered={onAnswered}
          />
        ))}
      </ul>
    </Page>
  );
}

/** The button that was pressed goes away with its card: the keyboard goes on at the cards. */
function useSettling(refresh: () => void) {
  const cards = useRef<HTMLUListElement>(null);
  const [answered, setAnswered] = useState(0);
  const [settled, setSettled] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(answered), settleMs);
    return () => clearTimeout(timer);
  }, [answered]);
  const onAnswered = () => {
    setAnswered((last) => last + 1);
    cards.current?.focus();
    refresh();
  };
  return { cards, isSettling: answered !== settled, onAnswered };
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
