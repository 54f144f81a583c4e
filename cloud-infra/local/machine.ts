import { randomBytes } from "node:crypto";
import type { Clock, Log, LogFields, Random } from "../../domain/values/ports.ts";

/** This machine's time, chance and log, for the program that runs here. */
export const machineClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

export const machineRandom: Random = { bytes: (count) => randomBytes(count) };

/** JSON lines on stderr. */
export const machineLog: Log = {
  info: (event, fields) => write("info", event, fields),
  warn: (event, fields) => write("warn", event, fields),
  error: (event, fields) => write("error", event, fields),
};

function write(level: string, event: string, fields: LogFields = {}): void {
  const at = new Date().toISOString();
  process.stderr.write(`${JSON.stringify({ at, level, event, ...fields })}\n`);
}
