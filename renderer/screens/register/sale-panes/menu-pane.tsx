import { useTranslation } from "react-i18next";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { navigate } from "../../../router/route.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import { PreferencesRow } from "../../preferences-row.tsx";
import type { RegisterAction } from "../register-actions.ts";
import { useRegisterActions } from "../use-register-keys.ts";
import classes from "./sale-panes.module.css";

const entries = [
  { action: "shift", hint: undefined },
  { action: "suspended", hint: undefined },
  { action: "receipts", hint: "F10" },
  { action: "returns", hint: "F7" },
  { action: "drawer", hint: "F9" },
  { action: "keys", hint: "F1" },
  { action: "back-office", hint: undefined },
] as const satisfies readonly { readonly action: RegisterAction; readonly hint: unknown }[];

/** Everything that is not part of ringing up: shift, receipts, the screen's looks, leaving. */
export function MenuPane() {
  const { t } = useTranslation("register");
  const run = useRegisterActions();
  const person = useRegister((state) => state.view?.person?.name ?? "");
  return (
    <PaneFrame title={t("menu.title")}>
      <div className={classes.group}>
        <h3>{t("menu.till")}</h3>
        <div className={classes.buttons}>
          {entries.map(({ action, hint }) => (
            <TouchButton key={action} hint={hint} data-action={action} onClick={() => run(action)}>
              {t(`action.${action}`)}
            </TouchButton>
          ))}
          <TouchButton
            data-action="gift-card"
            onClick={() => usePane.getState().open({ kind: "gift-card" })}
          >
            {t("giftCard.title")}
          </TouchButton>
          <TouchButton onClick={() => navigate("/control-card")}>
            {t("menu.controlCard")}
          </TouchButton>
        </div>
      </div>
      <div className={classes.group}>
        <h3>{t("menu.screen")}</h3>
        <PreferencesRow />
      </div>
      <div className={classes.group}>
        <h3>{person}</h3>
        <TouchButton data-action="sign-out" onClick={() => run("sign-out")}>
          {t("menu.signOut")}
        </TouchButton>
      </div>
    </PaneFrame>
  );
}
