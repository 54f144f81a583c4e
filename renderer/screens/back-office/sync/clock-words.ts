import type { useTranslation } from "react-i18next";

type Words = ReturnType<typeof useTranslation<"back-office">>["t"];

/** Skew is the cloud's time less the till's: positive means that the till is behind. */
export function clockWords(
  skewMs: number | null,
  t: Words,
  quantity: (milli: number) => string,
): string {
  if (skewMs === null) return t("sync.clockUnknown");
  if (Math.abs(skewMs) < 1_000) return t("sync.clockRight");
  const seconds = quantity(Math.round(Math.abs(skewMs) / 1_000) * 1_000);
  return t(skewMs > 0 ? "sync.clockBehind" : "sync.clockAhead", { seconds });
}
