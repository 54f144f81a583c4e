import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { CardTerminal } from "./card-terminal.ts";
import { closeServer, isFromHere, listenOnLoopback, readBody } from "./loopback.ts";
import { type DevicesView, machineHtml, panelHtml, receiptHtml, wholePage } from "./page-html.ts";
import type { VirtualPrinter, VirtualPrinterFaults } from "./printer-server.ts";

/** What the page shows and drives. */
export interface PageDevices {
  readonly printer: VirtualPrinter;
  readonly paper: DevicesView["paper"];
  readonly terminal: CardTerminal;
}

export interface DevicesPage {
  readonly port: number;
  /** The address with its token. */
  readonly url: string;
  close(): Promise<void>;
}

const headers = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

const { resolve } = createRequire(import.meta.url);
const noto = "@fontsource-variable/noto-sans";
const files: Readonly<Record<string, { readonly path: string; readonly type: string }>> = {
  "/page.css": { path: join(import.meta.dirname, "page", "page.css"), type: "text/css" },
  "/page.js": { path: join(import.meta.dirname, "page", "page.js"), type: "text/javascript" },
  "/icon.svg": { path: join(import.meta.dirname, "page", "icon.svg"), type: "image/svg+xml" },
  "/fonts/latin.woff2": {
    path: resolve(`${noto}/files/noto-sans-latin-wght-normal.woff2`),
    type: "font/woff2",
  },
  "/fonts/hebrew.woff2": {
    path: resolve(`${noto}-hebrew/files/noto-sans-hebrew-hebrew-wght-normal.woff2`),
    type: "font/woff2",
  },
};

/** The page of the virtual devices, on loopback, for whoever knows its token. */
export async function startDevicesPage(
  devices: PageDevices,
  options: { readonly port: number; readonly token: string },
): Promise<DevicesPage> {
  const page = new Page(devices, options.token);
  const server = createServer((request, response) => {
    page.answer(request, response).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, options.port);
  return {
    port,
    url: `http://127.0.0.1:${port}/?token=${options.token}`,
    async close() {
      page.close();
      await closeServer(server);
    },
  };
}

class Page {
  readonly #devices: PageDevices;
  readonly #token: string;
  readonly #streams = new Set<ServerResponse>();
  readonly #stops: readonly (() => void)[];
  #sending = false;

  constructor(devices: PageDevices, token: string) {
    this.#devices = devices;
    this.#token = token;
    const changed = () => this.#send();
    this.#stops = [devices.printer.onChange(changed), devices.terminal.onChange(changed)];
  }

  close(): void {
    for (const stop of this.#stops) stop();
    for (const stream of this.#streams) stream.end();
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (!isFromHere(request)) return end(response, 403, "Only from this machine.");
    const cookie = `evertill-devices-${request.socket.localPort ?? 0}`;
    const given = url.searchParams.get("token");
    if (given !== null && this.#isToken(given)) {
      response.setHeader(
        "Set-Cookie",
        `${cookie}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`,
      );
      if (url.pathname === "/") return redirect(response);
    } else if (!this.#isToken(cookieOf(request, cookie))) {
      return end(
        response,
        403,
        "Open this page by the whole address that was printed at the start.",
      );
    }
    if (request.method === "POST") return this.#act(request, response, url.pathname);
    return this.#show(response, url.pathname);
  }

  #isToken(text: string): boolean {
    const given = Buffer.from(text);
    const right = Buffer.from(this.#token);
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #show(response: ServerResponse, path: string): void {
    if (path === "/") return end(response, 200, wholePage(this.#view()), "text/html");
    if (path === "/events") return this.#stream(response);
    if (path === "/state.json") return endJson(response, this.#state());
    const file = files[path];
    if (file) return end(response, 200, readFileSync(file.path), file.type);
    const number = Number(/^\/receipts\/(\d{1,9})\.png$/.exec(path)?.[1]);
    const picture = Number.isNaN(number) ? null : this.#devices.paper.picture(number);
    if (picture) return end(response, 200, picture, "image/png");
    return end(response, 404, "There is nothing here.");
  }

  async #act(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const fields = Object.fromEntries(new URLSearchParams((await readBody(request)) ?? ""));
    const done = await perform(this.#devices, path, fields);
    if (!done) return end(response, 400, "That is no button of this page.");
    if (request.headers.accept === "application/json") return endJson(response, this.#state());
    return redirect(response);
  }

  #view(): DevicesView {
    const { printer, paper, terminal } = this.#devices;
    return { printer: printer.state, printerPort: printer.port, paper, terminal };
  }

  /** For programs: the state of the devices and the texts of the newest receipts. */
  #state() {
    const { printer, paper, terminal } = this.#devices;
    const { current, settings } = terminal;
    const receipts = paper.list(100);
    return { printer: printer.state, card: { current, settings }, receipts, torn: paper.count };
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    this.#streams.add(response);
    response.once("close", () => this.#streams.delete(response));
    response.write(this.#message());
  }

  /** Tells every open page, once for everything that changes in one go. */
  #send(): void {
    if (this.#sending) return;
    this.#sending = true;
    setImmediate(() => {
      this.#sending = false;
      if (this.#streams.size === 0) return;
      const message = this.#message();
      for (const stream of this.#streams) stream.write(message);
    });
  }

  #message(): string {
    const view = this.#view();
    const receipts = view.paper.list(10).map(receiptHtml);
    const data = { panel: panelHtml(view), machine: machineHtml(view), receipts };
    return `data: ${JSON.stringify(data)}\n\n`;
  }
}

const printerFields = z.strictObject({
  paper: z.enum(["ok", "near-end", "out"]).optional(),
  cover: z.enum(["closed", "open"]).optional(),
  power: z.enum(["on", "off"]).optional(),
  behaviour: z.enum(["normal", "slow", "offline", "hung"]).optional(),
  line: z.enum(["whole", "cut"]).optional(),
});
const cardFields = z.strictObject({
  decide: z.enum(["approve", "decline", "cancel"]).optional(),
  auto: z.enum(["yes", "no"]).optional(),
  fault: z.enum(["none", "lose-request", "lose-answer", "no-answer"]).optional(),
});

/** In the middle of a usual receipt. */
const cutAfterBytes = 600;

/** Does what a button says; false for what no button says. */
async function perform(
  { printer, terminal }: PageDevices,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<boolean> {
  if (path === "/drawer") {
    printer.closeDrawer();
    return true;
  }
  if (path === "/printer") {
    const parsed = printerFields.safeParse(fields);
    if (parsed.success) await printer.set(faultsOf(parsed.data));
    return parsed.success;
  }
  const parsed = cardFields.safeParse(fields);
  if (path !== "/card" || !parsed.success) return false;
  const { decide, auto, fault } = parsed.data;
  if (decide !== undefined) terminal.decide(decide);
  if (auto !== undefined) terminal.set({ autoApprove: auto === "yes" });
  if (fault !== undefined) terminal.set({ nextFault: fault });
  return true;
}

function faultsOf(fields: z.infer<typeof printerFields>): Partial<VirtualPrinterFaults> {
  const { behaviour, line, paper, cover, power } = fields;
  return {
    ...(paper === undefined ? {} : { paper }),
    ...(cover === undefined ? {} : { cover }),
    ...(power === undefined ? {} : { power }),
    ...(line === undefined ? {} : { dropAfterBytes: line === "cut" ? cutAfterBytes : null }),
    ...(behaviour === undefined
      ? {}
      : {
          offline: behaviour === "offline",
          pace: behaviour === "offline" ? ("normal" as const) : behaviour,
        }),
  };
}

function cookieOf(request: IncomingMessage, name: string): string {
  const all = request.headers.cookie?.split(/; */) ?? [];
  return all.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

function end(
  response: ServerResponse,
  code: number,
  body: string | Uint8Array,
  type = "text/plain",
) {
  const charset = type.startsWith("text/") ? "; charset=utf-8" : "";
  response.writeHead(code, { "Content-Type": `${type}${charset}` }).end(body);
}

function endJson(response: ServerResponse, value: unknown): void {
  end(response, 200, JSON.stringify(value), "application/json");
}

function redirect(response: ServerResponse): void {
  response.writeHead(303, { Location: "/" }).end();
}
