import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Log, LogFields } from "../../domain/values/ports.ts";

/** Where a program's log lies and how much of it is kept. */
export interface LogFileOptions {
  readonly folder: string;
  /** File name without the ending, e.g. "till". */
  readonly name: string;
  readonly maxBytes?: number;
  /** Rotated files kept besides the current one: `till.1.jsonl` is the youngest. */
  readonly keep?: number;
}

export interface LogFile extends Log {
  close(): void;
}

const longestTextChars = 4_000;

/**
 * A log of JSON lines, `{"at","level","event",…}`, that turns over by size. Written at once, so that a
 * crash does not take its own reason along. A full or read-only disk makes it silent: the log never
 * stops a sale.
 */
export function openLogFile(options: LogFileOptions): LogFile {
  const { folder, name, maxBytes = 2_000_000, keep = 4 } = options;
  const pathOf = (age: number) =>
    join(folder, age === 0 ? `${name}.jsonl` : `${name}.${age}.jsonl`);
  let file: number | null = null;
  let size = 0;

  function open(): number {
    if (file !== null) return file;
    mkdirSync(folder, { recursive: true });
    file = openSync(pathOf(0), "a", 0o600);
    size = fstatSync(file).size;
    return file;
  }

  function close(): void {
    if (file !== null) closeSync(file);
    file = null;
  }

  function turnOver(): void {
    close();
    rmSync(pathOf(keep), { force: true });
    for (let age = keep - 1; age >= 0; age--) {
      try {
        renameSync(pathOf(age), pathOf(age + 1));
      } catch {
        // There are not that many yet.
      }
    }
  }

  function write(level: string, event: string, fields: LogFields = {}): void {
    const line = `${JSON.stringify({ at: new Date().toISOString(), level, event, ...cut(fields) })}\n`;
    try {
      open();
      if (size > 0 && size + line.length > maxBytes) turnOver();
      size += writeSync(open(), line);
    } catch {
      close();
    }
  }

  return {
    info: (event, fields) => write("info", event, fields),
    warn: (event, fields) => write("warn", event, fields),
    error: (event, fields) => write("error", event, fields),
    close,
  };
}

/** One runaway text must not turn the whole log over. */
function cut(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === "string" && value.length > longestTextChars
        ? `${value.slice(0, longestTextChars)}…`
        : value,
    ]),
  );
}
