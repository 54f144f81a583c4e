import type { Command } from "commander";
import type { Ledger } from "../../../ledger/ledger.ts";
import { type LedgerFault, rebuildLedger, verifyLedger } from "../../../ledger/verify.ts";
import type { DataFolder } from "../data-folder.ts";
import { exitCodes } from "../exit-codes.ts";
import { dataOption } from "./data-option.ts";
import { onLedger } from "./on-ledger.ts";

/** `evertill ledger verify|rebuild`. */
export function addLedgerCommand(program: Command): void {
  const command = program
    .command("ledger")
    .description("Prove a ledger, or derive its tables anew.");
  command
    .command("verify")
    .description(
      "Walk the whole hash chain and compare every derived table with what the facts give. " +
        "Ends with an error and the first broken fact when something does not agree.",
    )
    .addOption(dataOption())
    .action(({ data }: { data: DataFolder }) => onLedger(data, verify));
  command
    .command("rebuild")
    .description("Derive every table anew from the facts. The facts themselves are never touched.")
    .addOption(dataOption())
    .action(({ data }: { data: DataFolder }) => onLedger(data, rebuild));
}

function verify(ledger: Ledger): void {
  const verdict = verifyLedger(ledger, progress);
  if (verdict.intact) {
    console.log(`Intact: ${verdict.facts} facts, head ${verdict.headHash}`);
    return;
  }
  console.error(faultText(verdict.problem));
  process.exitCode = exitCodes.ledgerProblem;
}

function rebuild(ledger: Ledger): void {
  const facts = rebuildLedger(ledger, progress);
  console.log(`Derived every table anew from ${facts} facts.`);
}

function faultText(fault: LedgerFault): string {
  switch (fault.kind) {
    case "chain":
      return (
        `Broken at seq ${fault.seq} of epoch ${fault.epoch}: ${fault.why}.\n` +
        "Facts were changed after they were written. Keep a copy of the folder; what was sent before " +
        "is whole in the store server."
      );
    case "projection":
      return (
        `The facts are whole; the table ${fault.table} does not agree with them: ${fault.why}.\n` +
        "Run `evertill ledger rebuild` with the same --data."
      );
  }
}

function progress(facts: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${facts} facts …`);
}
