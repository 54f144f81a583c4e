import { useTranslation } from "react-i18next";
import { languageNames, languages } from "../i18n/languages.ts";
import { chooseLanguage } from "../i18n/start-i18n.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { usePreferences } from "../state/preferences-store.ts";
import { useColourScheme } from "../theme/use-colour-scheme.ts";
import classes from "./preferences-row.module.css";

/** Language, light or dark, sound: a press each, kept for this screen. */
export function PreferencesRow() {
  const { t } = useTranslation();
  const language = useLanguage();
  const scheme = useColourScheme();
  const muted = usePreferences((state) => state.muted);
  return (
    <div className={classes.row}>
      <fieldset className={classes.choice}>
        <legend className="for-ears-only">{t("language")}</legend>
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            aria-pressed={each === language}
            onClick={() => chooseLanguage(each)}
          >
            {languageNames[each]}
          </button>
        ))}
      </fieldset>
      <fieldset className={classes.choice}>
        <legend className="for-ears-only">{t("colours")}</legend>
        {(["light", "dark"] as const).map((colours) => (
          <button
            key={colours}
            type="button"
            aria-pressed={colours === scheme}
            onClick={() => usePreferences.setState({ colours })}
          >
            {t(`colour.${colours}`)}
          </button>
        ))}
      </fieldset>
      <fieldset className={classes.choice}>
        <legend className="for-ears-only">{t("sound")}</legend>
        <button
          type="button"
          aria-pressed={!muted}
          onClick={() => usePreferences.setState({ muted: !muted })}
        >
          {t("sound")} · {t(muted ? "soundOff" : "soundOn")}
        </button>
      </fieldset>
    </div>
  );
}
