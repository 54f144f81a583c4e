import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
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
