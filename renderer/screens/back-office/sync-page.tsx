import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SyncView } from "../../../host/contract/views.ts";
import { useChannel } from "../../channel/channel-context.tsx";
import { useQuery } from "../../command/use-query.ts";
import { TouchButton } from "../../controls/touch-button.tsx";
import { useFormats } from "../../formatting/use-formats.ts";
import { Page } from "./page.tsx";
import { BreakerCard } from "./sync/breaker-card.tsx";
import { clockWords } from "./sync/clock-words.ts";
import { EvidenceCard } from "./sync/evidence-card.tsx";
import { ParkedCard } from "./sync/parked-card.tsx";
import { ProofCard } from "./sync/proof-card.tsx";
import { RestoredCard } from "./sync/restored-card.tsx";
import { TillsCard } from "./sync/tills-card.tsx";
import { SyncHeadline } from "./sync-headline.tsx";
import classes from "./sync.module.css";

/** Whether the cloud has everything, in one line; the proof under it. */
export function SyncPage() {
  const { t } = useTranslation("back-office");
  const channel = useChannel();
  const query = useQuery("sync.view", {}, ["sync", "sales"]);
  const [looking, setLooking] = useState(false);
  const sync = query.value;

  async function look(): Promise<void> {
    setLooking(true);
    await channel.call("sync.wake", {});
    setLooking(false);
    query.refresh();
  }

  return (
    <Page
      title={t("sync.title")}
      failure={query.state === "failed" ? query.failure : null}
      actions={
        <TouchButton disabled={looking} onClick={() => void look()}>
          {t(looking ? "sync.looking" : "sync.look")}
        </TouchButton>
      }
    >
      {sync && (
        <>
          <SyncHeadline network={sync.network} />
          <TillsCard />
          <BreakerCard sync={sync} />
          <ProofCard />
          <BothSides sync={sync} />
          <Figures sync={sync} />
          <ParkedCard />
          <RestoredCard />
          <EvidenceCard terminalId={sync.terminalId} />
        </>
      )}
    </Page>
  );
}

function BothSides({ sync }: { readonly sync: SyncView }) {
  const { t } = useTranslation("back-office");
  const equal = sync.network.provedEqual;
  const sides = [
    { key: "here", head: sync.local },
    { key: "acked", head: sync.acked },
    { key: "cloud", head: sync.cloud },
  ] as const;
  return (
    <section className={classes.card}>
      <header className={classes.cardHead}>
        <h2>{t("sync.bothSides")}</h2>
        <p className={classes.proof} data-equal={equal}>
          <span aria-hidden>{equal ? "✓" : "≠"}</span> {t(equal ? "sync.equal" : "sync.notEqual")}
        </p>
      </header>
      <p className={classes.hint}>{t(equal ? "sync.equalHint" : "sync.notEqualHint")}</p>
      <table className={classes.table} aria-label={t("sync.table")}>
        <thead>
          <tr>
            <th scope="col">{t("sync.side")}</th>
            <th scope="col">{t("sync.seq")}</th>
            <th scope="col">{t("sync.hash")}</th>
          </tr>
        </thead>
        <tbody>
          {sides.map(({ key, head }) => (
            <tr key={key} data-side={key} data-seq={head?.seq} data-hash={head?.hash}>
              <th scope="row">{t(`sync.${key}`)}</th>
              {head === null || head.seq === 0 ? (
                <td colSpan={2}>{t(head === null ? "sync.cloudUnknown" : "sync.nothing")}</td>
              ) : (
                <>
                  <td>
                    <bdi dir="ltr">{head.seq}</bdi>
                  </td>
                  <td>
                    <code dir="ltr">{head.hash}</code>
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figures({ sync }: { readonly sync: SyncView }) {
  const { t } = useTranslation("back-office");
  const formats = useFormats();
  const count = (value: number) => formats.quantity(value * 1000);
  const { cursor, feedEnd, clockSkewMs } = sync;
  return (
    <section className={classes.card}>
      <h2>{t("sync.numbers")}</h2>
      <dl className={classes.facts}>
        <dt>{t("sync.terminal")}</dt>
        <dd>
          <code dir="ltr">{sync.terminalId}</code>
        </dd>
        <dt>{t("sync.epoch")}</dt>
        <dd>{count(sync.epoch)}</dd>
        <dt>{t("sync.unsent")}</dt>
        <dd data-unsent={sync.network.unsent}>{count(sync.network.unsent)}</dd>
        <dt>{t("sync.hub")}</dt>
        <dd data-hub={sync.hub?.tillNumber}>
          <HubWords hub={sync.hub} />
        </dd>
        <dt>{t("sync.cursor")}</dt>
        <dd>
          {feedEnd === null
            ? count(cursor)
            : t("sync.cursorOf", { cursor: count(cursor), end: count(feedEnd) })}
        </dd>
        <dt>{t("sync.clock")}</dt>
        <dd>{clockWords(clockSkewMs, t, formats.quantity)}</dd>
      </dl>
    </section>
  );
}

/** Which till hands facts on between the store's tills, and whether it has all of this one's. */
function HubWords({ hub }: { readonly hub: SyncView["hub"] }) {
  const { t } = useTranslation("back-office");
  if (hub === null) return t("sync.hubNone");
  if (hub.isSelf) return t("sync.hubSelf");
  const name = t("sync.hubOther", { number: hub.tillNumber });
  return t(hub.isShared ? "sync.hubShared" : "sync.hubBehind", { hub: name });
}
