import { useTranslation } from "react-i18next";
import { useCommand } from "../../../command/use-command.ts";
import { useQuery } from "../../../command/use-query.ts";
import { PaneFrame } from "../../../controls/pane-frame.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useNow } from "../../use-now.ts";
import classes from "./sale-panes.module.css";

/** [P2] The day's end with something unsent: says so and what to do, and keeps nobody from leaving. */
export function LeavePane() {
  const { t } = useTranslation("leave");
  const formats = useFormats();
  const nowMs = useNow(15_000);
  const close = usePane((state) => state.close);
  const signOut = useCommand("session.sign-out");
  const leaving = useQuery("leave.check", { what: "sign-out" }, ["sync"]).value;
  const unsent = leaving?.unsent ?? 0;
  const oldest = leaving?.oldestUnsentAtMs ?? null;
  return (
    <PaneFrame
      title={t("title")}
      footer={
        <>
          <TouchButton size="large" onClick={close}>
            {t("stay")}
          </TouchButton>
          <TouchButton
            kind="go"
            size="large"
            data-action="leave"
            disabled={signOut.running}
            onClick={() => void signOut.run({})}
          >
            {t("go")}
          </TouchButton>
        </>
      }
    >
      {leaving && unsent === 0 && (
        <p data-leave="sent">
          <span aria-hidden>✓ </span>
          {t("sent")}
        </p>
      )}
      {leaving && unsent > 0 && (
        <div data-leave="unsent">
          <p>
            <strong>{t("waits", { count: unsent })}</strong>{" "}
            {oldest !== null &&
              nowMs - oldest >= 60_000 &&
              t("oldest", { age: formats.age(nowMs - oldest) })}
          </p>
          <p>{t(leaving.isOnline ? "online" : "offline")}</p>
          <p className={classes.hint}>{t("off")}</p>
        </div>
      )}
    </PaneFrame>
  );
}
