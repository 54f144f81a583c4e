import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { ZodError } from "zod";
import type { Clock, Log } from "../../../domain/values/ports.ts";
import { type Peer, type Relay, RelayRefused } from "../../lan/port.ts";
import { type LanIdentity, peerOf, tlsOf } from "./identity.ts";
import { mostBytes } from "../../lan/messages.ts";
import { createRelayDoor } from "../../lan/relay-door.ts";

export interface HubServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface HubServerOptions {
  readonly identity: LanIdentity;
  readonly relay: Relay;
  /** The address of the store's network to listen on. */
  readonly address: string;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * [H1] [H3] The door at which the store's tills find this till's relay. Who has no certificate of the
 * authority is refused by TLS itself; who is of another store, before the first answer.
 */
export async function serveHub(options: HubServerOptions): Promise<HubServer> {
  const { identity, relay, address, clock, log } = options;
  const server = createServer({ ...tlsOf(identity), requestCert: true, rejectUnauthorized: true });
  const answer = createRelayDoor(relay, clock);
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 65_000;
  server.on("tlsClientError", (error) => log.warn("lan.refused", { why: error.message }));
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const peer = peerOn(request, identity.storeId);
    if (peer === null) {
      log.warn("lan.refused", { why: "a till of another store" });
      send(response, 403, { error: "this till is not of this store" });
      return;
    }
    const name = (request.url ?? "/").slice(1);
    read(request)
      .then(async (input) => answer(peer, name, input))
      .then((made) => send(response, made === null ? 404 : 200, made ?? { error: "nothing here" }))
      .catch((error: unknown) => sendTrouble(response, error, log));
  });
  const port = await listen(server, address);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Remembered with the connection: keys are read once. */
const peers = new WeakMap<TLSSocket, Peer | null>();

function peerOn({ socket }: IncomingMessage, storeId: string): Peer | null {
  const connection = socket as TLSSocket;
  const known = peers.get(connection);
  if (known !== undefined) return known;
  const certificate = connection.getPeerX509Certificate();
  const peer = certificate === undefined ? null : peerOf(certificate, storeId);
  peers.set(connection, peer);
  return peer;
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new RelayRefused("the request is too large");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new RelayRefused("the request is not JSON");
  }
}

function sendTrouble(response: ServerResponse, error: unknown, log: Log): void {
  const isTheirs = error instanceof RelayRefused || error instanceof ZodError;
  const message = error instanceof Error ? error.message : String(error);
  if (!isTheirs) log.error("lan.failed", { why: message });
  if (response.headersSent) response.destroy();
  else send(response, isTheirs ? 400 : 500, { error: isTheirs ? message : "this till could not" });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": bytes.length,
    "cache-control": "no-store",
  });
  response.end(bytes);
}

function listen(server: Server, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, address, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
