import type { Channel } from "../../host/contract/channel.ts";
import type { Failure, Input, OperationName, Output } from "../../host/contract/operations.ts";
import type { Result } from "../../domain/values/result.ts";
import { trackCommand } from "./commands-under-way.ts";
import { newCommandId } from "./new-command-id.ts";

/** Operations whose input carries a command id: they change something. */
export type CommandName = {
  [N in OperationName]: Input<N> extends { commandId: string } ? N : never;
}[OperationName];

/** What the caller of a command says; the id is made here. */
export type CommandInput<N extends CommandName> = Omit<Input<N>, "commandId">;

/** How long a command waits for a host that is restarting before the person is told. */
const patienceMs = 15_000;

/**
 * Sends a command once or more, always with the same id: a lost reply is answered from the ledger
 * instead of being run twice. Answers `HostUnreachable` only when the host stayed away until
 * `patience` ended; even then the command may have been carried out, and the next register view
 * says so.
 */
export function sendCommand<N extends CommandName>(
  channel: Channel,
  name: N,
  input: CommandInput<N>,
  patience: AbortSignal = AbortSignal.timeout(patienceMs),
): Promise<Result<Output<N>, Failure<N>>> {
  const whole = { ...input, commandId: newCommandId() } as unknown as Input<N>;
  return trackCommand(untilAnswered(channel, name, whole, patience));
}

async function untilAnswered<N extends CommandName>(
  channel: Channel,
  name: N,
  input: Input<N>,
  patience: AbortSignal,
): Promise<Result<Output<N>, Failure<N>>> {
  for (;;) {
    const result = await channel.call(name, input);
    if (result.ok || result.failure.type !== "HostUnreachable" || patience.aborted) return result;
    await nextConnection(channel, patience);
  }
}

/** Resolves when the host is back, or when patience ends. */
function nextConnection(channel: Channel, patience: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = channel.onConnection((connected) => {
      if (connected) queueMicrotask(done);
    });
    patience.addEventListener("abort", done);
    function done(): void {
      stop();
      patience.removeEventListener("abort", done);
      resolve();
    }
  });
}
