import { useTranslation } from "react-i18next";
import type { NetworkView } from "../../../host/contract/views.ts";
import { useFormats } from "../../formatting/use-formats.ts";
import { useNow } from "../use-now.ts";
import { headlineOf } from "./headline.ts";
import classes from "./sync.module.css";

const icons = { proved: "✓", waiting: "○", stopped: "!" } as const;

/** Where everything stands, in words. Offline is weather; only a refused till is red. */
export function SyncHeadline({ network }: { readonly network: NetworkView }) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const nowMs = useNow(15_000);
  const { tone, first, next } = headlineOf(network);
  const { oldestUnsentAtMs, provedAtMs, unsent } = network;
  const oldestWords = (ageMs: number) =>
    ageMs < 60_000 ? t("sync.oldestNow") : t("sync.oldest", { age: formats.age(ageMs) });
  return (
    <div aria-live="polite" className={classes.headline} data-tone={tone} data-headline={first}>
      <span aria-hidden className={classes.icon}>
        {icons[tone]}
      </span>
      <div>
        <p className={classes.first}>{t(`sync.${first}`, { count: unsent })}</p>
        <p>
          {tone === "proved" && provedAtMs !== null && (
            <span>{t("sync.provedAt", { time: formats.moment(provedAtMs) })} </span>
          )}
          {unsent > 0 && oldestUnsentAtMs !== null && (
            <span>{oldestWords(nowMs - oldestUnsentAtMs)} </span>
          )}
          {next !== null && t(`sync.${next}`)}
        </p>
      </div>
      <p className={classes.line}>
        {t(network.state === "online" ? "sync.online" : "sync.offline")}
      </p>
    </div>
  );
}
