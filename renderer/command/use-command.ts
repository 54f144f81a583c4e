import { useCallback, useRef, useState } from "react";
import type { Result } from "../../domain/values/result.ts";
import type { Failure, Output } from "../../host/contract/operations.ts";
import type { RegisterView } from "../../host/contract/views.ts";
import { useChannel } from "../channel/channel-context.tsx";
import { useNotice } from "../state/notice-store.ts";
import { useRegister } from "../state/register-store.ts";
import { type CommandInput, type CommandName, sendCommand } from "./send-command.ts";

export interface Command<N extends CommandName> {
  /**
   * Sends the command. A second press while the first is under way answers null and sends nothing.
   * A failure is shown as a notice unless `run` is told to be quiet.
   */
  readonly run: (
    input: CommandInput<N>,
    options?: { readonly quiet?: boolean },
  ) => Promise<Result<Output<N>, Failure<N>> | null>;
  readonly running: boolean;
}

/**
 * A command of the contract as a screen uses it. The register views it answers with reach the
 * store.
 */
export function useCommand<N extends CommandName>(name: N): Command<N> {
  const channel = useChannel();
  const underWay = useRef(false);
  const [running, setRunning] = useState(false);
  const run = useCallback<Command<N>["run"]>(
    async (input, options) => {
      if (underWay.current) return null;
      underWay.current = true;
      setRunning(true);
      try {
        const result = await sendCommand(channel, name, input);
        if (result.ok) {
          if (isRegisterView(result.value)) useRegister.getState().apply(result.value);
          useNotice.getState().clear();
        } else if (options?.quiet !== true) {
          useNotice.getState().show(result.failure);
        }
        return result;
      } finally {
        underWay.current = false;
        setRunning(false);
      }
    },
    [channel, name],
  );
  return { run, running };
}

/** Most commands answer with the register as it is after them. */
function isRegisterView(value: unknown): value is RegisterView {
  return typeof value === "object" && value !== null && "revision" in value && "terminal" in value;
}
