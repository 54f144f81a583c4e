import { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { programName } from "../program-name.ts";
import { addReplayCommand } from "../replay/replay-command.ts";
import { addEnrolmentCodeCommand } from "./enrolment-code-command.ts";
import { addLeaveCheckCommand } from "./leave-check-command.ts";
import { addLedgerCommand } from "./ledger-command.ts";

/** `evertill …`: a till's data while the till is closed, and one more till for a store that runs. */
const program = new Command("evertill")
  .description("Evertill's tools for a till's ledger and its store.")
  .version(programName(), "--version", "print the version")
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : exitCodes.usage);
  });
addLedgerCommand(program);
addReplayCommand(program);
addLeaveCheckCommand(program);
addEnrolmentCodeCommand(program);

await program.parseAsync();
