import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "../keyboard/key-handlers.ts";
import { usePane } from "../state/pane-store.ts";
import classes from "./pane-frame.module.css";
import { TouchButton } from "./touch-button.tsx";

interface PaneFrameProps {
  readonly title: string;
  /** Where Back leads; the goods where nothing is said. Esc does the same. */
  readonly onBack?: (() => void) | undefined;
  /** Stays in sight below what scrolls. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of everything that stands beside the cart. */
export function PaneFrame(props: PaneFrameProps) {
  const { t } = useTranslation();
  const close = usePane((state) => state.close);
  const titleId = useId();
  useKeys("pane", (key) => {
    if (key !== "ESC" || props.onBack === undefined) return false;
    props.onBack();
    return true;
  });
  return (
    <section className={classes.frame} aria-labelledby={titleId}>
      <header className={classes.header}>
        <h2 id={titleId} className={classes.title}>
          {props.title}
        </h2>
        <TouchButton kind="quiet" hint="Esc" data-pane-back="" onClick={props.onBack ?? close}>
          {t("back")}
        </TouchButton>
      </header>
      <div className={classes.body}>{props.children}</div>
      {props.footer !== undefined && <footer className={classes.footer}>{props.footer}</footer>}
    </section>
  );
}
