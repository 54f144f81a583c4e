import type { Clock } from "../../domain/values/ports.ts";
import {
  type Printer,
  type PrinterJob,
  type PrinterStatus,
  type PrintOutcome,
  silentStatus,
} from "../../hardware/printer/port.ts";
import type { Chance } from "../world/chance.ts";
import type { Faults } from "../world/faults.ts";
import type { Life } from "../world/machine-clock.ts";

/** A printer that stands beside a till and outlives its crashes; its paper is what happened. */
export interface SimPrinter {
  /** The driver, as one life of the till has it. */
  forLife(life: Life, clock: Clock): Printer;
  /** In 1,000 jobs. */
  setTrouble(trouble: { readonly offline: boolean; readonly lostAnswers: number }): void;
  /** How often each job came out, by its id. */
  paper(): ReadonlyMap<string, number>;
  /** Another ledger was put in the till's place: what was printed before is not its business. */
  newPaper(): void;
}

const ready: PrinterStatus = {
  ...silentStatus,
  connection: "connected",
  online: true,
  cover: "closed",
  paper: "ok",
  error: false,
  drawerPin: "low",
};

export function createSimPrinter(chance: Chance, faults: Faults): SimPrinter {
  let trouble = { offline: false, lostAnswers: 0 };
  let paper = new Map<string, number>();
  const listeners = new Set<(status: PrinterStatus) => void>();
  const status = (): PrinterStatus =>
    trouble.offline ? { ...ready, connection: "unreachable", online: null } : ready;

  function print(job: PrinterJob, life: Life, clock: Clock): Promise<PrintOutcome> {
    if (life.isOver) return new Promise(() => undefined);
    if (trouble.offline) return Promise.resolve({ kind: "failed", why: "unreachable" });
    job.beforeSend();
    // The power went at the very commit that comes before the first byte.
    if (life.isOver) return new Promise(() => undefined);
    const isLost = chance.happens(trouble.lostAnswers);
    if (isLost) faults.note("printer's answer lost");
    const comesOut = !isLost || chance.happens(500);
    if (comesOut) paper.set(job.jobId, (paper.get(job.jobId) ?? 0) + 1);
    return new Promise((resolve) => {
      clock.after(chance.between(20, 900), () =>
        resolve(isLost ? { kind: "unknown", why: "no-answer" } : { kind: "printed" }),
      );
    });
  }

  return {
    forLife: (life, clock) => ({
      encode: async (document) => new TextEncoder().encode(JSON.stringify(document)),
      print: (job) => print(job, life, clock),
      status,
      onStatus(listener) {
        const own = (now: PrinterStatus) => {
          if (!life.isOver) listener(now);
        };
        listeners.add(own);
        return () => void listeners.delete(own);
      },
      close: async () => undefined,
    }),
    setTrouble(next) {
      trouble = next;
      for (const listener of listeners) listener(status());
    },
    paper: () => paper,
    newPaper() {
      paper = new Map();
    },
  };
}
