import type { z } from "zod";
import { failed, type Result } from "../domain/values/result.ts";
import { ledgerProblemOf } from "../ledger/problem.ts";
import { storedJson } from "../ledger/stored-json.ts";
import { inputs } from "./contract/inputs.ts";
import type { HostFailure, OperationName } from "./contract/operations.ts";
import { asks, commands, queries } from "./operations.ts";
import { noteClockSet } from "./loops/clock-record.ts";
import { endRevokedSession } from "./state/revoked-session.ts";
import { newId, reload, type Till } from "./state/till.ts";
import { announce, setLedgerProblem } from "./announce.ts";
import { registerView } from "./views/register-view.ts";

type Answer = Result<unknown, unknown>;
type Handler = (till: Till, input: never) => Answer;

/**
 * The door: parses, carries out, answers. Expected failures are data; a bug becomes `Defect` with its
 * stack in the log; a disk that refuses becomes `LedgerStopped`, and nothing of the command remains.
 */
export function dispatch(till: Till, name: string, input: unknown): Answer | Promise<Answer> {
  if (!isOperation(name)) return refuse({ type: "BadInput", issues: [`no operation "${name}"`] });
  const parsed = inputs[name].safeParse(input);
  if (!parsed.success) return refuse({ type: "BadInput", issues: issuesOf(parsed.error) });
  if (name in asks) return runAsk(till, name, parsed.data);
  try {
    if (!(name in commands)) {
      return (queries[name as keyof typeof queries] as Handler)(till, parsed.data as never);
    }
    noteClockSet(till);
    return runCommand(till, name, parsed.data as { commandId: string });
  } catch (error) {
    return stopped(till, name, error);
  }
}

async function runAsk(till: Till, name: OperationName, input: unknown): Promise<Answer> {
  const ask = asks[name as keyof typeof asks] as (till: Till, input: never) => Promise<Answer>;
  try {
    return await ask(till, input as never);
  } catch (error) {
    return stopped(till, name, error);
  }
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(inputs, name);
}

/** Thrown to take back a transaction whose command answered with a failure. */
class TakenBack extends Error {}

/** Thrown where the command's id is in the ledger: a double tap, or a reply that was lost. */
class RanBefore extends Error {}

function runCommand(till: Till, name: OperationName, input: { commandId: string }): Answer {
  const { ledger } = till;
  const { commandId } = input;
  const handler = commands[name as keyof typeof commands] as Handler;
  const { revision: before, lastSale } = till;
  let answer: Answer | undefined;
  try {
    ledger.write(() => {
      // The id first: whoever comes second finds it there, and nothing was read beforehand.
      if (!ledger.commands.begin(commandId, till.world.clock.now())) throw new RanBefore();
      answer = handler(till, input as never);
      // A wrong PIN is the one failure that is a fact.
      if (!answer.ok && name !== "session.sign-in") throw new TakenBack();
      endRevokedSession(till);
      const recorded = recordOf(answer);
      if (recorded !== null) ledger.commands.setAnswer(commandId, recorded);
    });
  } catch (error) {
    if (error instanceof RanBefore) return answerAgain(till, ledger.commands.answer(commandId));
    till.lastSale = lastSale;
    if (!(error instanceof TakenBack)) throw error;
    if (till.revision !== before) reload(till);
    return answer ?? refuse({ type: "Defect", defectId: "" });
  }
  setLedgerProblem(till, null);
  if (till.revision !== before) till.emit({ topic: "register", message: registerView(till) });
  if (ledger.journal.head().position !== till.announcedPosition) announce(till);
  return answer ?? refuse({ type: "Defect", defectId: "" });
}

/** Most commands answer with the register: that is not worth a copy in the log. */
function recordOf(answer: Answer): string | null {
  const isRegister =
    answer.ok &&
    typeof answer.value === "object" &&
    answer.value !== null &&
    "revision" in answer.value;
  return isRegister ? null : JSON.stringify(answer);
}

/** The same command again: a double tap, or a reply that was lost. */
function answerAgain(till: Till, answer: string | null): Answer {
  return answer === null ? { ok: true, value: registerView(till) } : (storedJson(answer) as Answer);
}

function stopped(till: Till, name: string, error: unknown): Answer {
  const problem = ledgerProblemOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (problem !== null) {
    till.world.log.error("ledger.stopped", { operation: name, problem, message });
    setLedgerProblem(till, problem);
    reloadQuietly(till);
    return refuse({ type: "LedgerStopped", problem });
  }
  const defectId = newId(till);
  const stack = error instanceof Error ? (error.stack ?? null) : null;
  till.world.log.error("host.defect", { operation: name, defectId, message, stack });
  reloadQuietly(till);
  return refuse({ type: "Defect", defectId });
}

/** Memory follows the ledger again; where even reading fails, the old view stays and the bar is red. */
function reloadQuietly(till: Till): void {
  try {
    reload(till);
  } catch (error) {
    till.world.log.error("ledger.unreadable", { message: String(error) });
  }
}

function refuse(failure: HostFailure): Answer {
  return failed(failure);
}

function issuesOf(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${path.join(".") || "input"}: ${message}`);
}
