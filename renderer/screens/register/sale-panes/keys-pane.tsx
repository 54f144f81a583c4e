import { useTranslation } from "react-i18next";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { keyMap } from "../register-actions.ts";
import classes from "./sale-panes.module.css";

/** The map of the keys, beside the cart: the sale goes on while it is read. */
export function KeysPane() {
  const { t } = useTranslation("register");
  return (
    <PaneFrame title={t("keys.title")}>
      <dl className={classes.keys}>
        {keyMap.map(({ keys, action }) => (
          <KeyRow key={keys} keys={keys} does={t(`does.${action}`)} />
        ))}
        <KeyRow keys="6 F3" does={t("does.quantityBefore")} />
        <KeyRow keys="F3 6 ↵" does={t("does.quantityAfter")} />
        <KeyRow keys="F12 F5" does={t("does.exactCash")} />
        <KeyRow keys="F12 F8" does={t("does.card")} />
        <KeyRow keys="F12 2000 ↵" does={t("does.cashTyped")} />
      </dl>
      <p className={classes.hint}>{t("keys.hint")}</p>
    </PaneFrame>
  );
}

function KeyRow(props: { keys: string; does: string }) {
  return (
    <>
      <dt>
        <kbd dir="ltr">{props.keys}</kbd>
      </dt>
      <dd>{props.does}</dd>
    </>
  );
}
