import { useTranslation } from "react-i18next";
import { languageOf, type Language } from "./languages.ts";

/** The language on the screen now. */
export function useLanguage(): Language {
  return languageOf(useTranslation().i18n.language);
}
