import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Log } from "../../domain/values/ports.ts";
import type { HostEndpoint } from "../endpoint.ts";
import { openChannelSession } from "./channel-session.ts";
import type { Door } from "./door.ts";
import { readPageFile } from "./page-files.ts";
import { commonHeaders, contentSecurityPolicy } from "./page-headers.ts";

/** The till served to browsers on this machine. */
export interface TillServer {
  readonly port: number;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly origin: string;
  /** Says goodbye to every window and stops listening. */
  close(): Promise<void>;
}

export interface TillServerOptions {
  readonly endpoint: HostEndpoint;
  readonly door: Door;
  /** The built renderer. */
  readonly pages: string;
  readonly locale: string;
  readonly log: Log;
  /** 0 takes a free one. */
  readonly port: number;
}

/** A screen sends a few hundred bytes; a message of this size is not from one. */
const longestMessageBytes = 256 * 1024;
/** A window that does not read what it is told is cut off and comes back by itself. */
const mostUnreadBytes = 8 * 1024 * 1024;
const mostWindows = 32;

/** Listens on 127.0.0.1 only. Rejects with Node's error when the port is taken. */
export async function serveTill(options: TillServerOptions): Promise<TillServer> {
  const server = createServer((request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      options.log.error("page failed", { why: String(error) });
      if (!response.headersSent) refuse(response, 500, "Evertill could not read this page.");
      response.end();
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: longestMessageBytes,
    perMessageDeflate: false,
  });
  server.on("upgrade", (request, socket, head) => {
    const why = whyNoChannel(request, options.door, sockets.clients.size);
    if (why !== null) return refuseUpgrade(socket, why);
    sockets.handleUpgrade(request, socket, head, (client) => openWindow(client, options));
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.close(1001, "the till is closing");
        server.close(() => resolve());
        server.closeAllConnections();
        for (const client of sockets.clients) client.terminate();
      }),
  };
}

function openWindow(client: WebSocket, options: TillServerOptions): void {
  const session = openChannelSession(options.endpoint, options.locale, (message) => {
    if (client.readyState !== client.OPEN) return;
    if (client.bufferedAmount > mostUnreadBytes) return client.terminate();
    client.send(JSON.stringify(message));
  });
  client.on("message", (data, isBinary) =>
    session.received(isBinary ? null : parsed(data as Buffer)),
  );
  // A message that is too long ends here; "close" follows.
  client.on("error", (error) => options.log.warn("window failed", { why: error.message }));
  client.on("close", () => session.ended());
}

function parsed(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString("utf8")) as unknown;
  } catch {
    return null;
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: TillServerOptions,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "Pages are only read here.");
  }
  const host = ownHost(request);
  // [DNS rebinding] Another site's name that points here must not reach the till.
  if (host === null) return refuse(response, 403, "This address is not the till's own.");
  const address = addressOf(request, host);
  if (address === null) return refuse(response, 400, "This is not an address.");
  const token = address.searchParams.get("token");
  if (token !== null && request.method === "GET" && exchange(address, token, response, options)) {
    return;
  }
  if (!isKnown(request, options.door)) {
    return refuse(
      response,
      403,
      "This address opens the till once, and it was used already, or it has no key at all.\n" +
        "Start Evertill again to get a new one: npm start",
    );
  }
  if (token !== null) return redirect(address, response);
  await servePage(address, response, options);
}

/** [One-time token] Trades the address's token for a cookie; the token leaves the address bar. */
function exchange(
  address: URL,
  token: string,
  response: ServerResponse,
  options: TillServerOptions,
): boolean {
  const cookie = options.door.enter(token);
  if (cookie === null) return false;
  const maxAge = options.door.cookieMaxAgeSeconds;
  response.setHeader(
    "Set-Cookie",
    `${cookieName(response.req)}=${cookie}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}`,
  );
  redirect(address, response);
  return true;
}

function redirect(address: URL, response: ServerResponse): void {
  address.searchParams.delete("token");
  response.writeHead(303, {
    ...commonHeaders,
    "Cache-Control": "no-store",
    Location: address.href,
  });
  response.end();
}

async function servePage(
  address: URL,
  response: ServerResponse,
  options: TillServerOptions,
): Promise<void> {
  const file = await readPageFile(options.pages, address.pathname);
  if (file === null) return refuse(response, 404, "There is no such page in Evertill.");
  response.writeHead(200, {
    ...commonHeaders,
    "Content-Security-Policy": contentSecurityPolicy(`ws://${address.host}`),
    "Content-Type": file.contentType,
    "Content-Length": file.body.length,
    "Cache-Control": file.cacheControl,
  });
  response.end(response.req.method === "HEAD" ? undefined : file.body);
}

/** The reason not to open a channel, or null. Browsers send Origin with every WebSocket. */
function whyNoChannel(request: IncomingMessage, door: Door, windows: number): string | null {
  const host = ownHost(request);
  if (host === null) return "403 Forbidden";
  if (request.headers.origin !== `http://${host}`) return "403 Forbidden";
  if (!isKnown(request, door)) return "401 Unauthorized";
  if (addressOf(request, host)?.pathname !== "/channel") return "404 Not Found";
  return windows >= mostWindows ? "503 Service Unavailable" : null;
}

function refuseUpgrade(socket: Duplex, why: string): void {
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${why}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The Host header when it names this server, else null. */
function ownHost(request: IncomingMessage): string | null {
  const { host } = request.headers;
  const port = request.socket.localPort;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` ? host : null;
}

/** The full address that was asked for; a path like `//elsewhere` stays a path. */
function addressOf(request: IncomingMessage, host: string): URL | null {
  return URL.parse(`http://${host}${request.url ?? "/"}`);
}

/** Cookies do not know ports: two tills on one machine would overwrite each other's. */
function cookieName(request: IncomingMessage): string {
  return `evertill-${request.socket.localPort}`;
}

function isKnown(request: IncomingMessage, door: Door): boolean {
  const name = `${cookieName(request)}=`;
  const cookies = (request.headers.cookie ?? "").split(/;\s*/);
  return cookies.some(
    (cookie) => cookie.startsWith(name) && door.isKnown(cookie.slice(name.length)),
  );
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, {
    ...commonHeaders,
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(`${why}\n`);
}
