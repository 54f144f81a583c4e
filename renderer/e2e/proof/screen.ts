import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { Input, OperationName, Output } from "../../../host/contract/operations.ts";
import { root } from "./program.ts";

const artifacts = join(root, "artifacts", "proof");

/** Keeps what the screen shows, to be looked at by a person. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
}

export function artifact(name: string): string {
  mkdirSync(artifacts, { recursive: true });
  return join(artifacts, name);
}

/** Asks the till behind `page` over a channel of its own, with the page's cookie and origin. */
export async function ask<N extends OperationName>(
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

/** The sample that `share` of all are not above. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Presses a button of the virtual devices' page, e.g. "/card" with `{ decide: "approve" }`. */
export async function pressDevice(
  paper: string,
  path: "/card" | "/printer" | "/drawer",
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const url = new URL(paper);
  url.pathname = path;
  const response = await fetch(url, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams(fields),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}
