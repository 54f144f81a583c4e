import { memo } from "react";
import { useTranslation } from "react-i18next";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useRegister } from "../../../state/register-store.ts";
import type { RegisterAction } from "../register-actions.ts";
import { useRegisterActions } from "../use-register-keys.ts";
import classes from "./function-bar.module.css";

const functions = [
  { action: "quantity", hint: "F3" },
  { action: "suspend", hint: "F6" },
  { action: "returns", hint: "F7" },
  { action: "drawer", hint: "F9" },
  { action: "receipts", hint: "F10" },
  { action: "open-item", hint: "F11" },
  { action: "void", hint: "⇧Del" },
  { action: "keys", hint: "F1" },
] as const satisfies readonly { readonly action: RegisterAction; readonly hint: string }[];

/** What a cashier does besides scanning, always at the same place. */
export const FunctionBar = memo(function FunctionBar() {
  const { t } = useTranslation("register");
  const run = useRegisterActions();
  const hasCart = useRegister((state) => (state.view?.cart ?? null) !== null);
  const suspended = useRegister((state) => state.view?.suspendedCount ?? 0);
  return (
    <div className={classes.bar} role="toolbar" aria-label={t("functions")}>
      {functions.map(({ action, hint }) => {
        const recalls = action === "suspend" && !hasCart;
        const needsCart = action === "void" || (recalls && suspended === 0);
        return (
          <TouchButton
            key={action}
            hint={hint}
            disabled={needsCart && !hasCart}
            data-action={action}
            onClick={() => run(action)}
          >
            {recalls && suspended > 0
              ? t("recall.short", { count: suspended })
              : t(`action.${action}`)}
          </TouchButton>
        );
      })}
    </div>
  );
});
