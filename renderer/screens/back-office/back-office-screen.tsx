import { useTranslation } from "react-i18next";
import { navigate, useRoute } from "../../router/route.ts";
import { useRegister } from "../../state/register-store.ts";
import { useStatus } from "../../state/status-store.ts";
import { LedgerBar } from "../ledger-bar.tsx";
import { PreferencesRow } from "../preferences-row.tsx";
import classes from "./back-office.module.css";
import { SalesPage } from "./sales-page.tsx";
import { ShiftsPage } from "./shifts-page.tsx";
import { StockPage } from "./stock-page.tsx";
import { SyncPage } from "./sync-page.tsx";
import { TodayPage } from "./today-page.tsx";
import { useOfficeScans } from "./use-office-scans.ts";

const parts = ["today", "sales", "stock", "shifts", "sync"] as const;
type Part = (typeof parts)[number];

/** For a manager with ten minutes: the answer first, the table under it. */
export function BackOfficeScreen() {
  useOfficeScans();
  const [, , path, chosen] = useRoute().split("/");
  const part = parts.find((each) => each === path) ?? "today";
  const { t: shell } = useTranslation("shell");
  const connected = useStatus((state) => state.connected);
  const key = chosen === undefined || chosen === "" ? null : decodeURIComponent(chosen);
  const open = (next: string | null) =>
    navigate(`/back-office/${part}${next === null ? "" : `/${encodeURIComponent(next)}`}`);
  return (
    <div className={classes.office}>
      <Navigation part={part} />
      <div className={classes.content}>
        <LedgerBar />
        {!connected && <output className={classes.away}>{shell("reconnecting")}</output>}
        <PartPage part={part} chosen={key} onChoose={open} />
      </div>
    </div>
  );
}

interface PartPageProps {
  readonly part: Part;
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

function PartPage({ part, chosen, onChoose }: PartPageProps) {
  switch (part) {
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
        {parts.map((each) => (
          <li key={each}>
            <a href={`#/back-office/${each}`} aria-current={each === part ? "page" : undefined}>
              {t(`nav.${each}`)}
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
