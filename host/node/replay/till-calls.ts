import { uuidv7 } from "../../../domain/values/id.ts";
import type { Result } from "../../../domain/values/result.ts";
import { inputs } from "../../contract/inputs.ts";
import type { Failure, Input, OperationName, Output } from "../../contract/operations.ts";
import type { HostEndpoint } from "../../endpoint.ts";
import { realClock, realRandom } from "../machine.ts";

/** The till cannot take these sales; the message says what to do. What was rung up before it stays. */
export class ReplayStopped extends Error {
  override readonly name = "ReplayStopped";
}

type Asked<N extends OperationName> = Omit<Input<N>, "commandId">;

/** A till's operations by name and type; every command gets an id of its own. */
export interface TillCalls {
  attempt<N extends OperationName>(
    name: N,
    input: Asked<N>,
  ): Promise<Result<Output<N>, Failure<N>>>;
  /** For what cannot fail here. Throws `ReplayStopped` when it does. */
  ask<N extends OperationName>(name: N, input: Asked<N>): Promise<Output<N>>;
}

/** True for what changes something and so carries an id of its caller's. */
export function isCommand(name: OperationName): boolean {
  return commandNames.has(name);
}

const commandNames = new Set<string>(
  Object.entries(inputs).flatMap(([name, { shape }]) => ("commandId" in shape ? [name] : [])),
);

export function createTillCalls(host: Pick<HostEndpoint, "call">): TillCalls {
  function attempt<N extends OperationName>(name: N, input: Asked<N>) {
    const whole = commandNames.has(name)
      ? { ...input, commandId: uuidv7(realClock, realRandom) }
      : input;
    return host.call(name, whole) as Promise<Result<Output<N>, Failure<N>>>;
  }
  return {
    attempt,
    async ask(name, input) {
      const answer = await attempt(name, input);
      if (answer.ok) return answer.value;
      throw new ReplayStopped(whyStopped(name, answer.failure));
    },
  };
}

/** What the till's refusal of `name` means for the person who runs the replay. */
export function whyStopped(name: string, failure: { readonly type: string }): string {
  if (failure.type === "LedgerStopped" && "problem" in failure) {
    return (
      `The ledger cannot be written (${String(failure.problem)}). Nothing is lost: ` +
      "make room or give the right to write, and run the same command again."
    );
  }
  return `The till refused ${name}: ${JSON.stringify(failure)}`;
}
