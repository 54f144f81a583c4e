import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Authorizer } from "../handlers/authorize.ts";
import type { AppsyncApi } from "./appsync-api.ts";
import { type AppsyncError, malformed, unauthorised } from "./graphql-errors.ts";

/** [G3] AppSync's realtime protocol over WebSocket, at `/graphql/realtime`. */
export interface GraphqlRealtime {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export interface RealtimeWorld {
  readonly api: AppsyncApi;
  readonly authorize: Authorizer;
  /**
   * How often a connection hears that it lives, and after how long a silence the client gives it
   * up.
   */
  readonly keepAliveMs?: number;
  readonly connectionTimeoutMs?: number;
}

const protocol = "graphql-ws";
const maxMessageBytes = 65_536;
/** Going away: the server stops. */
const goingAway = 1001;

const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("connection_init") }),
  z.object({
    type: z.literal("start"),
    id: z.string().min(1).max(200),
    payload: z.object({
      data: z.string(),
      extensions: z.object({ authorization: z.record(z.string(), z.unknown()) }),
    }),
  }),
  z.object({ type: z.literal("stop"), id: z.string() }),
]);
type ClientMessage = z.infer<typeof messageSchema>;

export function createGraphqlRealtime(world: RealtimeWorld): GraphqlRealtime {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });
  return {
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        serveConnection(world, webSocket, authorizationIn(request));
      });
    },
    close() {
      for (const client of server.clients) client.close(goingAway, "the store server stops");
      server.close();
    },
  };
}

/**
 * The header that Amplify puts into a sub-protocol, because a browser's WebSocket has no headers.
 */
function authorizationIn(request: IncomingMessage): string {
  const offered = request.headers["sec-websocket-protocol"]?.split(",") ?? [];
  const encoded = offered.map((p) => p.trim()).find((p) => p.startsWith("header-"));
  const header = parseJson(Buffer.from(encoded?.slice(7) ?? "", "base64url").toString("utf8"));
  return authorizationOf(header);
}

function authorizationOf(header: unknown): string {
  if (typeof header !== "object" || header === null) return "";
  const found = Object.entries(header).find(([name]) => name.toLowerCase() === "authorization");
  return typeof found?.[1] === "string" ? found[1] : "";
}

function serveConnection(world: RealtimeWorld, socket: WebSocket, token: string): void {
  const { keepAliveMs = 10_000, connectionTimeoutMs = 30_000 } = world;
  const running = new Map<string, () => void>();
  const send = (message: object) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  let keepAlive: NodeJS.Timeout | undefined;
  let isReady = false;
  // Whoever says nothing of himself is not waited for.
  const patience = setTimeout(() => !isReady && socket.terminate(), connectionTimeoutMs);

  async function init(): Promise<void> {
    const { isAuthorized } = await world.authorize({ authorizationToken: token });
    if (!isAuthorized) {
      const error = {
        ...unauthorised("You are not authorized to make this call."),
        errorCode: 401,
      };
      send({ type: "connection_error", payload: { errors: [error] } });
      socket.close();
      return;
    }
    isReady = true;
    send({ type: "connection_ack", payload: { connectionTimeoutMs } });
    keepAlive ??= setInterval(() => send({ type: "ka" }), keepAliveMs);
  }

  async function start({ id, payload }: Extract<ClientMessage, { type: "start" }>): Promise<void> {
    const refuse = (errors: readonly AppsyncError[]) =>
      send({ type: "error", id, payload: { errors } });
    if (!isReady || running.has(id)) return refuse([malformed("start comes once, after the ack")]);
    const authorizationToken = authorizationOf(payload.extensions.authorization);
    const caller = await world.authorize({ authorizationToken });
    if (!caller.isAuthorized) return refuse([unauthorised("Permission denied")]);
    const input = parseJson(payload.data);
    const started = await world.api.subscribe(input, caller, (result) =>
      send({ type: "data", id, payload: result }),
    );
    if (!started.ok) return refuse(started.failure);
    if (socket.readyState !== socket.OPEN) return started.value();
    running.set(id, started.value);
    send({ type: "start_ack", id });
  }

  async function take(message: ClientMessage): Promise<void> {
    switch (message.type) {
      case "connection_init":
        return init();
      case "start":
        return start(message);
      case "stop":
        running.get(message.id)?.();
        running.delete(message.id);
        return send({ type: "complete", id: message.id });
    }
  }

  socket.on("message", (data) => {
    const message = messageSchema.safeParse(parseJson(textOf(data)));
    if (message.success) void take(message.data).catch(() => socket.terminate());
    else send({ type: "error", payload: { errors: [malformed("unknown message")] } });
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clearTimeout(patience);
    clearInterval(keepAlive);
    for (const stop of running.values()) stop();
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.from(data as ArrayBuffer).toString("utf8");
}

/** Undefined for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
