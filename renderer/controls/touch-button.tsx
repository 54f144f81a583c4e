import type { ComponentProps, ReactNode } from "react";
import classes from "./touch-button.module.css";

interface TouchButtonProps extends Omit<ComponentProps<"button">, "className"> {
  /** `go` is the one accent: what leads on. `stop` takes something away. */
  readonly kind?: "plain" | "go" | "stop" | "quiet";
  /** `large`: 64 px, for what is pressed often or last. */
  readonly size?: "normal" | "large";
  /** The key that does the same, e.g. "F12". */
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly className?: string | undefined;
}

/** A button for a finger: 48 px and more. */
export function TouchButton(props: TouchButtonProps) {
  const { kind = "plain", size = "normal", hint, icon, className, children, ...rest } = props;
  const classNames = [classes.button, classes[kind], classes[size], className ?? ""].join(" ");
  return (
    <button type="button" {...rest} className={classNames} aria-keyshortcuts={hint}>
      {icon}
      <span className={classes.label}>{children}</span>
      {hint !== undefined && (
        <kbd className={classes.hint} dir="ltr">
          {hint}
        </kbd>
      )}
    </button>
  );
}
