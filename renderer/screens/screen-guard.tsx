import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TouchButton } from "../controls/touch-button.tsx";
import classes from "./till-screen.module.css";

interface GuardState {
  /** What broke the screen; null while it stands. */
  readonly defect: string | null;
}

/**
 * A bug of a screen must not leave a blank till: it says so, and loading again brings the sale
 * back.
 */
export class ScreenGuard extends Component<{ children: ReactNode }, GuardState> {
  override state: GuardState = { defect: null };

  static getDerivedStateFromError(defect: unknown): GuardState {
    return { defect: defect instanceof Error ? defect.message : String(defect) };
  }

  override render(): ReactNode {
    const { defect } = this.state;
    return defect === null ? this.props.children : <BrokenScreen defect={defect} />;
  }
}

function BrokenScreen(props: { defect: string }) {
  const { t } = useTranslation();
  return (
    <main className={classes.center} role="alert" data-screen-defect={props.defect}>
      <p>{t("screenDefect")}</p>
      <code dir="ltr">{props.defect}</code>
      <TouchButton kind="go" size="large" onClick={() => window.location.reload()}>
        {t("reload")}
      </TouchButton>
    </main>
  );
}
