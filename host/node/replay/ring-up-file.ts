import { currencyExponent } from "../../../domain/values/currency.ts";
import type { StoreSettings } from "../../../domain/store/store-settings.ts";
import type { Log } from "../../../domain/values/ports.ts";
import { openLedger } from "../../../ledger/ledger.ts";
import { createHost } from "../../create-host.ts";
import type { Terminal } from "../../state/terminal.ts";
import { realClock } from "../machine.ts";
import { programName } from "../program-name.ts";
import { fittingLines } from "./fitting-lines.ts";
import type { Manager } from "./day.ts";
import type { Progress } from "./progress.ts";
import { createReplayWorld } from "./replay-world.ts";
import { createRingUp, type RingUp } from "./ring-up.ts";
import { createWallClock } from "./sales-dates.ts";
import { readSales, type SalesFile } from "./sales-file.ts";
import type { RefusedRow, SalesLine } from "./sales-row.ts";
import { createTally, type Tally } from "./tally.ts";
import { ReplayStopped } from "./till-calls.ts";

/** What became of a file. */
export interface FileRungUp extends Tally {
  readonly currency: string;
  /** Of the invoices: how many an earlier run had rung up. */
  readonly invoicesThere: number;
  /** Invoices none of whose rows could be rung up. */
  readonly invoicesRefused: number;
  readonly rowsRefused: readonly RefusedRow[];
  readonly goodsAdded: number;
}

export interface RingUpFileParts {
  readonly file: SalesFile;
  readonly ledgerPath: string;
  /** Whose ledger it is, where it is new. */
  readonly terminal?: Terminal | undefined;
  readonly manager: Manager;
  readonly log: Log;
  readonly progress: Progress;
}

/** Rings a file up through a till on `ledgerPath`. Throws `ReplayStopped`, and what `createHost` throws. */
export async function ringUpFile(parts: RingUpFileParts): Promise<FileRungUp> {
  const { file, ledgerPath, terminal, manager, log, progress } = parts;
  const store = storeOf(ledgerPath);
  const world = createReplayWorld(log);
  world.setTime(realClock.now());
  const program = programName();
  const host = createHost(world, { ledgerPath, locale: "en", enrolled: terminal, program });
  try {
    const momentOf = createWallClock(store.timeZone);
    const ringUp = await createRingUp({ host, world, momentOf, manager });
    const collected = await ringUpAll(file, store, ringUp, progress);
    await ringUp.end();
    const { currency } = store.pricing;
    return { ...collected, currency, goodsAdded: ringUp.goodsAdded() };
  } finally {
    await host.close();
  }
}

async function ringUpAll(
  file: SalesFile,
  store: StoreSettings,
  ringUp: RingUp,
  progress: Progress,
): Promise<Omit<FileRungUp, "currency" | "goodsAdded">> {
  const tally = createTally();
  const rowsRefused: RefusedRow[] = [];
  let invoicesThere = 0;
  let invoicesRefused = 0;
  for await (const item of readSales(file, currencyExponent(store.pricing.currency))) {
    if (item.kind === "refused") {
      rowsRefused.push(item.refused);
      continue;
    }
    const { fitting, refused } = fittingLines(item.lines);
    rowsRefused.push(...refused.map(({ line, why }) => refusedRow(line, why)));
    if (fitting.length === 0) {
      invoicesRefused++;
      continue;
    }
    if ((await ringUp.invoice(item.invoice, fitting)) === "there") invoicesThere++;
    tally.add(fitting);
    progress.step("rows", tally.totals().lines + rowsRefused.length, file.rows);
  }
  rowsRefused.sort((a, b) => a.row - b.row);
  return { ...tally.totals(), invoicesThere, invoicesRefused, rowsRefused };
}

function refusedRow(line: SalesLine, why: string): RefusedRow {
  const { row, invoice, code, quantity, unitPriceMinor } = line;
  return {
    ...{ row, invoice, code, why, quantity: String(quantity) },
    unitPrice: `${unitPriceMinor} minor units`,
    amountMinor: quantity * unitPriceMinor,
  };
}

function storeOf(ledgerPath: string): StoreSettings {
  const ledger = openLedger(ledgerPath);
  try {
    const store = ledger.settings.get("store");
    if (store !== null) return store;
    throw new ReplayStopped(
      "This till does not know its store yet: start it once, then come back.",
    );
  } finally {
    ledger.close();
  }
}
