import { useTranslation } from "react-i18next";
import { useQuery } from "../../command/use-query.ts";
import { navigate, useRoute } from "../../router/route.ts";
import { useRegister } from "../../state/register-store.ts";
import { useIsManager } from "../../state/use-is-manager.ts";
import { useStatus } from "../../state/status-store.ts";
import { LedgerBar } from "../ledger-bar.tsx";
import { PreferencesRow } from "../preferences-row.tsx";
import classes from "./back-office.module.css";
import { CountsPage } from "./counts/counts-page.tsx";
import { GoodsPage } from "./goods/goods-page.tsx";
import { InboxPage } from "./inbox/inbox-page.tsx";
import { Page } from "./page.tsx";
import { SalesPage } from "./sales-page.tsx";
import { ShiftsPage } from "./shifts-page.tsx";
import { StockPage } from "./stock-page.tsx";
import { SyncPage } from "./sync-page.tsx";
import { TodayPage } from "./today-page.tsx";
import { useOfficeScans } from "./use-office-scans.ts";

const parts = ["today", "inbox", "sales", "stock", "goods", "counts", "shifts", "sync"] as const;
type Part = (typeof parts)[number];

/** A cashier sees no prices to change and no counts to make. The host asks again with every command. */
const managersOnly: ReadonlySet<Part> = new Set(["goods", "counts"]);

/** For a manager with ten minutes: the answer first, the table under it. */
export function BackOfficeScreen() {
  const [, , path, chosen] = useRoute().split("/");
  const part = parts.find((each) => each === path) ?? "today";
  const { t: shell } = useTranslation("shell");
  const connected = useStatus((state) => state.connected);
  const key = chosen === undefined || chosen === "" ? null : decodeURIComponent(chosen);
  const open = (next: string | null) =>
    navigate(`/back-office/${part}${next === null ? "" : `/${encodeURIComponent(next)}`}`);
  return (
    <div className={classes.office}>
      <OfficeScans />
      <Navigation part={part} />
      <div className={classes.content}>
        <LedgerBar />
        {!connected && <output className={classes.away}>{shell("reconnecting")}</output>}
        <PartPage part={part} chosen={key} onChoose={open} />
      </div>
    </div>
  );
}

/** Stands before the pages: one that asks for scans itself is asked first. */
function OfficeScans() {
  useOfficeScans();
  return null;
}

interface PartPageProps {
  readonly part: Part;
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

function PartPage({ part, chosen, onChoose }: PartPageProps) {
  const isManager = useIsManager();
  if (managersOnly.has(part) && !isManager) return <ManagerDoor part={part} />;
  switch (part) {
    case "inbox":
      return <InboxPage terminalId={chosen} />;
    case "goods":
      return <GoodsPage chosen={chosen} onChoose={onChoose} />;
    case "counts":
      return <CountsPage chosen={chosen} />;
    case "today":
      return <TodayPage />;
    case "sales":
      return <SalesPage chosen={chosen} onChoose={onChoose} />;
    case "stock":
      return <StockPage chosen={chosen} onChoose={onChoose} />;
    case "shifts":
      return <ShiftsPage chosen={chosen} onChoose={onChoose} />;
    case "sync":
      return <SyncPage />;
    default:
      return part satisfies never;
  }
}

function Navigation({ part }: { readonly part: Part }) {
  const { t } = useTranslation("back-office");
  const { t: shell } = useTranslation("shell");
  const isManager = useIsManager();
  const terminal = useRegister((state) => state.view?.terminal ?? null);
  return (
    <nav className={classes.navigation} aria-label={t("navigation")}>
      <p className={classes.where}>
        <strong>Evertill</strong>
        {terminal && (
          <span>{shell("store", { store: terminal.storeName, till: terminal.tillNumber })}</span>
        )}
      </p>
      <ul>
        {parts
          .filter((each) => isManager || !managersOnly.has(each))
          .map((each) => (
            <li key={each}>
              <a href={`#/back-office/${each}`} aria-current={each === part ? "page" : undefined}>
                {t(`nav.${each}`)}
                {each === "inbox" && <OpenExceptions />}
              </a>
            </li>
          ))}
        <li>
          <a href="#/control-card">{t("nav.control-card")}</a>
        </li>
      </ul>
      <div className={classes.preferences}>
        <PreferencesRow />
      </div>
      <a className={classes.leave} href="#/">
        {t("toRegister")}
      </a>
    </nav>
  );
}

/** A badge says so many; from there on that they are more. */
const mostCounted = 100;

/** How many ask for a person, beside the word that leads to them. */
function OpenExceptions() {
  const { t } = useTranslation("back-office");
  const open =
    useQuery("exceptions.list", { limit: mostCounted }, ["exceptions"]).value?.length ?? 0;
  if (open === 0) return null;
  return (
    <span className={classes.badge} data-open-exceptions={open}>
      <span aria-hidden>{open < mostCounted ? open : `${mostCounted - 1}+`}</span>
      <span className="for-ears-only">{t("openExceptions", { count: open })}</span>
    </span>
  );
}

/** What stands where a page is a manager's: how to become one. */
function ManagerDoor({ part }: { readonly part: Part }) {
  const { t } = useTranslation("back-office");
  return (
    <Page title={t(`nav.${part}`)}>
      <div className={classes.empty} data-manager-door="">
        <p>{t("managerDoor")}</p>
        <a href="#/">{t("toRegister")}</a>
      </div>
    </Page>
  );
}
