/** The languages of the screens; the first is what the others fall back to. */
export const languages = ["en", "de", "he"] as const;
export type Language = (typeof languages)[number];

/** Each language in its own words, for the menu. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  he: "עברית",
};

/** How numbers and times are written; 24-hour clocks everywhere. */
const formatLocales: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE", he: "he-IL" };

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "he" ? "rtl" : "ltr";
}

/** The Intl locale that goes with a language. */
export function formatLocaleOf(language: Language): string {
  return formatLocales[language];
}

/** The language of a BCP 47 tag ("de-AT" → "de"), English where we have none. */
export function languageOf(locale: string): Language {
  const primary = locale.toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language === primary) ?? "en";
}
