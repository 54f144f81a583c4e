import { afterEach, describe, expect, it } from "vitest";
import type { Clock, Log } from "../../domain/values/ports.ts";
import { failed, ok } from "../../domain/values/result.ts";
import { startVirtualPrinter, type VirtualPrinter } from "../virtual/printer-server.ts";
import type { PrintDocument } from "./document.ts";
import { plainTextOf } from "./plain-text.ts";
import type { Printer } from "./port.ts";
import { printerProfile } from "./profile.ts";
import { type PrintJobs, type PrintLane, type Spool, startSpool } from "./spool.ts";
import { createTcpPrinter } from "./tcp.ts";

interface Row {
  readonly jobId: string;
  readonly lane: PrintLane;
  readonly queuedAtMs: number;
  state: "queued" | "sending" | "printed" | "unknown" | "failed";
  why: string | null;
  /** Its place among all that were sent; 0 before. */
  sent: number;
}

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    // The spool's own patience is for people; a test has less.
    const timer = setTimeout(task, delayMs / 50);
    return () => clearTimeout(timer);
  },
};
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

/** Rows that outlive a till; `alive` false stands for a till that was killed and writes nothing more. */
function jobsOver(rows: Row[], till: { alive: boolean }): PrintJobs {
  const move = (jobId: string, from: Row["state"][], state: Row["state"], why: string | null) => {
    if (!till.alive) throw new Error("the till is dead");
    const row = rows.find((each) => each.jobId === jobId);
    if (!row || !from.includes(row.state)) throw new Error(`${jobId} is ${row?.state}`);
    row.state = state;
    row.why = why;
  };
  return {
    next: (lane) =>
      till.alive ? (rows.find((row) => row.lane === lane && row.state === "queued") ?? null) : null,
    markSending(jobId) {
      move(jobId, ["queued"], "sending", null);
      const row = rows.find((each) => each.jobId === jobId);
      if (row) row.sent = Math.max(...rows.map((each) => each.sent)) + 1;
    },
    markPrinted: (jobId) => move(jobId, ["sending"], "printed", null),
    markUnknown: (jobId, why) => move(jobId, ["sending"], "unknown", why),
    markWaiting: (jobId, why) => move(jobId, ["queued"], "queued", why),
    markFailed: (jobId, why) => move(jobId, ["queued", "sending"], "failed", why),
    leftSending: () => rows.filter((row) => row.state === "sending"),
    paperMayHang() {
      const sent = rows.filter((row) => row.lane === "paper" && row.sent > 0);
      const last = sent.toSorted((a, b) => a.sent - b.sent).at(-1);
      return last !== undefined && last.state !== "printed";
    },
  };
}

function queue(rows: Row[], jobId: string, lane: PrintLane = "paper", ageMs = 0): void {
  rows.push({ jobId, lane, queuedAtMs: Date.now() - ageMs, state: "queued", why: null, sent: 0 });
}

function documentOf(jobId: string): PrintDocument {
  const text = (value: string) => ({ kind: "text", text: value }) as const;
  return {
    direction: "ltr",
    blocks: [text(`<${jobId}>`), text("Milk"), text("חלב"), { kind: "cut" }],
  };
}

interface Store {
  readonly virtual: VirtualPrinter;
  readonly papers: string[][];
  readonly rows: Row[];
}

async function store(): Promise<Store> {
  const papers: string[][] = [];
  const virtual = await startVirtualPrinter({
    port: 0,
    onTorn: ({ items }) => papers.push(plainTextOf(items).filter((line) => line !== "")),
  });
  open.push(() => virtual.close());
  return { virtual, papers, rows: [] };
}

interface Till {
  readonly spool: Spool;
  readonly printer: Printer;
  /** Pulls the plug: no more writes, the line breaks in the middle of whatever it carries. */
  kill(): Promise<void>;
}

function startTill({ virtual, rows }: Store): Till {
  const till = { alive: true };
  const printer = createTcpPrinter({
    host: "127.0.0.1",
    port: virtual.port,
    profile: printerProfile("epson-80mm"),
    connection: "held",
    log: quiet,
    patience: { statusMs: 200, jobMs: 300, perKilobyteMs: 0, reconnectMs: [5], personMs: 0 },
  });
  const render = (jobId: string) =>
    jobId.startsWith("bad") ? failed("no such sale") : ok(documentOf(jobId));
  const spool = startSpool({ jobs: jobsOver(rows, till), render, printer, clock, log: quiet });
  const close = async () => {
    await printer.close();
    await spool.stop();
  };
  open.push(close);
  return {
    spool,
    printer,
    async kill() {
      till.alive = false;
      await close();
    },
  };
}

function settled(rows: readonly Row[]): boolean {
  return rows.every((row) => row.state !== "queued" && row.state !== "sending");
}

/** Looks again at every change of the printer and at short intervals: the rows have no events. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

function timesOnPaper(papers: readonly string[][], jobId: string): number {
  return papers.flat().filter((line) => line.includes(`<${jobId}>`)).length;
}

describe("the print spool", () => {
  it("[P3] prints what is queued, in order, and says so only then", async () => {
    const all = await store();
    for (const jobId of ["a", "b", "c"]) queue(all.rows, jobId);
    const { spool } = startTill(all);
    await until(() => settled(all.rows));
    queue(all.rows, "d");
    spool.wake();
    await until(() => settled(all.rows));
    expect(all.papers.map(([first]) => first)).toEqual(["<a>", "<b>", "<c>", "<d>"]);
    expect(all.rows.map((row) => row.state)).toEqual(["printed", "printed", "printed", "printed"]);
  });

  it("[P4] takes a job that was being sent when the till stopped as unknown, and never sends it", async () => {
    const all = await store();
    queue(all.rows, "a");
    queue(all.rows, "b");
    if (all.rows[0]) all.rows[0].state = "sending";
    startTill(all);
    await until(() => settled(all.rows));
    expect(all.rows.map((row) => [row.state, row.why])).toEqual([
      ["unknown", "till-stopped"],
      ["printed", null],
    ]);
    expect(timesOnPaper(all.papers, "a")).toBe(0);
  });

  it("[P5] keeps a job with its reason while the printer is off, and prints it when it is back", async () => {
    const all = await store();
    await all.virtual.set({ power: "off" });
    queue(all.rows, "a");
    startTill(all);
    await until(() => all.rows[0]?.why === "unreachable");
    expect(all.rows[0]?.state).toBe("queued");
    await all.virtual.set({ power: "on", paper: "out" });
    await until(() => all.rows[0]?.why === "paper-out");
    await all.virtual.set({ paper: "ok" });
    await until(() => settled(all.rows));
    expect(all.rows[0]?.state).toBe("printed");
    expect(timesOnPaper(all.papers, "a")).toBe(1);
  });

  it("[P4] goes on with the next job after one whose answer was lost", async () => {
    const all = await store();
    const { spool, printer } = startTill(all);
    await until(() => printer.status().connection === "connected");
    await all.virtual.set({ dropAfterBytes: 40 });
    queue(all.rows, "a");
    queue(all.rows, "b");
    spool.wake();
    await until(() => settled(all.rows));
    expect(all.rows.map((row) => row.state)).toEqual(["unknown", "printed"]);
    expect(all.papers.at(-1)).toEqual(["<b>", "Milk", "[picture 576×34]"]);
  });

  it("fails a job that cannot be made into a document, and prints the next", async () => {
    const all = await store();
    queue(all.rows, "bad");
    queue(all.rows, "b");
    startTill(all);
    await until(() => settled(all.rows));
    expect(all.rows.map((row) => [row.state, row.why])).toEqual([
      ["failed", "not-renderable"],
      ["printed", null],
    ]);
  });

  it("[P6] opens the drawer while documents wait for paper", async () => {
    const all = await store();
    await all.virtual.set({ paper: "out" });
    queue(all.rows, "a");
    queue(all.rows, "kick", "drawer");
    startTill(all);
    await until(() => all.rows[1]?.state === "printed");
    expect(all.virtual.state.drawer).toBe("open");
    expect(all.rows[0]?.state).toBe("queued");
  });

  it("[P6] never tries a kick again, and never opens the drawer for one of a while ago", async () => {
    const all = await store();
    queue(all.rows, "old", "drawer", 60_000);
    await all.virtual.set({ power: "off" });
    queue(all.rows, "kick", "drawer");
    const { printer } = startTill(all);
    await until(() => settled(all.rows));
    expect(all.rows.map((row) => [row.state, row.why])).toEqual([
      ["failed", "too-late"],
      ["failed", "unreachable"],
    ]);
    await all.virtual.set({ power: "on" });
    await until(() => printer.status().connection === "connected");
    expect(all.virtual.state.drawer).toBe("closed");
  });

  it("goes on when the ledger could not be written for a moment", async () => {
    const all = await store();
    queue(all.rows, "a");
    const jobs = jobsOver(all.rows, { alive: true });
    let full = true;
    const { printer } = startTill({ ...all, rows: [] });
    const spool = startSpool({
      jobs: {
        ...jobs,
        markSending(jobId) {
          if (full) {
            full = false;
            throw new Error("disk full");
          }
          jobs.markSending(jobId);
        },
      },
      render: (jobId) => ok(documentOf(jobId)),
      printer,
      clock,
      log: quiet,
    });
    await until(() => settled(all.rows));
    await spool.stop();
    expect(all.rows[0]?.state).toBe("printed");
    expect(timesOnPaper(all.papers, "a")).toBe(1);
  });

  it("[P3] the printer's word waits for a ledger that cannot be written, and is not asked of anybody", async () => {
    const all = await store();
    queue(all.rows, "a");
    queue(all.rows, "b");
    const jobs = jobsOver(all.rows, { alive: true });
    let refusals = 0;
    let unreadable = true;
    const { printer } = startTill({ ...all, rows: [] });
    const spool = startSpool({
      jobs: {
        ...jobs,
        next(lane) {
          if (unreadable) {
            unreadable = false;
            throw new Error("disk does not answer");
          }
          return jobs.next(lane);
        },
        markPrinted(jobId) {
          if (refusals++ < 5) throw new Error("disk full");
          jobs.markPrinted(jobId);
        },
      },
      render: (jobId) => ok(documentOf(jobId)),
      printer,
      clock,
      log: quiet,
    });
    await until(() => settled(all.rows));
    await spool.stop();
    expect(all.rows.map((row) => row.state)).toEqual(["printed", "printed"]);
    expect(all.papers.map(([first]) => first)).toEqual(["<a>", "<b>"]);
  });
});

/** A small generator with its state in the open, so that a seed gives the same day again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One bad moment, by chance. */
async function misfortune(all: Store, pick: (below: number) => number, till: Till): Promise<Till> {
  switch (pick(7)) {
    case 0:
      await all.virtual.set({ dropAfterBytes: 1 + pick(6_000) });
      return till;
    case 1:
      await till.kill();
      return startTill(all);
    case 2:
      await all.virtual.set({ power: "off" });
      await all.virtual.set({ power: "on" });
      return till;
    case 3:
      await all.virtual.set({ paper: "out" });
      await all.virtual.set({ paper: "ok" });
      return till;
    case 4:
      await all.virtual.set({ paperEndsAfterLines: 1 + pick(4) });
      return till;
    case 5:
      await all.virtual.set({ pace: "hung" });
      return till;
    default:
      return till;
  }
}

describe("whatever happens", () => {
  const seeds = Array.from({ length: 24 }, (_, i) => i + 1);
  it.each(seeds)(
    "[P4] no job is on paper twice, and what is printed is on paper (seed %i)",
    async (seed) => {
      const all = await store();
      const pick = chance(seed);
      let till = startTill(all);
      for (let n = 0; n < 15; n++) {
        queue(all.rows, `${seed}-${n}`);
        till.spool.wake();
        till = await misfortune(all, pick, till);
        const turns = pick(8);
        for (let turn = 0; turn < turns; turn++)
          await new Promise((resolve) => setImmediate(resolve));
        await all.virtual.set({ paper: "ok", pace: "normal" });
      }
      await all.virtual.set({ paper: "ok", paperEndsAfterLines: null, dropAfterBytes: null });
      await until(() => settled(all.rows));
      for (const row of all.rows) {
        const times = timesOnPaper(all.papers, row.jobId);
        expect(
          row.state === "printed" ? times === 1 : times <= 1,
          `${row.jobId} ${row.state}`,
        ).toBe(true);
      }
      const mixed = all.papers.filter(
        (paper) => paper.filter((line) => line.startsWith("<")).length > 1,
      );
      expect(mixed).toEqual([]);
      expect(all.rows.some((row) => row.state === "printed")).toBe(true);
    },
  );
});
