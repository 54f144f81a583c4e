import { useTranslation } from "react-i18next";
import { useFormats } from "../../formatting/use-formats.ts";
import { useStatus } from "../../state/status-store.ts";
import classes from "./sign-in.module.css";

/** [D2] A new till gets the store's goods: how far they are, and when it can sell. */
export function SnapshotProgress() {
  const { t } = useTranslation("sign-in");
  const formats = useFormats();
  const snapshot = useStatus((state) => state.view?.snapshot ?? null);
  if (snapshot === null) return null;
  const { done, total, why, sellable } = snapshot;
  const count = (value: number) => formats.quantity(value * 1000);
  const of = { done: count(done), total: count(total) };
  return (
    <section className={classes.progress} aria-live="polite" data-snapshot={why}>
      <h2>{t(`snapshot.${why}`)}</h2>
      <progress
        aria-label={t(`snapshot.${why}`)}
        max={Math.max(total, 1)}
        value={total === 0 ? undefined : done}
      />
      <p>
        {total === 0 ? t("snapshot.begins") : t("snapshot.rows", of)}{" "}
        {t(sellable ? "snapshot.sells" : "snapshot.waits")}
      </p>
    </section>
  );
}
