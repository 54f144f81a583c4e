import { type Ledger, openLedger } from "../ledger/ledger.ts";
import { dispatch } from "./dispatch.ts";
import type { HostEndpoint, HostEvent } from "./endpoint.ts";
import { takenElsewhere } from "./lan/claim-suspended.ts";
import { createCheckpointLoop } from "./loops/checkpoint.ts";
import { watchDevices } from "./loops/devices.ts";
import { createPaymentLoop } from "./loops/payments.ts";
import { createPrintLoop } from "./loops/printing.ts";
import { createIndexLoop } from "./loops/indexing.ts";
import { createLedgerWatch } from "./loops/ledger-watch.ts";
import { startStoreNetwork, startSync, syncLedgerOf } from "./loops/syncing.ts";
import { createTillReporter } from "./loops/till-report.ts";
import { bringBackLastSale } from "./state/last-sale.ts";
import { noteHighWater, noticePutBack } from "./state/numbers-used.ts";
import type { Terminal } from "./state/terminal.ts";
import { expireSession, newTill, record, reload, type Till } from "./state/till.ts";
import { snapshotView } from "./views/snapshot-view.ts";
import type { World } from "./world.ts";

export interface HostOptions {
  readonly ledgerPath: string;
  /** BCP 47, for receipts and as the screens' first language. */
  readonly locale: string;
  /** This terminal's place in the store; asked once, when the ledger is new. */
  readonly enrolled?: Terminal | undefined;
  /** Program name and version, kept in the first fact. */
  readonly program: string;
  /** How the ledger is opened: the simulator looks on at every commit. */
  readonly open?: ((path: string) => Ledger) | undefined;
}

/** A ledger that belongs to no terminal yet, and nobody said which one it is. */
export class NotEnrolledError extends Error {
  override readonly name = "NotEnrolledError";
}

/** The ledger is one terminal's and the enrolment another's: under that name its facts would count nowhere. */
export class OtherTillsLedgerError extends Error {
  override readonly name = "OtherTillsLedgerError";
}

/**
 * The whole till: opens the ledger, brings back the sale that was open, starts the loops that print,
 * pay and sync at their own pace. Throws what `openLedger` throws,
 * `NotEnrolledError` and `OtherTillsLedgerError`.
 */
export function createHost(world: World, options: HostOptions): HostEndpoint {
  const ledger = (options.open ?? openLedger)(options.ledgerPath);
  try {
    return hostOn(ledger, world, options);
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function hostOn(ledger: Ledger, world: World, options: HostOptions): HostEndpoint {
  const listeners = new Set<(event: HostEvent) => void>();
  const emit = (event: HostEvent) => {
    for (const listener of listeners) listener(event);
  };
  const terminal = ledger.settings.get("terminal") ?? options.enrolled;
  assertSameTill(terminal, options.enrolled);
  if (terminal === undefined) {
    throw new NotEnrolledError("This till does not belong to a store yet: enrol it first.");
  }
  const till = newTill({ world, ledger, terminal, locale: options.locale, emit });
  noticePutBack(till);
  introduce(till, options.program);
  reload(till);
  till.announcedPosition = ledger.journal.head().position;
  expireSession(till);
  bringBackLastSale(till);
  const sellable = createSellableSignal(till);
  const stopLoops = startLoops(till, options.program, () => sellable.look());
  sellable.look();

  return {
    async call(name, input) {
      const taken = name === "cart.recall" ? await takenElsewhere(till, input) : null;
      return taken ?? dispatch(till, name, input);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    whenSellable: () => sellable.promise,
    async close() {
      await stopLoops();
      noteHighWater(till);
      listeners.clear();
      ledger.close();
    },
  };
}

/** [A4] */
function assertSameTill(kept: Terminal | undefined, enrolled: Terminal | undefined): void {
  if (kept === undefined || enrolled === undefined) return;
  if (kept.terminalId === enrolled.terminalId) return;
  throw new OtherTillsLedgerError(
    `The ledger here is till ${kept.tillNumber}'s, the enrolment beside it is till ` +
      `${enrolled.tillNumber}'s. Move enrolment.json away and start with a code made by ` +
      `enrolment-code --renews ${kept.tillNumber}; or give the new till a folder of its own with ` +
      "--data. Nothing in the ledger is lost.",
  );
}

/** The first fact of a ledger says whose it is. */
function introduce(till: Till, program: string): void {
  const { ledger, terminal } = till;
  if (ledger.settings.get("terminal") !== null) return;
  const { storeId, tillNumber } = terminal;
  ledger.write(() => {
    ledger.settings.set("terminal", terminal);
    record(till, "terminal.enrolled", { storeId, tillNumber, program });
  });
}

function startLoops(till: Till, program: string, onChanges: () => void): () => Promise<void> {
  const reporter = createTillReporter(till, program);
  const syncLedger = syncLedgerOf(till);
  const sync = startSync(till, syncLedger, {
    reporter,
    onChanges() {
      onChanges();
      if (till.ledger.snapshot.underWay() === null) indexing.wake();
    },
  });
  const lan = startStoreNetwork(till, syncLedger, onChanges);
  const printing = createPrintLoop(till);
  const payments = createPaymentLoop(till);
  const checkpoints = createCheckpointLoop(till);
  const indexing = createIndexLoop(till);
  const watch = createLedgerWatch(till);
  const stopDevices = watchDevices(till);
  const afterwards = Promise.resolve();
  till.loops = {
    written() {
      sync?.wake();
      lan?.wake();
      checkpoints.quietSoon();
    },
    ledgerRefused: () => watch.begin(),
    wakeSync: () => sync?.wake(),
    // Commands call these inside their transaction; a printer or a card terminal hears of it after the commit.
    wakePrinting: () => void afterwards.then(() => printing.wake()),
    wakePayments: () => void afterwards.then(() => payments.wake()),
    abortPayment: (requestId) => payments.abort(requestId),
    syncStatus: () => sync?.status() ?? null,
    hub: () => lan?.hub() ?? null,
    isSharedWithHub: () => lan?.isShared() ?? false,
    factsPerMinute: () => reporter.factsPerMinute(),
  };
  indexing.wake();
  sync?.start();
  printing.wake();
  payments.wake();
  return async () => {
    stopDevices();
    checkpoints.stop();
    indexing.stop();
    watch.stop();
    await lan?.stop();
    await Promise.all([sync?.stop(), printing.stop(), payments.stop()]);
  };
}

/**
 * Sellable: the till knows its store, somebody can sign in, and there is something to sell: [D2] of a
 * new till's first goods all of them.
 */
function createSellableSignal(till: Till) {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    promise,
    look() {
      const hasStore = till.ledger.settings.get("store") !== null;
      if (snapshotView(till)?.sellable === false) return;
      if (hasStore && till.products > 0 && till.ledger.people.active().length > 0) resolve();
    },
  };
}
