import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { HostEndpoint, HostEvent } from "../endpoint.ts";
import { newToken, openDoor } from "./door.ts";
import { openLogFile } from "./log-file.ts";
import { serveTill, type TillServer } from "./serve.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** For tests: an endpoint that answers every call with what it was given. */
export interface EchoHost extends HostEndpoint {
  readonly listeners: Set<(event: HostEvent) => void>;
  readonly calls: string[];
}

/** For tests: a folder of pages and a secret beside it, served by the real server. */
export interface ServedTill {
  readonly folder: string;
  readonly token: string;
  readonly host: EchoHost;
  readonly server: TillServer;
  /** The same till after a crash: same folder, token and port. */
  restart(): Promise<ServedTill>;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export async function serveFixture(): Promise<ServedTill> {
  const folder = temporaryFolder("serve");
  mkdirSync(join(folder, "dist", "assets"), { recursive: true });
  writeFileSync(join(folder, "dist", "index.html"), "<p>the till</p>");
  writeFileSync(join(folder, "dist", "assets", "main-Ab12.js"), "export {};");
  writeFileSync(join(folder, "secret.html"), "not for browsers");
  symlinkSync(join(folder, "secret.html"), join(folder, "dist", "link.html"));
  return serve(folder, newToken(), 0);
}

async function serve(folder: string, token: string, port: number): Promise<ServedTill> {
  const host = createEchoHost();
  const server = await serveTill({
    endpoint: host,
    door: openDoor(join(folder, "door.json"), [token]),
    pages: join(folder, "dist"),
    locale: "de",
    log: openLogFile({ folder, name: "till" }),
    port,
  });
  async function restart() {
    await server.close();
    return serve(folder, token, server.port);
  }
  return { folder, token, host, server, restart };
}

function createEchoHost(): EchoHost {
  const listeners = new Set<(event: HostEvent) => void>();
  const calls: string[] = [];
  return {
    listeners,
    calls,
    call(name, input) {
      calls.push(name);
      return Promise.resolve({ ok: true, value: { name, input } });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    whenSellable: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

export function ask(
  till: ServedTill,
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = till.server;
    const options = { host: "127.0.0.1", port, path, method, headers, agent: false };
    const asked = request(options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Enters by the token; the browser's cookie. */
export async function enter(till: ServedTill): Promise<string> {
  const { headers } = await ask(till, `/?token=${till.token}`);
  return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

/** Opens a WebSocket; the refusing status when the server refuses. */
export function handshake(
  till: ServedTill,
  path: string,
  headers: Record<string, string>,
): Promise<Screen | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${till.server.port}${path}`, { headers });
    const screen = listen(socket);
    socket.on("open", () => resolve(screen));
    socket.on("unexpected-response", (asked, response) => {
      asked.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", () => {});
  });
}

export interface Screen {
  readonly socket: WebSocket;
  /** The next message of the host, waited for. */
  readonly next: () => Promise<unknown>;
}

function listen(socket: WebSocket): Screen {
  const waiting: ((message: unknown) => void)[] = [];
  const come: unknown[] = [];
  socket.on("message", (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString());
    const taker = waiting.shift();
    if (taker) taker(message);
    else come.push(message);
  });
  return {
    socket,
    next: () =>
      new Promise((resolve) => {
        if (come.length > 0) resolve(come.shift());
        else waiting.push(resolve);
      }),
  };
}

/** A screen that was let in and has heard the host's hello. */
export async function openScreen(till: ServedTill, cookie: string): Promise<Screen> {
  const headers = { Cookie: cookie, Origin: till.server.origin };
  const screen = await handshake(till, "/channel", headers);
  if (typeof screen === "number") throw new Error(`the channel was refused: ${screen}`);
  await screen.next();
  return screen;
}
