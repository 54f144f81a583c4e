import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import "./keys.ts";
import { usePreferences } from "../state/preferences-store.ts";
import { directionOf, languageOf, type Language } from "./languages.ts";

type Words = Record<string, unknown>;

/**
 * Every i18n/<language>/<namespace>.json is found by itself: a new area is a new file per language.
 */
const files = import.meta.glob<Words>("./*/*.json", { eager: true, import: "default" });

/**
 * Starts the words before the first paint, in the language chosen on this screen or the browser's.
 */
export function startI18n(): void {
  const resources: Record<string, Record<string, Words>> = {};
  for (const [path, words] of Object.entries(files)) {
    const [, language = "", namespace = ""] = /^\.\/(\w+)\/([\w-]+)\.json$/.exec(path) ?? [];
    resources[language] = { ...resources[language], [namespace]: words };
  }
  void i18next.use(initReactI18next).init({
    resources,
    lng: usePreferences.getState().language ?? languageOf(navigator.language),
    fallbackLng: "en",
    defaultNS: "shell",
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  i18next.on("languageChanged", showDirection);
  showDirection(i18next.language);
}

/** The host's word on the language, unless somebody chose another on this screen. */
export function startLanguage(locale: string): void {
  const language = usePreferences.getState().language ?? languageOf(locale);
  if (language !== i18next.language) void i18next.changeLanguage(language);
}

/** A person's choice; kept for the next start. */
export function chooseLanguage(language: Language): void {
  usePreferences.setState({ language });
  void i18next.changeLanguage(language);
}

function showDirection(locale: string): void {
  const language = languageOf(locale);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}
