import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { TouchButton } from "../controls/touch-button.tsx";
import { useRegister } from "../state/register-store.ts";
import { useStatus } from "../state/status-store.ts";
import { RegisterScreen } from "./register/register-screen.tsx";
import { SignInScreen } from "./sign-in/sign-in-screen.tsx";
import classes from "./till-screen.module.css";

/** The cashier's screen: sign-in until somebody is, then the register. */
export function TillScreen() {
  const { t } = useTranslation();
  const known = useRegister((state) => state.view !== null);
  const signedIn = useRegister((state) => (state.view?.person ?? null) !== null);
  const outdated = useStatus((state) => state.outdated);
  const store = useRegister((state) => state.view?.terminal.storeName ?? "");
  useEffect(() => {
    document.title = store === "" ? "Evertill" : `Evertill · ${store}`;
  }, [store]);
  if (outdated) {
    return (
      <main className={classes.center}>
        <p>{t("outdated")}</p>
        <TouchButton kind="go" size="large" onClick={() => window.location.reload()}>
          {t("reload")}
        </TouchButton>
      </main>
    );
  }
  if (!known) {
    return (
      <main className={classes.center}>
        <p>{t("connecting")}</p>
      </main>
    );
  }
  return signedIn ? <RegisterScreen /> : <SignInScreen />;
}
