import { type Command, Option } from "commander";
import { type DataFolder, dataFolder, defaultDataFolder, makeDataFolder } from "../data-folder.ts";
import { exitCodes } from "../exit-codes.ts";
import { explainStart } from "../explain-start.ts";
import { takeFolderLock } from "../folder-lock.ts";
import { ChildFailedError } from "../launcher/supervise.ts";
import { openLogFile } from "../log-file.ts";
import { createProgress, noProgress } from "./progress.ts";
import { replay, type ReplayReport } from "./replay.ts";
import type { DateOrder } from "./sales-dates.ts";
import { surveySalesFile } from "./sales-file.ts";
import { ReplayStopped } from "./till-calls.ts";

/** Options of `evertill replay`, as commander hands them over. */
interface ReplayOptions {
  readonly data: DataFolder;
  readonly storeServer: "on" | "off";
  readonly dates?: DateOrder;
  readonly person?: string;
  readonly json?: boolean;
}

const explanation = `
The file has the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate and UnitPrice, as UCI's
"Online Retail" has them; plain or packed with gzip. Every invoice becomes one sale, through the same commands that a
cashier's screen sends: a line with a negative quantity is a return, a code that the store does not know becomes a good
first, and a code that is no good's (POST, M, D, BANK CHARGES …: anything but five digits with letters after
them, or DCGS…) is an open item. Each day of the file is a shift of its own, counted and closed.
Invoices that an earlier run rung up are found by their content and not rung up again: a run that was interrupted is
ended by the same command.

It prints one line of JSON. Amounts are in minor units of the store's currency:
  invoices           documents in the ledger: sales + returns
  sales, returns     documents with a line that was sold; documents of returned lines only
  lines              rows of the file that were rung up
  units              pieces of the lines with a positive quantity; unitsReturned: of those with a negative one (≤ 0)
  grossTotalMinor    sum of the amounts of the lines with a positive quantity
  returnsTotalMinor  sum of the amounts of the lines with a negative quantity (≤ 0)
  rowsRefused        rows that cannot be sold, each with row number (the titles are row 1), invoice and reason
  goodsAdded         goods that this run made
  verified           the ledger's chain and tables agree, as \`evertill ledger verify\` says
  provedEqual        the store server holds the same journal by number and hash; null without one
`;

/** `evertill replay FILE`. */
export function addReplayCommand(program: Command): void {
  program
    .command("replay")
    .description("Ring up every invoice of a file of sales, prove the ledger, and send it.")
    .argument("<file>", "the file of sales: .csv or .csv.gz")
    .addOption(
      new Option("--data <dir>", "the till's data folder; made when it is not there")
        .default(dataFolder(defaultDataFolder()), defaultDataFolder())
        .argParser(dataFolder),
    )
    .addOption(
      new Option("--store-server <on|off>", "send everything to the folder's own store server")
        .choices(["on", "off"])
        .default("on"),
    )
    .addOption(
      new Option("--dates <order>", "how to read a date such as 01/12/2010").choices([
        "day-first",
        "month-first",
      ]),
    )
    .option(
      "--person <name>",
      "the manager who rings up, PIN in EVERTILL_PIN (default: the demo's)",
    )
    .option("--json", "print nothing but the line of JSON")
    .addHelpText("after", explanation)
    .action(runReplay);
}

/** Runs it; a sentence on stderr and an exit code where it cannot. */
async function runReplay(path: string, options: ReplayOptions): Promise<void> {
  let exitCode = 0;
  try {
    const report = await replayFile(path, options);
    await written(process.stdout, `${JSON.stringify(report)}\n`);
    if (!report.verified) exitCode = exitCodes.ledgerProblem;
    else if (report.provedEqual === false) exitCode = exitCodes.failed;
  } catch (error) {
    const explained = explain(error);
    await written(process.stderr, `${explained.message}\n`);
    ({ exitCode } = explained);
  }
  // The cloud's client leaves a timer of 15 seconds behind that nobody can stop.
  process.exit(exitCode);
}

function written(out: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    out.write(text, () => resolve());
  });
}

/** Ends the command with a sentence. */
class ReplayRefused extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

async function replayFile(path: string, options: ReplayOptions): Promise<ReplayReport> {
  const { data: folder, storeServer, dates, person, json } = options;
  const progress = json === true ? noProgress : createProgress(process.stderr);
  progress.say(`Reading ${path} …`);
  const survey = await surveySalesFile(path, { dateOrder: dates ?? null });
  if (!survey.ok) {
    const message = `${path} was not rung up: ${survey.failure} Nothing was changed.`;
    throw new ReplayRefused(message, exitCodes.usage);
  }
  makeDataFolder(folder);
  const lock = takeFolderLock(folder.lock);
  if (lock === null) {
    const message = `Evertill runs on ${folder.root}. Stop it, or choose another --data folder.`;
    throw new ReplayRefused(message, exitCodes.inUse);
  }
  const log = openLogFile({ folder: folder.logs, name: "replay" });
  try {
    const pin = process.env["EVERTILL_PIN"] ?? "";
    return await replay({
      ...{ file: survey.value, folder, log, progress },
      withStoreServer: storeServer === "on",
      manager: person === undefined ? null : { name: person, pin },
    });
  } finally {
    log.close();
    lock.release();
  }
}

function explain(error: unknown): { readonly exitCode: number; readonly message: string } {
  if (error instanceof ReplayRefused) return error;
  if (error instanceof ReplayStopped || error instanceof ChildFailedError) {
    return { exitCode: exitCodes.failed, message: error.message };
  }
  return explainStart(error);
}
