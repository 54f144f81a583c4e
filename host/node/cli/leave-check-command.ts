import { Argument, type Command } from "commander";
import { judgeLeaving, type Leaving } from "../../../domain/store/leave-guard.ts";
import type { Ledger } from "../../../ledger/ledger.ts";
import type { DataFolder } from "../data-folder.ts";
import { exitCodes } from "../exit-codes.ts";
import { dataOption } from "./data-option.ts";
import { onLedger } from "./on-ledger.ts";

/** `evertill leave-check update|uninstall`: what an installer asks before it touches a till. */
export function addLeaveCheckCommand(program: Command): void {
  program
    .command("leave-check")
    .description(
      "Say whether this till may be updated or uninstalled. " +
        `Ends with ${exitCodes.unsent} while anything is unsent or a sale is open, and says the way out.`,
    )
    .addArgument(new Argument("<what>", "what is about to happen").choices(["update", "uninstall"]))
    .addOption(dataOption())
    .action((what: Removal, { data }: { data: DataFolder }) => leaveCheck(what, data));
}

type Removal = Exclude<Leaving, "sign-out" | "close">;

/** [P2] Says it on the console and in `process.exitCode`; the desktop app answers an installer by it too. */
export function leaveCheck(what: Removal, data: DataFolder): void {
  onLedger(data, (ledger) => check(ledger, what, data));
}

function check(ledger: Ledger, what: Removal, folder: DataFolder): void {
  const cart = ledger.carts.open();
  const unsent = unsentIn(ledger);
  const { mayGo, reasons } = judgeLeaving(what, {
    unsent,
    isSaleOpen: cart !== null && cart.lines.length + cart.tenders.length > 0,
    isShiftOpen: false,
  });
  if (mayGo) {
    console.log(`Nothing is unsent and no sale is open: the ${what} may go on.`);
    if (what === "uninstall") console.log(`Receipts must be kept by law: keep ${folder.root}.`);
    return;
  }
  console.error(`Not yet: the ${what} has to wait.`);
  if (reasons.includes("sale-open")) {
    console.error("- A sale is open. Start Evertill and finish, suspend or void it.");
  }
  if (reasons.includes("unsent")) console.error(unsentText(ledger, unsent, folder));
  process.exitCode = exitCodes.unsent;
}

/** Facts that the cloud has not acknowledged; in a new epoch that is all of it. */
function unsentIn({ journal, sync }: Ledger): number {
  const head = journal.head();
  const mark = sync.mark();
  return mark.epoch === head.epoch ? head.seq - mark.seq : head.seq;
}

function unsentText({ journal }: Ledger, unsent: number, folder: DataFolder): string {
  const { epoch, seq } = journal.head();
  const oldestAtMs = journal.writtenAtMs(epoch, seq - unsent + 1);
  const since = oldestAtMs === null ? "" : `, the oldest of ${new Date(oldestAtMs).toISOString()}`;
  return [
    `- ${unsent} facts in ${folder.root} are not in the cloud${since}.`,
    "  The way out: connect this machine to the network and start Evertill. It sends them by",
    "  itself; when the sync page says that everything is proved, close it and try again.",
    "  If this machine can never be connected again: copy the whole folder to another one, start",
    "  Evertill there with --data and the copy's name, and let it send. Never start both.",
  ].join("\n");
}
