import { useTranslation } from "react-i18next";
import { useStatus } from "../../state/status-store.ts";
import { LedgerBar } from "../ledger-bar.tsx";
import { NoticeBanner } from "../notice-banner.tsx";
import { StatusBar } from "../status-bar.tsx";
import { CartLines } from "./cart/cart-lines.tsx";
import { CartTotals } from "./cart/cart-totals.tsx";
import { SpokenCart } from "./cart/spoken-cart.tsx";
import { RightPane } from "./right-pane.tsx";
import { TopBar } from "./top-bar.tsx";
import { useFollowSale } from "./use-follow-sale.ts";
import { useLeaveSearch } from "./use-leave-search.ts";
import { useRegisterKeys } from "./use-register-keys.ts";
import classes from "./register-screen.module.css";

/** The register: the cart never leaves, everything else happens beside it. */
export function RegisterScreen() {
  const { t } = useTranslation(["register", "shell"]);
  useRegisterKeys();
  useFollowSale();
  useLeaveSearch();
  const connected = useStatus((state) => state.connected);
  return (
    <div className={classes.screen}>
      <div>
        <LedgerBar />
        <TopBar />
      </div>
      <main className={classes.main}>
        <section className={classes.cart} aria-label={t("cart.label")}>
          {/* On top, where the list is old or empty: it moves no line that is looked at. */}
          {!connected && (
            <p className={classes.away} aria-live="polite">
              {t("shell:reconnecting")}
            </p>
          )}
          <NoticeBanner />
          <CartLines />
          <CartTotals />
          <SpokenCart />
        </section>
        <aside className={classes.pane} data-pane="">
          <RightPane />
        </aside>
      </main>
      <StatusBar />
    </div>
  );
}
