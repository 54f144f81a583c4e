import { expect } from "./fixtures.ts";
import type { StoreProcess } from "./store-process.ts";

interface PrintedReceipt {
  readonly number: number;
  readonly text: readonly string[];
}

/** What the virtual printer's page lets a person do to it. */
export interface PrinterTrouble {
  readonly cover?: "open" | "closed";
  readonly paper?: "ok" | "near-end" | "out";
  readonly power?: "on" | "off";
  /** `cut`: the line breaks in the middle of the next receipt. */
  readonly line?: "whole" | "cut";
}

/** The virtual printer as a test looks at it. */
export interface Paper {
  /** Newest first. */
  receipts(): Promise<readonly PrintedReceipt[]>;
  /** Waits until a receipt was torn off whose text has `words`. */
  waitFor(words: string | RegExp): Promise<PrintedReceipt>;
  picture(number: number): Promise<Buffer>;
  set(trouble: PrinterTrouble): Promise<void>;
}

export function paperOf(store: Pick<StoreProcess, "paper">): Paper {
  const page = new URL(store.paper);
  const at = (path: string) => {
    const address = new URL(path, page);
    address.search = page.search;
    return address;
  };

  async function receipts(): Promise<readonly PrintedReceipt[]> {
    const response = await fetch(at("/state.json"));
    const state = (await response.json()) as { receipts: PrintedReceipt[] };
    return state.receipts;
  }

  async function find(words: string | RegExp): Promise<PrintedReceipt | undefined> {
    const says = (text: string) =>
      typeof words === "string" ? text.includes(words) : words.test(text);
    return (await receipts()).find(({ text }) => says(text.join("\n")));
  }

  return {
    receipts,
    async waitFor(words) {
      await expect.poll(() => find(words), { message: `paper with ${words}` }).toBeDefined();
      const found = await find(words);
      if (found === undefined) throw new Error(`no paper with ${words}`);
      return found;
    },
    async picture(number) {
      const response = await fetch(at(`/receipts/${number}.png`));
      return Buffer.from(await response.arrayBuffer());
    },
    async set(trouble) {
      const body = new URLSearchParams({ ...trouble });
      await fetch(at("/printer"), {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
      });
    },
  };
}
