import { type Ledger, openLedger } from "../../../ledger/ledger.ts";
import { type DataFolder, holdsLedger } from "../data-folder.ts";
import { exitCodes } from "../exit-codes.ts";
import { explainStart } from "../explain-start.ts";

/** Opens the folder's ledger for `work`; what stands in the way is said in words. */
export function onLedger(folder: DataFolder, work: (ledger: Ledger) => void): void {
  if (!holdsLedger(folder)) {
    console.error(`There is no ledger in ${folder.root}. Name the till's folder with --data.`);
    process.exitCode = exitCodes.usage;
    return;
  }
  try {
    const ledger = openLedger(folder.ledger);
    try {
      work(ledger);
    } finally {
      ledger.close();
    }
  } catch (error) {
    const { exitCode, message } = explainStart(error);
    console.error(message);
    process.exitCode = exitCode;
  }
}
