import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { paperOf, plainTextOf } from "../printer/plain-text.ts";
import { paperImage } from "./paper-image.ts";
import type { TornOff } from "./printer-mechanism.ts";

/** A receipt that was torn off: its bytes, its text, and a picture that is made when it is asked for. */
export interface TornReceipt {
  readonly number: number;
  readonly tornAtMs: number;
  /** Lines of text; what came as a picture says so in brackets. */
  readonly text: readonly string[];
}

export interface PaperStore {
  /** Keeps a receipt; it is on disk when this returns. */
  keep(receipt: TornOff, tornAtMs: number): TornReceipt;
  /** Newest first. */
  list(limit: number): TornReceipt[];
  readonly count: number;
  /** The PNG, or null for a number that was never torn off. */
  picture(number: number): Buffer | null;
  bytes(number: number): Buffer | null;
}

const stored = z.object({
  number: z.int().positive(),
  tornAtMs: z.int(),
  text: z.array(z.string()),
});

/** Receipts as files in a folder: `000001.bin`, `.json` and `.png`. */
export function openPaperStore(folder: string, paperDots: number): PaperStore {
  mkdirSync(folder, { recursive: true });
  const receipts = readdirSync(folder)
    .filter((name) => /^\d{6,}\.json$/.test(name))
    .toSorted()
    .flatMap((name): TornReceipt[] => {
      const parsed = stored.safeParse(JSON.parse(readFileSync(join(folder, name), "utf8")));
      return parsed.success ? [parsed.data] : [];
    });
  const file = (number: number, ending: string) =>
    join(folder, `${String(number).padStart(6, "0")}.${ending}`);
  const write = (path: string, content: string | Uint8Array) => {
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
  };
  const known = (number: number) => receipts.some((receipt) => receipt.number === number);
  return {
    get count() {
      return receipts.length;
    },
    keep(torn, tornAtMs) {
      const number = (receipts.at(-1)?.number ?? 0) + 1;
      const receipt = { number, tornAtMs, text: plainTextOf(torn.items) };
      write(file(number, "bin"), torn.bytes);
      write(file(number, "json"), JSON.stringify(receipt));
      receipts.push(receipt);
      return receipt;
    },
    list: (limit) => receipts.slice(-limit).toReversed(),
    picture(number) {
      if (!known(number)) return null;
      const path = file(number, "png");
      const made = readIfThere(path);
      if (made !== null) return made;
      const bytes = readIfThere(file(number, "bin"));
      if (bytes === null) return null;
      const picture = paperImage(paperOf(bytes, paperDots), paperDots);
      write(path, picture);
      return picture;
    },
    bytes: (number) => (known(number) ? readIfThere(file(number, "bin")) : null),
  };
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
