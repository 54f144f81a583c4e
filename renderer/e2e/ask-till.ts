import type { Page } from "@playwright/test";
import type { Input, OperationName, Output } from "../../host/contract/operations.ts";

/**
 * Asks the till behind `page` over a channel of its own, as another window of it would, with the
 * page's cookie and origin. What the till refuses is thrown.
 */
export async function askTill<N extends OperationName>(
  page: Page,
  name: N,
  input: Input<N>,
): Promise<Output<N>> {
  const result = await page.evaluate(
    (call) =>
      new Promise<{ ok: boolean; value?: unknown; failure?: unknown }>((resolve, reject) => {
        const socket = new WebSocket(`ws://${location.host}/channel`);
        socket.addEventListener("error", () => reject(new Error("no channel")));
        socket.addEventListener("message", (event: MessageEvent<string>) => {
          const message = JSON.parse(event.data) as { kind: string; result: never };
          if (message.kind === "hello")
            socket.send(JSON.stringify({ kind: "call", id: 1, ...call }));
          if (message.kind !== "answer") return;
          socket.close();
          resolve(message.result);
        });
      }),
    { name, input },
  );
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`);
  return result.value as Output<N>;
}
