import { useFailureText } from "../command/use-failure-text.ts";
import { useStatus } from "../state/status-store.ts";
import classes from "./ledger-bar.module.css";

/** The one red bar: the ledger has stopped, nothing can be sold, and this is what to do. */
export function LedgerBar() {
  const text = useFailureText();
  const problem = useStatus((state) => state.view?.ledgerProblem ?? null);
  if (problem === null) return null;
  const { happened, todo } = text({ type: "LedgerStopped", problem });
  return (
    <div className={classes.bar} role="alert" data-ledger-problem={problem}>
      <span className={classes.sign} aria-hidden="true">
        !
      </span>
      <span>
        <strong>{happened}</strong> {todo}
      </span>
    </div>
  );
}
