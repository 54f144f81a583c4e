import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { ParkedView } from "../../../../host/contract/exception-views.ts";
import { useChannel } from "../../../channel/channel-context.tsx";
import { useCommand } from "../../../command/use-command.ts";
import { useQuery } from "../../../command/use-query.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useIsManager } from "../../../state/use-is-manager.ts";
import { saveFile } from "../save-file.ts";
import classes from "../sync.module.css";

/** [U8] What the cloud could not work into its books: visible with its reason, judged again, exported. */
export function ParkedCard() {
  const { t } = useTranslation("sync-centre");
  const query = useQuery("parked.list", {}, ["sync", "exceptions"]);
  const parked = query.value ?? [];
  return (
    <section className={classes.card} data-parked={parked.length}>
      <header className={classes.cardHead}>
        <h2>{t("parked.title")}</h2>
        {parked.length > 0 && <ParkedButtons onDone={query.refresh} />}
      </header>
      {parked.length === 0 ? (
        <p className={classes.hint}>{t("parked.none")}</p>
      ) : (
        <>
          <p className={classes.hint}>{t("parked.hint")}</p>
          <ParkedTable parked={parked} />
        </>
      )}
    </section>
  );
}

function ParkedButtons({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation("sync-centre");
  const channel = useChannel();
  const isManager = useIsManager();
  const retry = useCommand("parked.retry");
  const [isAsked, setIsAsked] = useState(false);

  async function judgeAgain(): Promise<void> {
    const result = await retry.run({});
    if (result?.ok !== true) return;
    setIsAsked(true);
    onDone();
  }

  async function save(): Promise<void> {
    const file = await channel.call("parked.export", {});
    if (file.ok) saveFile(file.value.fileName, "application/json", [file.value.json]);
  }

  return (
    <>
      <output className={classes.hint}>
        {isAsked ? t("parked.retried") : !isManager && t("parked.manager")}
      </output>
      {isManager && (
        <TouchButton disabled={retry.running} onClick={() => void judgeAgain()}>
          {t("parked.retry")}
        </TouchButton>
      )}
      <TouchButton onClick={() => void save()}>{t("parked.export")}</TouchButton>
    </>
  );
}

function ParkedTable({ parked }: { readonly parked: readonly ParkedView[] }) {
  const { t } = useTranslation("sync-centre");
  const formats = useFormats();
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t("parked.title")}>
        <thead>
          <tr>
            {(["till", "fact", "what", "when", "reason"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`parked.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parked.map(({ terminalId, epoch, seq, tillNumber, type, atMs, reason }) => (
            <tr key={`${terminalId} ${epoch} ${seq}`}>
              <td>{tillNumber ?? t("tills.unknown")}</td>
              <td>
                <bdi dir="ltr">
                  {epoch}:{seq}
                </bdi>
              </td>
              <td>
                <bdi dir="ltr">{type ?? t("tills.unknown")}</bdi>
              </td>
              <td>{atMs === null ? t("tills.unknown") : formats.moment(atMs)}</td>
              <td>
                <bdi dir="ltr">{reason}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
