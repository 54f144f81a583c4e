import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** [R1] How far this ledger once was. */
export interface HighWater {
  readonly epoch: number;
  readonly seq: number;
  /** Numbers given so far. */
  readonly receipts: number;
  readonly zReports: number;
}

/**
 * [R1] A small file beside the ledger says how far it was. A ledger that is behind it was put back from
 * an older copy: its next numbers must not be those that it gave before. Written now and then and not
 * waited for: it may be behind the ledger, never ahead of it.
 */
export interface HighWaterFile {
  /** Null for a ledger that has none, and where the file cannot be read. */
  read(): HighWater | null;
  /** Whatever the disk says: nothing hangs on it today. */
  note(mark: HighWater): void;
}

export function createHighWaterFile(ledgerPath: string): HighWaterFile {
  const path = `${ledgerPath}.high-water`;
  const isInMemory = ledgerPath === ":memory:" || ledgerPath === "";
  let noted = "";
  return {
    read() {
      if (isInMemory || !existsSync(path)) return null;
      try {
        return highWaterOf(JSON.parse(readFileSync(path, "utf8")));
      } catch {
        return null;
      }
    },
    note(mark) {
      const text = JSON.stringify(mark);
      if (isInMemory || text === noted) return;
      try {
        writeFileSync(`${path}.new`, `${text}\n`);
        renameSync(`${path}.new`, path);
        noted = text;
      } catch {
        // A full disk: the ledger itself says so.
      }
    },
  };
}

function highWaterOf(value: unknown): HighWater | null {
  if (typeof value !== "object" || value === null) return null;
  const { epoch, seq, receipts, zReports } = value as Record<string, unknown>;
  const isWhole = [epoch, seq, receipts, zReports].every((number) => Number.isSafeInteger(number));
  return isWhole ? (value as HighWater) : null;
}
