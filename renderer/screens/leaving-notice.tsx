import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EvertillBridge } from "../channel/port-wire.ts";
import { useKeys } from "../keyboard/key-handlers.ts";
import { useQuery } from "../command/use-query.ts";
import { TouchButton } from "../controls/touch-button.tsx";
import { useFormats } from "../formatting/use-formats.ts";
import classes from "./leaving-notice.module.css";
import { useNow } from "./use-now.ts";

/** [P2] Somebody closes the desktop app's window while something waits: what, and the way out. */
export function LeavingNotice() {
  const bridge = window.evertill;
  const [isLeaving, setIsLeaving] = useState(false);
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.source === window && event.data === "evertill-leaving") setIsLeaving(true);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);
  if (bridge === undefined || !isLeaving) return null;
  return (
    <Notice
      bridge={bridge}
      onStay={() => {
        setIsLeaving(false);
        bridge.stay();
      }}
    />
  );
}

interface NoticeProps {
  readonly bridge: EvertillBridge;
  readonly onStay: () => void;
}

function Notice({ bridge, onStay }: NoticeProps) {
  const { t } = useTranslation("leave");
  const titleId = useId();
  const leaving = useQuery("leave.check", { what: "close" }, ["sync", "sales"]).value;
  useKeys("modal", (key) => {
    if (key === "ESC") onStay();
    // These press the answer that has the focus.
    return key !== "ENTER" && key !== "SPACE";
  });
  if (leaving === null) return null;
  const { unsent, isSaleOpen, reasons } = leaving;
  return (
    <div className={classes.over}>
      <section
        ref={takeFocus}
        tabIndex={-1}
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={titleId}
        className={classes.notice}
        data-closing={reasons.join(" ")}
      >
        <h2 id={titleId}>{t("closing.title")}</h2>
        {isSaleOpen && <p>{t("closing.saleOpen")}</p>}
        {unsent > 0 && <Unsent {...leaving} />}
        {reasons.length === 0 && (
          <p>
            <span aria-hidden>✓ </span>
            {t("sent")}
          </p>
        )}
        <footer className={classes.answers}>
          <TouchButton kind="go" size="large" data-action="stay-open" onClick={onStay}>
            {t("closing.stay")}
          </TouchButton>
          <TouchButton size="large" data-action="close-all-the-same" onClick={() => bridge.leave()}>
            {t(reasons.length === 0 ? "closing.go" : "closing.goAnyway")}
          </TouchButton>
        </footer>
      </section>
    </div>
  );
}

/** Read out at once, and the next Tab is at its answers; no button, for a scan ends with Enter. */
function takeFocus(notice: HTMLElement | null): void {
  notice?.focus();
}

interface UnsentProps {
  readonly unsent: number;
  readonly oldestUnsentAtMs: number | null;
  readonly isOnline: boolean;
}

function Unsent({ unsent, oldestUnsentAtMs: oldest, isOnline }: UnsentProps) {
  const { t } = useTranslation("leave");
  const formats = useFormats();
  const nowMs = useNow(15_000);
  return (
    <>
      <p>
        <strong>{t("waits", { count: unsent })}</strong>{" "}
        {oldest !== null &&
          nowMs - oldest >= 60_000 &&
          t("oldest", { age: formats.age(nowMs - oldest) })}
      </p>
      <p>{t(isOnline ? "online" : "offline")}</p>
      <p className={classes.hint}>{t("off")}</p>
    </>
  );
}
