import { useMemo } from "react";
import { formatLocaleOf } from "../i18n/languages.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useRegister } from "../state/register-store.ts";
import { formatAge, formatBusinessDate, formatMoment, formatTime } from "./moments.ts";
import { formatAmount, formatMoney, formatQuantity, type MoneyFormat } from "./money.ts";

/** Writes numbers, money and times in the screen's language and the till's currency. */
export interface Formats {
  readonly money: MoneyFormat;
  /** Digits only: put them in `<Amount>` or an isolated span. */
  readonly amount: (minor: number) => string;
  /** With the currency, isolated: for sentences. */
  readonly moneyText: (minor: number) => string;
  readonly quantity: (milli: number) => string;
  readonly time: (atMs: number) => string;
  readonly moment: (atMs: number) => string;
  readonly businessDate: (date: string) => string;
  readonly age: (ageMs: number) => string;
}

export function useFormats(): Formats {
  const language = useLanguage();
  const currency = useRegister((state) => state.view?.terminal.currency ?? "");
  const exponent = useRegister((state) => state.view?.terminal.currencyExponent ?? 2);
  const timeZone = useRegister((state) => state.view?.terminal.timeZone ?? "UTC");
  return useMemo(
    () => formatsOf({ locale: formatLocaleOf(language), currency, exponent }, timeZone),
    [language, currency, exponent, timeZone],
  );
}

/** The formats of one language, currency and place. */
function formatsOf(money: MoneyFormat, timeZone: string): Formats {
  const { locale } = money;
  const place = { locale, timeZone };
  return {
    money,
    amount: (minor) => formatAmount(minor, money),
    moneyText: (minor) => formatMoney(minor, money),
    quantity: (milli) => formatQuantity(milli, locale),
    time: (atMs) => formatTime(atMs, place),
    moment: (atMs) => formatMoment(atMs, place),
    businessDate: (date) => formatBusinessDate(date, locale),
    age: (ageMs) => formatAge(ageMs, locale),
  };
}
