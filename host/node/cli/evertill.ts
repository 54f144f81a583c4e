import { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { programName } from "../program-name.ts";
import { addReplayCommand } from "../replay/replay-command.ts";
import { addLeaveCheckCommand } from "./leave-check-command.ts";
import { addLedgerCommand } from "./ledger-command.ts";

/** `evertill …`: what a person may do to a till's data while the till is closed. */
const program = new Command("evertill")
  .description("Evertill's tools for a till's ledger.")
  .version(programName(), "--version", "print the version")
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : exitCodes.usage);
  });
addLedgerCommand(program);
addReplayCommand(program);
addLeaveCheckCommand(program);

await program.parseAsync();
