import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:http";
import { connect as dial } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { loadImage } from "@napi-rs/canvas";
import { afterEach, describe, expect, it } from "vitest";
import type { Log } from "../../domain/values/ports.ts";
import type { PrintDocument } from "../printer/document.ts";
import type { Printer } from "../printer/port.ts";
import { printerProfile } from "../printer/profile.ts";
import { createTcpPrinter } from "../printer/tcp.ts";
import { startVirtualDevices, type VirtualDevices } from "./devices.ts";
import { systemClock } from "./system-clock.ts";

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const open: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "evertill-devices-"));
  open.push(() => rmSync(path, { recursive: true, maxRetries: 3 }));
  return path;
}

async function start(data = folder()): Promise<VirtualDevices> {
  const ports = { printerPort: 0, paperPort: 0, paymentPort: 0 };
  const devices = await startVirtualDevices({ data, ...ports, clock: systemClock });
  open.push(() => devices.close());
  return devices;
}

function connect(port: number): Printer {
  const printer = createTcpPrinter({
    host: "127.0.0.1",
    port,
    profile: printerProfile("epson-80mm"),
    connection: "held",
    log: quiet,
  });
  open.push(() => printer.close());
  return printer;
}

let jobs = 0;
async function print(printer: Printer, ...texts: string[]): Promise<string> {
  const blocks = texts.map((text) => ({ kind: "text", text }) as const);
  const document: PrintDocument = { direction: "ltr", blocks: [...blocks, { kind: "cut" }] };
  const bytes = await printer.encode(document);
  const beforeSend = () => undefined;
  const { kind } = await printer.print({ kind: "document", jobId: `${jobs++}`, bytes, beforeSend });
  return kind;
}

/** A browser that has opened the printed address. */
async function enter(url: string) {
  const first = await fetch(url, { redirect: "manual" });
  const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
  const { origin } = new URL(url);
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(origin + path, { headers: { cookie, ...headers } });
  const press = (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ) =>
    fetch(origin + path, {
      method: "POST",
      redirect: "manual",
      headers: { cookie, ...headers },
      body: new URLSearchParams(fields),
    });
  return { first, cookie, origin, get, press };
}

describe("the page of the virtual devices", () => {
  it("opens by its printed address only, and tells nothing to anybody else", async () => {
    const { page } = await start();
    const { first, origin, get } = await enter(page.url);
    expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
    expect(first.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Strict/);
    expect((await get("/")).status).toBe(200);
    for (const path of ["/", "/state.json", "/events", "/receipts/1.png", "/?token=guess"]) {
      expect((await fetch(origin + path, { redirect: "manual" })).status).toBe(403);
    }
    expect((await get("/", { origin: "https://example.com" })).status).toBe(403);
    expect(await statusWithHost(page.port, "evil.example")).toBe(403);
  });

  it("runs nothing but its own files", async () => {
    const { page } = await start();
    const { get } = await enter(page.url);
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    for (const path of ["/page.css", "/page.js", "/icon.svg", "/fonts/latin.woff2"]) {
      expect((await get(path)).status).toBe(200);
    }
  });

  it("shows a receipt as a picture and as text, however wickedly it is named", async () => {
    const { page, printer } = await start();
    const { get } = await enter(page.url);
    expect(await print(connect(printer.port), '<img src=x onerror="alert(1)">', "Milk")).toBe(
      "printed",
    );
    const html = await (await get("/")).text();
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(html).not.toContain("<img src=x");
    const picture = await get("/receipts/1.png");
    expect(picture.headers.get("content-type")).toBe("image/png");
    const image = await loadImage(Buffer.from(await picture.arrayBuffer()));
    expect(image.width).toBe(576 + 48);
    expect((await get("/receipts/2.png")).status).toBe(404);
  });

  it("sends every new receipt and change to the pages that are open", async () => {
    const { page, printer } = await start();
    const { get } = await enter(page.url);
    const stream = await get("/events");
    const seen = reader(stream);
    expect(await seen((text) => text.includes("Ready"))).toBe(true);
    await print(connect(printer.port), "Milk");
    expect(await seen((text) => text.includes("receipt-1"))).toBe(true);
    await printer.set({ cover: "open" });
    expect(await seen((text) => text.includes("Cover open"))).toBe(true);
  });

  it("has a button for everything that can befall a printer, a drawer and a card", async () => {
    const { page, printer, terminal } = await start();
    const { press } = await enter(page.url);
    await press("/printer", { paper: "out" });
    await press("/printer", { cover: "open" });
    await press("/printer", { behaviour: "slow" });
    await press("/printer", { line: "cut" });
    expect(printer.state).toMatchObject({
      paper: "out",
      cover: "open",
      pace: "slow",
      dropAfterBytes: 600,
    });
    await press("/printer", { behaviour: "offline" });
    expect(printer.state).toMatchObject({ pace: "normal", offline: true });
    await press("/printer", { power: "off" });
    expect(printer.state.power).toBe("off");
    await press("/card", { auto: "no" });
    const paid = terminal.pay({ key: "a/b", amountMinor: 100, currency: "EUR" });
    const answer = await press("/card", { decide: "decline" }, { accept: "application/json" });
    expect(await answer.json()).toMatchObject({ card: { current: null } });
    expect(await paid).toMatchObject({ state: "refused" });
    expect((await press("/card", { decide: "steal" })).status).toBe(400);
    expect((await press("/elsewhere", {})).status).toBe(400);
  });

  it("closes the drawer that a till opened", async () => {
    const { page, printer } = await start();
    const { press } = await enter(page.url);
    const till = connect(printer.port);
    await till.print({ kind: "drawer-kick", jobId: "k", beforeSend: () => undefined });
    expect(printer.state.drawer).toBe("open");
    expect((await press("/drawer", {})).status).toBe(303);
    expect(printer.state.drawer).toBe("closed");
  });
});

describe("the virtual devices", () => {
  it("keep paper, payments and the address of the page over a restart", async () => {
    const data = folder();
    const first = await start(data);
    await print(connect(first.printer.port), "Milk");
    await first.terminal.pay({ key: "a/b", amountMinor: 100, currency: "EUR" });
    await first.close();
    const second = await start(data);
    expect(second.paper.list(5).map(({ text }) => text[0])).toEqual(["Milk"]);
    expect(second.terminal.records.get("a/b")?.state).toBe("approved");
    expect(new URL(second.page.url).search).toBe(new URL(first.page.url).search);
    await print(connect(second.printer.port), "Bread");
    expect(second.paper.list(5).map(({ number }) => number)).toEqual([2, 1]);
    const files = readdirSync(join(data, "paper")).filter((name) => name.startsWith("000002"));
    expect(files.toSorted()).toEqual(["000002.bin", "000002.json"]);
    expect(second.paper.picture(2)?.subarray(1, 4).toString()).toBe("PNG");
    expect(readdirSync(join(data, "paper"))).toContain("000002.png");
  });

  it("hold an ESC p until paper is back, which is why the till does not use it", async () => {
    const { printer } = await start();
    await printer.set({ paper: "out" });
    const socket = dial(printer.port, "127.0.0.1");
    open.push(() => void socket.destroy());
    socket.on("error", () => undefined);
    socket.write(Uint8Array.of(0x1b, 0x70, 0, 25, 250));
    await changed(printer, () => printer.state.waitingBytes === 5);
    expect(printer.state.drawer).toBe("closed");
    await printer.set({ paper: "ok" });
    expect(printer.state.drawer).toBe("open");
  });

  it("are a program that says where everything is in one line, and ends when asked", async () => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "main.ts"), "--data", folder(), "--json"],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    open.push(() => void child.kill("SIGKILL"));
    const [line] = await firstLine(child.stdout);
    const ready: unknown = JSON.parse(line ?? "");
    expect(ready).toMatchObject({ ready: true });
    expect(Object.keys(ready as object)).toEqual(["ready", "printer", "paper", "payment", "data"]);
    const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});

function firstLine(stream: NodeJS.ReadableStream): Promise<string[]> {
  const lines = createInterface({ input: stream });
  return new Promise((resolve) => lines.once("line", (line) => resolve([line])));
}

function changed(printer: VirtualDevices["printer"], holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const stop = printer.onChange(() => check());
    const check = () => {
      if (!holds()) return;
      stop();
      resolve();
    };
    check();
  });
}

function statusWithHost(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.once("error", reject).end();
  });
}

/** Reads a stream of events until one of them holds. */
function reader(response: Response): (holds: (text: string) => boolean) => Promise<boolean> {
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return async (holds) => {
    for (;;) {
      if (holds(text)) return true;
      const next = await chunks?.read();
      if (!next || next.done) return false;
      text += next.value;
    }
  };
}
