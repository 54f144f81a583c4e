import { type ClockMeasured, isWorthRecording } from "../../domain/values/clock-reading.ts";
import { clockReading } from "../state/cloud-now.ts";
import { newId, type Till } from "../state/till.ts";
import { writeInLoop } from "./write.ts";

/** A clock that is set again and again does not fill the journal. */
const spacingMs = 5_000;

/**
 * [L1] Writes down how this till's clock stands to the cloud's, when it says something new. By it
 * the times of later facts are read, on every till and in the cloud. Never inside a command.
 */
export function createClockRecord(till: Till): (measured: ClockMeasured) => void {
  let writtenMs: number | null = null;
  return ({ skewMs, uncertaintyMs }) => {
    const { clock, log } = till.world;
    const nowMs = clock.monotonicMs();
    if (writtenMs !== null && nowMs - writtenMs < spacingMs) return;
    const atMs = clock.now();
    const known = clockReading(till);
    if (!isWorthRecording(known, { skewMs, uncertaintyMs, atMs })) return;
    writtenMs = nowMs;
    try {
      writeInLoop(till, () => {
        till.ledger.append(till.terminal.terminalId, {
          ...{ id: newId(till), type: "clock.measured", atMs },
          payload: { skewMs, uncertaintyMs },
        });
      });
    } catch (error) {
      // The answer that brought it is worth more: the bar is red, and the next answer measures again.
      log.warn("clock.unwritten", { why: String(error) });
      return;
    }
    log.info("clock.measured", { skewMs, uncertaintyMs });
  };
}
