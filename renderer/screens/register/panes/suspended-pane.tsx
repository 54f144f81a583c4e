import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SuspendedView } from "../../../../host/contract/views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { useQuery } from "../../../command/use-query.ts";
import { Amount } from "../../../controls/amount.tsx";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { isolate } from "../../../formatting/isolate.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useKeys } from "../../../keyboard/key-handlers.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useRegister } from "../../../state/register-store.ts";
import { onEnter } from "./on-enter.ts";
import classes from "./panes.module.css";

/** Sales put aside, and the way back to them. */
export function SuspendedPane() {
  const { t } = useTranslation("suspended");
  const count = useRegister((state) => state.view?.suspendedCount ?? 0);
  const saleIsOpen = useRegister((state) => (state.view?.cart?.lines.length ?? 0) > 0);
  const { value, refresh } = useQuery("cart.suspended", {}, ["sales"]);
  const recall = useCommand("cart.recall");
  const close = usePane((state) => state.close);
  useEffect(refresh, [count, refresh]);

  async function take(suspensionId: string): Promise<void> {
    const result = await recall.run({ suspensionId });
    if (result?.ok === true) close();
    else refresh();
  }

  useKeys("pane", (key) => {
    const cart = value?.[Number(key) - 1];
    if (cart === undefined || saleIsOpen) return false;
    void take(cart.suspensionId);
    return true;
  });

  return (
    <PaneFrame title={t("title")}>
      {saleIsOpen && <SuspendOpen />}
      {value?.length === 0 && (
        <div className={classes.empty}>
          <strong>{t("empty")}</strong>
          <p>{t("emptyHint")}</p>
        </div>
      )}
      <ul className={classes.list} aria-label={t("title")}>
        {value?.map((cart, i) => (
          <SuspendedRow
            key={cart.suspensionId}
            cart={cart}
            hint={i < 9 ? String(i + 1) : undefined}
            disabled={saleIsOpen || recall.running}
            onRecall={() => void take(cart.suspensionId)}
          />
        ))}
      </ul>
    </PaneFrame>
  );
}

function SuspendedRow(props: {
  readonly cart: SuspendedView;
  readonly hint: string | undefined;
  readonly disabled: boolean;
  readonly onRecall: () => void;
}) {
  const { t } = useTranslation("suspended");
  const formats = useFormats();
  const { cart } = props;
  const time = formats.time(cart.suspendedAtMs);
  return (
    <li className={classes.entry} data-suspended={cart.totalMinor}>
      <div className={classes.entryText}>
        <bdi className={classes.name}>{cart.note ?? cart.firstLine}</bdi>
        <span className={classes.quiet}>
          {t("by", { time, name: isolate(cart.by) })} · {t("lines", { count: cart.lines })}
        </span>
        {cart.note !== null && cart.firstLine !== null && (
          <bdi className={classes.quiet}>{cart.firstLine}</bdi>
        )}
      </div>
      <Amount minor={cart.totalMinor} className={classes.entryAmount} />
      <TouchButton
        kind="go"
        hint={props.hint}
        disabled={props.disabled}
        aria-label={t("recallOf", { time, amount: formats.moneyText(cart.totalMinor) })}
        onClick={props.onRecall}
      >
        {t("recall")}
      </TouchButton>
    </li>
  );
}

function SuspendOpen() {
  const { t } = useTranslation("suspended");
  const [note, setNote] = useState("");
  const suspend = useCommand("cart.suspend");
  const trimmed = note.trim();
  const putAside = () =>
    void suspend.run(trimmed === "" ? {} : { note: trimmed }).then((result) => {
      if (result?.ok === true) setNote("");
    });
  return (
    <div className={classes.look}>
      <p>{t("openSale")}</p>
      <label className={classes.field}>
        <span>{t("note")}</span>
        <input
          autoComplete="off"
          maxLength={80}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={onEnter(putAside)}
        />
      </label>
      <TouchButton disabled={suspend.running} onClick={putAside}>
        {t("suspendOpen")}
      </TouchButton>
    </div>
  );
}
