import { useTranslation } from "react-i18next";
import type { TillRowView, TillsView } from "../../../../host/contract/office-views.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useNow } from "../../use-now.ts";
import classes from "../sync.module.css";
import { usePolledQuery } from "../use-polled-query.ts";
import { clockWords } from "./clock-words.ts";

const askEveryMs = 5_000;

/** Every till of the store in a row: what waits there, how its line stands, how its clock goes. */
export function TillsCard() {
  const { t } = useTranslation("sync-centre");
  const { value } = usePolledQuery("tills.list", {}, askEveryMs);
  return (
    <section className={classes.card}>
      <h2>{t("tills.title")}</h2>
      {value && (
        <>
          <Told tills={value} />
          <TillTable tills={value.tills} />
          <AllOpen count={value.openExceptions} />
        </>
      )}
    </section>
  );
}

function Told({ tills }: { readonly tills: TillsView }) {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  const { heardAtMs, isFresh } = tills;
  if (heardAtMs === null) return <p className={classes.hint}>{t("tills.never")}</p>;
  const key = isFresh ? "tills.asOf" : "tills.stale";
  return <p className={classes.hint}>{t(key, { time: formats.time(heardAtMs) })}</p>;
}

/** One that names no till, or two of them, is not found by adding the rows up. */
function AllOpen({ count }: { readonly count: number }) {
  const { t } = useTranslation("sync-centre");
  if (count === 0) return null;
  return (
    <p className={classes.hint} data-all-open={count}>
      {t("tills.allOpen", { count })}{" "}
      <a className={classes.link} href="#/back-office/inbox">
        {t("tills.toInbox")}
      </a>
    </p>
  );
}

/** What asks a person about this till, and the way there. */
function OpenExceptions({ till }: { readonly till: TillRowView }) {
  const { t } = useTranslation("sync-centre");
  const { openExceptions: count, tillNumber, terminalId } = till;
  if (count === 0) return t("none");
  return (
    <a
      className={classes.link}
      href={`#/back-office/inbox/${terminalId}`}
      aria-label={t("tills.openTill", { till: t("tills.number", { number: tillNumber }), count })}
      data-till-exceptions={count}
    >
      {t("tills.open", { count })}
    </a>
  );
}

const columns = [
  ...(["till", "line", "unsent", "oldest", "throughput", "clock", "parked"] as const),
  "exceptions",
] as const;

function TillTable({ tills }: { readonly tills: readonly TillRowView[] }) {
  const { t } = useTranslation("sync-centre");
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t("tills.title")}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`tills.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tills.map((till) => (
            <TillRow key={till.terminalId} till={till} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const calm: ReadonlySet<TillRowView["line"]> = new Set(["online", "trying"]);

function TillRow({ till }: { readonly till: TillRowView }) {
  const { t } = useTranslation("sync-centre");
  const { t: office } = useTranslation("back-office");
  const formats = useFormats();
  const nowMs = useNow(15_000);
  const count = (value: number) => formats.quantity(value * 1000);
  const { oldestUnsentAtMs, unsent, lastHeardAtMs, line } = till;
  return (
    <tr data-till={till.tillNumber} data-till-unsent={unsent} data-line={line}>
      <th scope="row">
        {t(till.isThis ? "tills.this" : "tills.number", { number: till.tillNumber })}
        {till.program !== null && (
          <span className={classes.under}>
            <bdi dir="ltr">{till.program}</bdi>
          </span>
        )}
      </th>
      <td>
        <span className={calm.has(line) ? undefined : classes.watch}>
          <span aria-hidden>{calm.has(line) ? "● " : "○ "}</span>
          {t(`line.${line}`)}
        </span>
        {lastHeardAtMs !== null && (
          <span className={classes.under}>
            {t("tills.heard", { time: formats.moment(lastHeardAtMs) })}
          </span>
        )}
      </td>
      <td>{unsent === null ? t("tills.unknown") : count(unsent)}</td>
      <td>
        {oldestUnsentAtMs === null
          ? t(unsent === null ? "tills.unknown" : "none")
          : nowMs - oldestUnsentAtMs < 60_000
            ? t("tills.justNow")
            : formats.age(nowMs - oldestUnsentAtMs)}
      </td>
      <td>
        {till.factsPerMinute === null
          ? t("tills.unknown")
          : t("tills.perMinute", { count: till.factsPerMinute })}
      </td>
      <td>{clockWords(till.clockSkewMs, office, formats.quantity)}</td>
      <td className={till.parked > 0 ? classes.watch : undefined}>{count(till.parked)}</td>
      <td>
        <OpenExceptions till={till} />
      </td>
    </tr>
  );
}
