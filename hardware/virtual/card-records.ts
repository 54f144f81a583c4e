import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const recordSchema = z.strictObject({
  /** SaleID and ServiceID: the same key is the same payment. */
  key: z.string().min(1),
  kind: z.enum(["payment", "reversal"]),
  amountMinor: z.int().positive(),
  currency: z.string().length(3),
  state: z.enum(["waiting", "approved", "refused", "reversed"]),
  /** nexo's ErrorCondition where it was refused. */
  condition: z.string().nullable(),
  terminalReference: z.string(),
  brand: z.string(),
  maskedPan: z.string(),
  atMs: z.int(),
});

/** A payment or reversal at the virtual terminal. */
export type CardRecord = z.infer<typeof recordSchema>;

export interface CardRecords {
  get(key: string): CardRecord | null;
  byReference(reference: string): CardRecord | null;
  /** Durable when it returns. */
  put(record: CardRecord): void;
  /** Newest first. */
  list(limit: number): CardRecord[];
  readonly count: number;
}

/** Records as lines of a file; the last line of a key counts. A line that was cut off is left out. */
export function openCardRecords(file: string): CardRecords {
  const records = new Map<string, CardRecord>();
  if (existsSync(file)) {
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const record = parseLine(line);
      if (record) records.set(record.key, record);
    }
  }
  return {
    get: (key) => records.get(key) ?? null,
    byReference: (reference) =>
      [...records.values()].find(
        (each) => each.kind === "payment" && each.terminalReference === reference,
      ) ?? null,
    put(record) {
      append(file, `\n${JSON.stringify(record)}`);
      records.set(record.key, record);
    },
    list: (limit) => [...records.values()].toSorted((a, b) => b.atMs - a.atMs).slice(0, limit),
    get count() {
      return records.size;
    },
  };
}

function parseLine(line: string): CardRecord | null {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function append(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, "a");
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
