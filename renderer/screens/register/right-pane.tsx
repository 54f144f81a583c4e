import { usePane } from "../../state/pane-store.ts";
import { PrintJobsPane } from "./panes/print-jobs-pane.tsx";
import { ReceiptsPane } from "./panes/receipts-pane.tsx";
import { ReturnsPane } from "./panes/returns-pane.tsx";
import { ShiftPane } from "./panes/shift-pane.tsx";
import { SuspendedPane } from "./panes/suspended-pane.tsx";

/** What stands beside the cart. */
export function RightPane() {
  const pane = usePane((state) => state.pane);
  switch (pane.kind) {
    case "shift":
      return <ShiftPane />;
    case "returns":
      return <ReturnsPane key={pane.receiptNumber} receiptNumber={pane.receiptNumber} />;
    case "suspended":
      return <SuspendedPane />;
    case "receipts":
      return <ReceiptsPane />;
    case "print-jobs":
      return <PrintJobsPane />;
    default:
      return null;
  }
}
