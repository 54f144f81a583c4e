import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand } from "../../command/use-command.ts";
import { useFailureText } from "../../command/use-failure-text.ts";
import type { Failure } from "../../../host/contract/operations.ts";
import { Keypad, type KeypadKey } from "../../controls/keypad.tsx";
import { TouchButton } from "../../controls/touch-button.tsx";
import { useKeys } from "../../keyboard/key-handlers.ts";
import { lowDouble } from "../../sound/sounds.ts";
import type { Person } from "./sign-in-screen.tsx";
import classes from "./sign-in.module.css";
import { useSecondsUntil } from "./use-seconds-until.ts";

const shortestPin = 4;
const longestPin = 8;

/**
 * Takes the PIN of one person. The digits are never shown and leave the screen only as the
 * command's input.
 */
export function PinPad(props: { person: Person; onBack: () => void }) {
  const { t } = useTranslation("sign-in");
  const [pin, setPin] = useState("");
  const [failure, setFailure] = useState<Failure<"session.sign-in"> | null>(null);
  const signIn = useCommand("session.sign-in");
  const secondsLocked = useSecondsUntil(failure?.type === "LockedOut" ? failure.untilMs : null);
  const locked = secondsLocked > 0;
  const canSend = pin.length >= shortestPin && !locked && !signIn.running;

  function type(key: KeypadKey): void {
    if (locked) return;
    setPin((typed) => {
      if (key === "erase") return typed.slice(0, -1);
      return /^\d$/.test(key) && typed.length < longestPin ? typed + key : typed;
    });
  }

  async function send(): Promise<void> {
    if (!canSend) return;
    const result = await signIn.run({ personId: props.person.personId, pin }, { quiet: true });
    setPin("");
    if (result === null || result.ok) return;
    lowDouble();
    setFailure(result.failure);
  }

  useKeys("pad", (key) => {
    if (/^\d$/.test(key)) type(key as KeypadKey);
    else if (key === "BACKSPACE") type("erase");
    else if (key === "DELETE") setPin("");
    else if (key === "ENTER") void send();
    else if (key === "ESC") props.onBack();
    else return false;
    return true;
  });

  return (
    <section className={classes.pin} aria-labelledby="pin-title">
      <h1 id="pin-title" className={classes.title}>
        {t("pin", { name: props.person.name })}
      </h1>
      <output
        className={classes.dots}
        aria-label={t("digits", { count: pin.length })}
        data-typed={pin.length}
      >
        {Array.from({ length: Math.max(shortestPin, pin.length) }, (_, i) => (
          <span key={i} className={i < pin.length ? classes.dotTyped : classes.dot} />
        ))}
      </output>
      <PinProblem
        failure={failure?.type === "LockedOut" && !locked ? null : failure}
        secondsLocked={secondsLocked}
      />
      <Keypad corner={null} onKey={type} disabled={locked} />
      <TouchButton kind="go" size="large" disabled={!canSend} onClick={() => void send()}>
        {t("enter")}
      </TouchButton>
      <TouchButton kind="quiet" hint="Esc" onClick={props.onBack}>
        {t("other")}
      </TouchButton>
    </section>
  );
}

function PinProblem(props: { failure: Failure<"session.sign-in"> | null; secondsLocked: number }) {
  const { t } = useTranslation("sign-in");
  const text = useFailureText();
  const { failure, secondsLocked } = props;
  if (failure === null) return <p className={classes.problem} role="alert" />;
  const { happened, todo } = text(failure);
  return (
    <p className={classes.problem} role="alert" data-failure={failure.type}>
      <strong>{happened}</strong>{" "}
      {failure.type === "LockedOut" ? t("wait", { time: clockOf(secondsLocked) }) : todo}
    </p>
  );
}

function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
