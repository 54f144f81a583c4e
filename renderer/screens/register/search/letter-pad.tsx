import { useTranslation } from "react-i18next";
import { useLanguage } from "../../../i18n/use-language.ts";
import type { Language } from "../../../i18n/languages.ts";
import { useEntry } from "../../../state/entry-store.ts";
import classes from "./letter-pad.module.css";

/**
 * The letters as each language's keyboards have them; a till has no room for more than search
 * needs.
 */
const rows: Readonly<Record<Language, readonly string[]>> = {
  en: ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
  de: ["qwertzuiopü", "asdfghjklöä", "yxcvbnmß"],
  he: ["קראטוןםפ", "שדגכעיחלךף", "זסבהנמצתץ"],
};

/** Letters for a till without a keyboard. */
export function LetterPad() {
  const { t } = useTranslation(["register", "shell"]);
  const language = useLanguage();
  const write = (change: (text: string) => string) =>
    useEntry.setState(({ text }) => ({ text: change(text).slice(0, 100) }));
  const key = (face: string, label: string | undefined, press: () => void) => (
    <button
      key={face}
      type="button"
      aria-label={label}
      onPointerDown={(event) => event.preventDefault()}
      onClick={press}
    >
      {face}
    </button>
  );
  return (
    <div className={classes.pad} dir={language === "he" ? "rtl" : "ltr"}>
      {rows[language].map((letters, row) => (
        <div key={letters}>
          {Array.from(letters, (letter) =>
            key(letter, undefined, () => write((text) => text + letter)),
          )}
          {row === 2 && key("␣", t("search.space"), () => write((text) => `${text} `))}
          {row === 2 && key("⌫", t("shell:delete"), () => write((text) => text.slice(0, -1)))}
        </div>
      ))}
    </div>
  );
}
