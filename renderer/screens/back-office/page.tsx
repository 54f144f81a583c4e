import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { type AnyFailure, failureText } from "../../command/failure-text.ts";
import { useFormats } from "../../formatting/use-formats.ts";
import { useKeys } from "../../keyboard/key-handlers.ts";
import classes from "./back-office.module.css";

interface PageProps {
  readonly title: string;
  /** What stands beside the title: the export, "look now". */
  readonly actions?: ReactNode;
  readonly filters?: ReactNode;
  /** Stands beside the page where there is room, else over it. */
  readonly detail?: ReactNode;
  readonly failure?: AnyFailure | null | undefined;
  readonly children: ReactNode;
}

/** One page of the back office: its title, its filters, its table, and the detail of what was chosen. */
export function Page(props: PageProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const titleId = useId();
  const problem = props.failure ? failureText(props.failure, t, formats) : null;
  const hasDetail = props.detail !== undefined && props.detail !== null;
  return (
    <main className={classes.page} aria-labelledby={titleId} data-detail={hasDetail || undefined}>
      <div className={classes.main}>
        <header className={classes.pageHead}>
          <h1 id={titleId}>{props.title}</h1>
          <div className={classes.pageActions}>{props.actions}</div>
        </header>
        {problem && (
          <div role="alert" className={classes.alert}>
            <strong>{problem.happened}</strong> {problem.todo}
          </div>
        )}
        {props.filters && <div className={classes.filters}>{props.filters}</div>}
        {props.children}
      </div>
      {hasDetail && <div className={classes.detail}>{props.detail}</div>}
    </main>
  );
}

/** The frame of a detail: a way back, and what there is to see. */
export function Detail(props: {
  readonly onClose: () => void;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation("back-office");
  useKeys("pane", (key) => {
    if (key !== "ESC") return false;
    props.onClose();
    return true;
  });
  return (
    <section className={classes.detailBody}>
      <header className={classes.detailHead}>
        {props.title !== undefined && (
          <h2>
            <bdi>{props.title}</bdi>
          </h2>
        )}
        <button type="button" className={classes.close} onClick={props.onClose}>
          <span aria-hidden>✕</span> {t("close")}
        </button>
      </header>
      {props.children}
    </section>
  );
}
