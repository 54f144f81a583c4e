import {
  type ClockReading,
  type CorrectedTime,
  correctedTime,
} from "../../domain/values/clock-reading.ts";
import type { Till } from "./till.ts";

/** [L1] The clock reading by which the next fact of this till will be read. */
export function clockReading({ ledger, terminal }: Till): ClockReading | null {
  const { epoch, seq } = ledger.journal.head();
  return ledger.stockCounts.readingAt({ terminalId: terminal.terminalId, epoch, seq: seq + 1 });
}

/** This moment by the cloud's clock, as far as this till's journal knows it. */
export function cloudNow(till: Till): CorrectedTime {
  return correctedTime(till.world.clock.now(), clockReading(till));
}
