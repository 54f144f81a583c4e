import { readFileSync } from "node:fs";

/**
 * Loaded into a program of the house (`node --import`): its wall clock stands beside the
 * machine's by the milliseconds in a file, read at the start and again at SIGUSR2. Timers and the
 * monotonic clock go on as they are, as when a person or a time server sets a machine's clock.
 */
const file = process.env["EVERTILL_VIOLENCE_CLOCK"] ?? "";
const MachineDate = Date;
let offsetMs = 0;

function read(): void {
  offsetMs = Number(readFileSync(file, "utf8").trim());
}

const now = () => MachineDate.now() + offsetMs;

class JumpingDate extends MachineDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(now());
    else super(...(given as [number]));
  }
  static override now(): number {
    return now();
  }
}

read();
process.on("SIGUSR2", read);
globalThis.Date = JumpingDate as DateConstructor;
