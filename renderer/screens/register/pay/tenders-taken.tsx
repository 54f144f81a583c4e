import { useTranslation } from "react-i18next";
import type { CartTenderView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { Amount } from "../../../controls/amount.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import classes from "./pay-pane.module.css";

/** What was already taken on this sale, each with its way back. */
export function TendersTaken(props: { tenders: readonly CartTenderView[]; locked: boolean }) {
  const { t } = useTranslation("register");
  const remove = useCommand("tender.remove");
  if (props.tenders.length === 0) return null;
  return (
    <ul className={classes.tenders} aria-label={t("pay.taken")}>
      {props.tenders.map((tender) => (
        <li key={tender.tenderId} data-taken={tender.kind}>
          <span>{t(`tender.${tender.kind}`)}</span>
          {tender.label !== undefined && (
            <bdi className={classes.label} dir="ltr">
              {tender.label}
            </bdi>
          )}
          <Amount minor={tender.amountMinor} />
          <TouchButton
            kind="quiet"
            disabled={props.locked || remove.running}
            onClick={() => void remove.run({ tenderId: tender.tenderId })}
          >
            {t("pay.takeBack")}
          </TouchButton>
        </li>
      ))}
    </ul>
  );
}
