import { afterEach, describe, expect, it } from "vitest";
import type { Log } from "../../domain/values/ports.ts";
import { drawerState } from "../drawer/drawer.ts";
import { startVirtualPrinter, type VirtualPrinter } from "../virtual/printer-server.ts";
import type { PrintDocument } from "./document.ts";
import { conditionOf, type Printer, type PrinterStatus } from "./port.ts";
import { plainTextOf } from "./plain-text.ts";
import { printerProfile } from "./profile.ts";
import { createTcpPrinter, type TcpPrinterOptions } from "./tcp.ts";

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function bench(options: Partial<TcpPrinterOptions> = {}) {
  const papers: string[][] = [];
  const virtual = await startVirtualPrinter({
    port: 0,
    onTorn: ({ items }) => papers.push(plainTextOf(items).filter((line) => line.trim() !== "")),
  });
  open.push(() => virtual.close());
  const printer = createTcpPrinter({
    host: "127.0.0.1",
    port: virtual.port,
    profile: printerProfile("epson-80mm"),
    connection: "held",
    log: quiet,
    ...options,
    patience: { statusMs: 300, jobMs: 1_500, reconnectMs: [20], ...options.patience },
  });
  open.push(() => printer.close());
  return { virtual, printer, papers };
}

function receipt(text: string, direction: PrintDocument["direction"] = "ltr"): PrintDocument {
  return { direction, blocks: [{ kind: "text", text }, { kind: "cut" }] };
}

let jobs = 0;

async function print(printer: Printer, document: PrintDocument, separate = false) {
  let sent = false;
  const outcome = await printer.print({
    kind: "document",
    separate,
    jobId: `job-${jobs++}`,
    bytes: await printer.encode(document),
    beforeSend: () => {
      sent = true;
    },
  });
  return { ...outcome, sent };
}

function kick(printer: Printer) {
  return printer.print({
    kind: "drawer-kick",
    jobId: `kick-${jobs++}`,
    beforeSend: () => undefined,
  });
}

function until(printer: Printer, holds: (status: PrinterStatus) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = printer.onStatus((status) => settle(status));
    const settle = (status: PrinterStatus) => {
      if (!holds(status)) return;
      stop();
      resolve();
    };
    settle(printer.status());
  });
}

function changed(virtual: VirtualPrinter, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = virtual.onChange(() => check());
    const check = () => {
      if (!holds()) return;
      stop();
      resolve();
    };
    check();
  });
}

describe("a printer on TCP", () => {
  it("says printed when the printer says so, and the paper shows it", async () => {
    const { printer, papers } = await bench();
    expect(await print(printer, receipt("Milk"))).toEqual({ kind: "printed", sent: true });
    expect(papers).toEqual([["Milk"]]);
  });

  it("takes the paper sensor's answer where a model knows no process id", async () => {
    const { printer, papers } = await bench({ profile: printerProfile("generic-80mm") });
    expect(await print(printer, receipt("Milk"))).toEqual({ kind: "printed", sent: true });
    expect(papers).toEqual([["Milk"]]);
  });

  it("prints jobs in the order in which they were given", async () => {
    const { printer, papers } = await bench();
    const texts = ["1", "2", "3", "4", "5"];
    await Promise.all(texts.map((text) => print(printer, receipt(text))));
    expect(papers.flat()).toEqual(texts);
  });

  it.each([
    ["paper is out", { paper: "out" }, "paper-out"],
    ["the cover is open", { cover: "open" }, "cover-open"],
    ["it was put offline", { offline: true }, "offline"],
    ["it hangs", { pace: "hung" }, "no-answer"],
    ["it is switched off", { power: "off" }, "unreachable"],
  ] as const)("sends nothing while %s, and prints once that is over", async (_, fault, why) => {
    const { virtual, printer, papers } = await bench();
    await virtual.set(fault);
    expect(await print(printer, receipt("Milk"))).toEqual({ kind: "failed", why, sent: false });
    await virtual.set({
      paper: "ok",
      cover: "closed",
      offline: false,
      pace: "normal",
      power: "on",
    });
    await until(printer, (status) => conditionOf(status) === "ready");
    expect(await print(printer, receipt("Milk"))).toEqual({ kind: "printed", sent: true });
    expect(papers).toEqual([["Milk"]]);
  });

  it("prints on with little paper left", async () => {
    const { virtual, printer } = await bench();
    await virtual.set({ paper: "near-end" });
    expect((await print(printer, receipt("Milk"))).kind).toBe("printed");
    expect(conditionOf(printer.status())).toBe("paper-near-end");
  });

  it("waits for a person when the roll ends in the middle, and the receipt is whole", async () => {
    const { virtual, printer, papers } = await bench({ patience: { jobMs: 50, perKilobyteMs: 0 } });
    await print(printer, receipt("first"));
    await virtual.set({ paperEndsAfterLines: 1 });
    const blocks = ["a", "b", "c"].map((text) => ({ kind: "text", text }) as const);
    const outcome = print(printer, { direction: "ltr", blocks: [...blocks, { kind: "cut" }] });
    await until(printer, (status) => status.paper === "out");
    expect(papers).toHaveLength(1);
    await virtual.set({ paper: "ok" });
    expect(await outcome).toEqual({ kind: "printed", sent: true });
    expect(papers[1]).toEqual(["a", "b", "c"]);
  });

  it("does not know when the printer falls silent after it got the job", async () => {
    const { virtual, printer } = await bench({ patience: { jobMs: 100, perKilobyteMs: 0 } });
    await until(printer, (status) => conditionOf(status) === "ready");
    const outcome = printer.print({
      kind: "document",
      jobId: "x",
      bytes: await printer.encode(receipt("Milk")),
      beforeSend: () => void virtual.set({ pace: "hung" }),
    });
    expect(await outcome).toEqual({ kind: "unknown", why: "no-answer" });
  });

  it.each([30, 300, 2_000])(
    "does not know when the line breaks after %i bytes, and the next receipt stands alone",
    async (dropAfterBytes) => {
      const { virtual, printer, papers } = await bench();
      await until(printer, (status) => conditionOf(status) === "ready");
      const long: PrintDocument = {
        direction: "rtl",
        blocks: [{ kind: "text", text: "חלב 3%" }, { kind: "text", text: "לחם" }, { kind: "cut" }],
      };
      const bytes = await printer.encode(long);
      const outcome = await printer.print({
        kind: "document",
        jobId: "x",
        bytes,
        beforeSend: () => void virtual.set({ dropAfterBytes }),
      });
      expect(outcome).toEqual({ kind: "unknown", why: "connection-lost" });
      expect((await print(printer, receipt("Bread"), true)).kind).toBe("printed");
      expect(papers.at(-1)).toEqual(["Bread"]);
    },
  );

  it("hears paper, cover and drawer at once while it holds the line", async () => {
    const { virtual, printer } = await bench();
    await until(printer, (status) => conditionOf(status) === "ready");
    await virtual.set({ cover: "open" });
    await until(printer, (status) => status.cover === "open");
    await virtual.set({ cover: "closed", paper: "near-end" });
    await until(printer, (status) => conditionOf(status) === "paper-near-end");
    await virtual.set({ power: "off" });
    await until(printer, (status) => status.connection === "unreachable");
    await virtual.set({ power: "on" });
    await until(printer, (status) => conditionOf(status) === "paper-near-end");
  });

  it("is found out by its heartbeat when it hangs", async () => {
    const { virtual, printer } = await bench({ patience: { heartbeatMs: 20, statusMs: 50 } });
    await until(printer, (status) => conditionOf(status) === "ready");
    await virtual.set({ pace: "hung" });
    await until(printer, (status) => status.connection === "unreachable");
  });

  it("is left alone until there is a job where tills share it or its printing is secured", async () => {
    const { virtual, printer, papers } = await bench({
      connection: "per-job",
      patience: { restMs: 10 },
    });
    expect(conditionOf(printer.status())).toBe("ready");
    expect(virtual.state.connections).toBe(0);
    expect((await print(printer, receipt("Milk"))).kind).toBe("printed");
    await changed(virtual, () => virtual.state.connections === 0);
    expect(papers).toEqual([["Milk"]]);
  });

  it("lets go at once when the till closes, and says that it does not know", async () => {
    const { virtual, printer } = await bench();
    await until(printer, (status) => conditionOf(status) === "ready");
    const outcome = printer.print({
      kind: "document",
      jobId: "x",
      bytes: await printer.encode(receipt("Milk")),
      beforeSend: () => void virtual.set({ pace: "hung" }),
    });
    await changed(virtual, () => virtual.state.pace === "hung");
    await printer.close();
    expect(await outcome).toEqual({ kind: "unknown", why: "closed" });
    expect(await print(printer, receipt("Bread"))).toMatchObject({ kind: "failed", why: "closed" });
  });
});

describe("the drawer", () => {
  it("opens, and its state is heard through the printer", async () => {
    const { virtual, printer } = await bench();
    await until(printer, (status) => drawerState(status, "low") === "closed");
    expect(await kick(printer)).toEqual({ kind: "printed" });
    expect(virtual.state.drawer).toBe("open");
    await until(printer, (status) => drawerState(status, "low") === "open");
    virtual.closeDrawer();
    await until(printer, (status) => drawerState(status, "low") === "closed");
  });

  it("opens while paper is out, at once and not when the paper is back", async () => {
    const { virtual, printer } = await bench();
    await virtual.set({ paper: "out" });
    expect(await kick(printer)).toEqual({ kind: "printed" });
    expect(virtual.state.drawer).toBe("open");
    virtual.closeDrawer();
    await virtual.set({ paper: "ok" });
    expect((await print(printer, receipt("Milk"))).kind).toBe("printed");
    expect(virtual.state.drawer).toBe("closed");
  });

  it("opens while a receipt waits for paper", async () => {
    const { virtual, printer } = await bench();
    await virtual.set({ paperEndsAfterLines: 1 });
    const outcome = print(printer, receipt("Milk"));
    await until(printer, (status) => status.paper === "out");
    expect(await kick(printer)).toEqual({ kind: "printed" });
    expect(virtual.state.drawer).toBe("open");
    await virtual.set({ paper: "ok" });
    expect((await outcome).kind).toBe("printed");
  });

  it("does not open later: a printer that hangs is not sent the kick", async () => {
    const { virtual, printer } = await bench();
    await until(printer, (status) => conditionOf(status) === "ready");
    await virtual.set({ pace: "hung" });
    expect(await kick(printer)).toEqual({ kind: "failed", why: "no-answer" });
    await virtual.set({ pace: "normal" });
    await until(printer, (status) => conditionOf(status) === "ready");
    expect(virtual.state.drawer).toBe("closed");
  });
});
