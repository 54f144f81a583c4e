import { createSyncEngine } from "../../sync/engine/engine.ts";
import type { SyncEngine, SyncLedger } from "../../sync/engine/ports.ts";
import type { Change } from "../../sync/protocol/wire.ts";
import { type Lan, startLan } from "../lan/start-lan.ts";
import { createClockRecord } from "./clock-record.ts";
import { announce } from "../announce.ts";
import { endRevokedSession, isRevokedAndFree } from "../state/revoked-session.ts";
import { receiptsUsed } from "../state/numbers-used.ts";
import { reload, type Till } from "../state/till.ts";
import { registerView } from "../views/register-view.ts";
import { snapshotView } from "../views/snapshot-view.ts";
import { statusView } from "../views/status-view.ts";
import { createSyncLedger } from "./sync-ledger.ts";
import type { TillReporter } from "./till-report.ts";
import { writeInLoop } from "./write.ts";

/** The till's ledger as others sync with it: the cloud, and the store's other tills. */
export function syncLedgerOf(till: Till): SyncLedger {
  return createSyncLedger(till.ledger, till.terminal, (work) => writeInLoop(till, work));
}

/** The line to the cloud; null for a till that has none. */
export function startSync(
  till: Till,
  ledger: SyncLedger,
  { reporter, onChanges }: { readonly reporter: TillReporter; readonly onChanges: () => void },
): SyncEngine | null {
  const { transport, clock, random, log } = till.world;
  if (transport === null) return null;
  const onClock = createClockRecord(till);
  const report = () => reporter.report();
  const engine = createSyncEngine({ ledger, transport, clock, random, log, report, onClock });
  engine.onStatus(() => {
    reporter.note();
    till.emit({ topic: "status", message: statusView(till) });
    till.emit({ topic: "changed", message: { what: "sync" } });
  });
  let stage = "";
  engine.onSnapshot(() => {
    // Hundreds of pages: the screens look anew where something is different for them.
    const before = stage;
    stage = snapshotStage(till);
    if (stage === before) return;
    reload(till);
    endRevokedSessionNow(till);
    till.emit({ topic: "register", message: registerView(till) });
    for (const what of ["catalogue", "stock"] as const) {
      till.emit({ topic: "changed", message: { what } });
    }
    onChanges();
  });
  engine.onChanges((changes) => announceChanges(till, changes, onChanges));
  return engine;
}

/** [D2] The people are here; all goods are; the levels are too. */
function snapshotStage(till: Till): "begun" | "goods in" | "over" {
  const view = snapshotView(till);
  if (view === null) return "over";
  return view.sellable ? "goods in" : "begun";
}

/** [H2] The till's place among the store's other tills; null for one that stands alone. */
export function startStoreNetwork(
  till: Till,
  cloud: SyncLedger,
  onChanges: () => void,
): Lan | null {
  const { network } = till.world;
  if (network === undefined || network === null) return null;
  return startLan({
    ...{ till, network, cloud },
    onFacts: () => announceChanges(till, [], onChanges),
    onStatus: () => till.emit({ topic: "changed", message: { what: "sync" } }),
  });
}

const isOffTheRegister: ReadonlySet<Change["kind"]> = new Set([
  ...(["fact", "movement", "stock", "exception"] as const),
]);

/** [C6] Where a sale is on the counter its end ends the session. */
function endRevokedSessionNow(till: Till): void {
  if (!isRevokedAndFree(till)) return;
  writeInLoop(till, () => void endRevokedSession(till));
  announce(till);
}

/** [D3] Of our own facts only those come that the journal has lost: numbers are used up, a shift was closed. */
function haveOwnCome(till: Till): boolean {
  const { ledger, terminal } = till;
  const open = ledger.shifts.open(terminal.terminalId);
  return receiptsUsed(till) !== till.receipts || open?.shiftId !== till.shift?.shiftId;
}

/** Tells the screens what was heard of the store. */
function announceChanges(till: Till, changes: readonly Change[], onChanges: () => void): void {
  // Other tills' sales move stock and nothing on the register; during a sale they cost it nothing.
  const isOnTheRegister = changes.some(({ kind }) => !isOffTheRegister.has(kind));
  if (isOnTheRegister || haveOwnCome(till)) {
    reload(till);
    endRevokedSessionNow(till);
    till.emit({ topic: "register", message: registerView(till) });
    till.emit({ topic: "changed", message: { what: "catalogue" } });
    onChanges();
  }
  if (changes.some(({ kind }) => kind === "exception")) {
    till.emit({ topic: "changed", message: { what: "exceptions" } });
  }
  const suspendedCount = till.ledger.suspendedSales.count();
  if (suspendedCount !== till.suspendedCount) {
    till.suspendedCount = suspendedCount;
    till.revision++;
    till.emit({ topic: "register", message: registerView(till) });
  }
  for (const what of ["stock", "sales", "shifts"] as const) {
    till.emit({ topic: "changed", message: { what } });
  }
}
