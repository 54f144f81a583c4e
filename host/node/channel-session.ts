import { z } from "zod";
import type { Result } from "../../domain/values/result.ts";
import type { FromHost } from "../contract/channel.ts";
import { contractVersion } from "../contract/operations.ts";
import type { RegisterView } from "../contract/views.ts";
import type { HostEndpoint } from "../endpoint.ts";

/** One connected screen, whatever carries its messages. */
export interface ChannelSession {
  /** A message from the screen, already JSON or a structured clone. Anything at all may be in it. */
  received(message: unknown): void;
  /** The screen is gone: events stop. Calls under way are carried out all the same. */
  ended(): void;
}

const toHost = z.object({
  kind: z.literal("call"),
  id: z.number().int().nonnegative(),
  name: z.string().max(64),
  input: z.unknown(),
});

/** Says hello, answers calls, and passes every topic on, until `ended`. */
export function openChannelSession(
  endpoint: HostEndpoint,
  locale: string,
  send: (message: FromHost) => void,
): ChannelSession {
  let isOpen = true;
  const say = (message: FromHost) => {
    if (isOpen) send(message);
  };

  /** While a call runs, what it changed on the register waits for its answer, which mostly says the same. */
  let changed: { view: RegisterView | null } | null = null;

  say({ kind: "hello", contractVersion, locale });
  const stop = endpoint.onEvent((event) => {
    if (changed !== null && event.topic === "register") changed.view = event.message;
    else say({ kind: "event", ...event });
  });

  /** A view is large, and a scan waits for it: the caller gets it once. */
  function answered(id: number, result: Result<unknown, unknown>, view: RegisterView | null): void {
    say({ kind: "answer", id, result });
    const isSaid = view === null || (result.ok && result.value === view);
    if (!isSaid) say({ kind: "event", topic: "register", message: view });
  }

  return {
    received(message) {
      const parsed = toHost.safeParse(message);
      if (!parsed.success) {
        const issues = parsed.error.issues.map(
          (issue) => `${issue.path.join(".") || "message"}: ${issue.message}`,
        );
        say({
          kind: "answer",
          id: idOf(message),
          result: { ok: false, failure: { type: "BadInput", issues } },
        });
        return;
      }
      const { id, name, input } = parsed.data;
      const during: { view: RegisterView | null } = { view: null };
      changed = during;
      const answer = endpoint.call(name, input);
      changed = null;
      void answer.then((result) => answered(id, result, during.view));
    },
    ended() {
      isOpen = false;
      stop();
    },
  };
}

/** The call's own id when the message has one, so that its caller does not wait for ever; else 0. */
function idOf(message: unknown): number {
  const parsed = z.object({ id: z.number().int().nonnegative() }).safeParse(message);
  return parsed.success ? parsed.data.id : 0;
}
