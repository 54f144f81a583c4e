import { writeInLoop } from "./write.ts";
import type { Till } from "../state/till.ts";

/** Goods a step: a cashier who scans at that moment waits about ten milliseconds. */
const goodsAStep = 1_000;
/** Between two steps others have their turn. */
const pauseMs = 1;
/** After a disk that refused. */
const patientMs = 5_000;

/**
 * [D2] Makes goods that came with a snapshot findable by name, a few at a time; by code they are
 * found at once.
 */
export function createIndexLoop(till: Till) {
  const { clock, log } = till.world;
  let cancel: (() => void) | null = null;

  function step(): void {
    cancel = null;
    try {
      let indexed = 0;
      writeInLoop(till, () => {
        indexed = till.ledger.catalogueRange.indexSome(goodsAStep);
      });
      if (indexed > 0) cancel = clock.after(pauseMs, step);
    } catch (error) {
      log.warn("catalogue.index", { why: String(error) });
      cancel = clock.after(patientMs, step);
    }
  }

  return {
    /** There may be goods without their search entries. */
    wake(): void {
      if (!till.ledger.catalogueRange.lags()) return;
      cancel ??= clock.after(pauseMs, step);
    },
    stop(): void {
      cancel?.();
      cancel = null;
    },
  };
}
