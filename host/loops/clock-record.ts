import { type ClockMeasured, isWorthRecording } from "../../domain/values/clock-reading.ts";
import { clockReading, cloudNow } from "../state/cloud-now.ts";
import { clockOffset, newId, type Till } from "../state/till.ts";
import { writeInLoop } from "./write.ts";

/** A clock that is set again and again does not fill the journal. */
const spacingMs = 5_000;
/** What a clock that is being slewed gains between two commands is less. */
const wasSetMs = 1_000;

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
    till.clockOffsetMs = clockOffset(till.world);
    log.info("clock.measured", { skewMs, uncertaintyMs });
  };
}

/**
 * [C2] Before something is written: where the wall clock was set since the last look (or the machine
 * slept, which a monotonic clock does not count), the reading that is known is so much less certain,
 * until the next answer measures anew. Not inside a transaction.
 */
export function noteClockSet(till: Till): void {
  const { clock, log } = till.world;
  const offsetMs = clockOffset(till.world);
  const movedMs = Math.abs(offsetMs - till.clockOffsetMs);
  if (movedMs < wasSetMs) return;
  const known = clockReading(till);
  if (known !== null) {
    const { skewMs } = known;
    const uncertaintyMs = (cloudNow(till).uncertaintyMs ?? 0) + Math.ceil(movedMs);
    writeInLoop(till, () => {
      till.ledger.append(till.terminal.terminalId, {
        ...{ id: newId(till), type: "clock.measured", atMs: clock.now() },
        payload: { skewMs, uncertaintyMs },
      });
    });
    log.warn("clock.set", { skewMs, uncertaintyMs });
  }
  till.clockOffsetMs = offsetMs;
}
