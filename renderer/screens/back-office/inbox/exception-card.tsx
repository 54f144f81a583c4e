import { useTranslation } from "react-i18next";
import type { ExceptionView } from "../../../../host/contract/exception-views.ts";
import { useCommand } from "../../../command/use-command.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { isolate } from "../../../formatting/isolate.ts";
import { useFormats } from "../../../formatting/use-formats.ts";
import { navigate } from "../../../router/route.ts";
import { useIsManager } from "../../../state/use-is-manager.ts";
import { type Side, storyOf } from "./exception-story.ts";
import classes from "./inbox.module.css";

interface ExceptionCardProps {
  readonly exception: ExceptionView;
  /** Another card was answered a moment ago, and this one may have moved. */
  readonly isSettling: boolean;
  readonly onAnswered: () => void;
}

/** One thing that asks a person: what happened, both sides, and the answers, each one press. */
export function ExceptionCard({ exception, isSettling, onAnswered }: ExceptionCardProps) {
  const { t } = useTranslation("inbox");
  const formats = useFormats();
  const { title, lines, sides, link } = storyOf(exception, { t, formats });
  const { resolved } = exception;
  return (
    <li
      className={classes.card}
      data-exception={exception.kind}
      data-resolved={resolved !== null}
      data-subject={exception.subject}
    >
      <h2>{title}</h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {sides.length > 0 && (
        <dl className={classes.sides}>
          {sides.map((side) => (
            <SideOf key={side.key} side={side} />
          ))}
        </dl>
      )}
      <p className={classes.when}>{useWhen(exception)}</p>
      {resolved === null ? (
        <div className={classes.answers}>
          {link !== null && (
            <TouchButton kind="go" onClick={() => navigate(link.route)}>
              {t(link.key)}
            </TouchButton>
          )}
          <Answers exception={exception} isSettling={isSettling} onAnswered={onAnswered} />
        </div>
      ) : (
        <p className={classes.answered}>
          <span aria-hidden>✓ </span>
          {t(resolved.by === "" ? "answeredAlone" : "answered", {
            answer: t(`resolution.${resolved.resolution}`),
            by: isolate(resolved.by),
            time: formats.moment(resolved.atMs),
          })}{" "}
          {!resolved.sent && t("notSent")}
        </p>
      )}
    </li>
  );
}

function useWhen({ times, firstAtMs, lastAtMs }: ExceptionView): string {
  const { t } = useTranslation("inbox");
  const formats = useFormats();
  const often = t("times", { count: times });
  const last = formats.moment(lastAtMs);
  if (times === 1) return t("when", { times: often, last });
  return t("firstLast", { times: often, first: formats.moment(firstAtMs), last });
}

function SideOf({ side }: { readonly side: Side }) {
  const { t } = useTranslation("inbox");
  return (
    <div data-side={side.key}>
      <dt>{t(`side.${side.key}`)}</dt>
      <dd className={classes.value}>{side.value}</dd>
      <dd>{side.by}</dd>
      {side.time !== null && <dd>{side.time}</dd>}
    </div>
  );
}

function Answers({ exception, isSettling, onAnswered }: ExceptionCardProps) {
  const { t } = useTranslation("inbox");
  const resolve = useCommand("exceptions.resolve");
  const isManager = useIsManager();
  const { exceptionId, resolutions } = exception;
  return resolutions.map((resolution) => (
    <TouchButton
      key={resolution}
      data-resolution={resolution}
      disabled={!isManager || isSettling || resolve.running}
      onClick={() =>
        void resolve.run({ exceptionId, resolution }).then((result) => {
          if (result !== null) onAnswered();
        })
      }
    >
      {t(`resolution.${resolution}`)}
    </TouchButton>
  ));
}
