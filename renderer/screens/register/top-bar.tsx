import { useTranslation } from "react-i18next";
import { TouchButton } from "../../controls/touch-button.tsx";
import { useFormats } from "../../formatting/use-formats.ts";
import { usePane } from "../../state/pane-store.ts";
import { useRegister } from "../../state/register-store.ts";
import { useNow } from "../use-now.ts";
import { SearchField } from "./search/search-field.tsx";
import classes from "./top-bar.module.css";

export function TopBar() {
  const { t } = useTranslation(["register", "shell"]);
  const formats = useFormats();
  const store = useRegister((state) => state.view?.terminal.storeName ?? "");
  const till = useRegister((state) => state.view?.terminal.tillNumber ?? 0);
  const person = useRegister((state) => state.view?.person?.name ?? "");
  const open = usePane((state) => state.open);
  const now = useNow(5_000);
  return (
    <header className={classes.bar}>
      <p className={classes.store}>
        <strong>{t("shell:appName")}</strong>
        <span>{t("shell:store", { store, till })}</span>
      </p>
      <SearchField />
      <p className={classes.person}>
        <bdi>{person}</bdi>
        <time dir="ltr">{formats.time(now)}</time>
      </p>
      <TouchButton kind="quiet" aria-label={t("menu.title")} onClick={() => open({ kind: "menu" })}>
        ☰
      </TouchButton>
    </header>
  );
}
