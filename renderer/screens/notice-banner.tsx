import { useTranslation } from "react-i18next";
import { useFailureText } from "../command/use-failure-text.ts";
import { TouchButton } from "../controls/touch-button.tsx";
import { type Notice, useNotice } from "../state/notice-store.ts";
import { usePane } from "../state/pane-store.ts";
import { focusSearch } from "./register/focus-search.ts";
import classes from "./notice-banner.module.css";

/** What went wrong last and what to do, in its own row: it covers nothing and waits for nobody. */
export function NoticeBanner() {
  const { t } = useTranslation("register");
  const text = useFailureText();
  const notices = useNotice((state) => state.notices);
  const dismiss = useNotice((state) => state.dismiss);
  const notice = notices[0];
  if (notice === undefined) return null;
  const { happened, todo } = text(notice.failure);
  return (
    <div className={classes.banner} role="alert" data-notice={notice.failure.type}>
      <span className={classes.sign} aria-hidden="true">
        !
      </span>
      <p className={classes.text}>
        <strong>{happened}</strong>
        {notices.length > 1 && (
          <span className={classes.more}>{t("notice.more", { count: notices.length - 1 })}</span>
        )}
        <span className={classes.todo}>{todo}</span>
      </p>
      <WayOut notice={notice} />
      <TouchButton kind="quiet" aria-label={t("notice.dismiss")} onClick={() => dismiss(notice.id)}>
        ✕
      </TouchButton>
    </div>
  );
}

/** The button that does what the words say. */
function WayOut(props: { notice: Notice }) {
  const { t } = useTranslation("register");
  const open = usePane((state) => state.open);
  const dismiss = useNotice((state) => state.dismiss);
  const { failure, id } = props.notice;
  const leave = (action: () => void) => () => {
    dismiss(id);
    action();
  };
  switch (failure.type) {
    case "UnknownCode":
    case "UnknownProduct":
      return (
        <>
          <TouchButton onClick={leave(() => open({ kind: "open-item" }))}>
            {t("openItem.title")}
          </TouchButton>
          <TouchButton onClick={leave(() => focusSearch())}>{t("search.title")}</TouchButton>
        </>
      );
    case "PriceNeeded":
      return (
        <TouchButton onClick={leave(() => open({ kind: "price", product: failure.product }))}>
          {t("price.title")}
        </TouchButton>
      );
    case "NoShift":
      return (
        <TouchButton onClick={leave(() => open({ kind: "shift" }))}>
          {t("notice.openShift")}
        </TouchButton>
      );
    default:
      return null;
  }
}
