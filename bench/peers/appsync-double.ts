import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import { WebSocketServer } from "ws";
import { serving } from "./measure.ts";

/** As much of AppSync as DataStore needs, on a durable SQLite; refuses the sale that it is told to. */
const [, , folder = ".", poison = "0"] = process.argv;
const db = new Database(join(folder, "server.db"));
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec("CREATE TABLE sale (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
const insert = db.prepare("INSERT OR IGNORE INTO sale VALUES (?, ?)");
const count = db.prepare<[], { count: number }>("SELECT count(*) AS count FROM sale");
let isUp = true;

interface Asked {
  readonly query: string;
  readonly variables: { readonly input?: { id: string; seq: number; body: string } };
}

function answer({ query, variables: { input } }: Asked): unknown {
  const nowMs = Date.now();
  if (query.includes("syncSales")) {
    return { data: { syncSales: { items: [], nextToken: null, startedAt: nowMs } } };
  }
  if (!query.includes("createSale") || input === undefined) return { data: {} };
  if (input.seq === Number(poison)) {
    const errors = [{ message: "refused", errorType: "ValidationError", path: ["createSale"] }];
    return { data: null, errors };
  }
  insert.run(input.id, input.body);
  const at = new Date(nowMs).toISOString();
  const versioned = { createdAt: at, updatedAt: at, _version: 1, _lastChangedAt: nowMs };
  return { data: { createSale: { ...input, ...versioned, _deleted: null } } };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const server = createServer((request, response) => {
  const say = (body: unknown) => response.end(JSON.stringify(body));
  if (request.url === "/count") return say(count.get());
  if (request.url === "/up" || request.url === "/down") {
    isUp = request.url === "/up";
    return say({});
  }
  if (!isUp) return request.socket.destroy();
  response.setHeader("content-type", "application/json");
  return void read(request).then((body) => say(answer(JSON.parse(body) as Asked)));
});

const sockets = new WebSocketServer({ server, handleProtocols: () => "graphql-ws" });
sockets.on("connection", (socket) => {
  socket.on("message", (text: Buffer) => {
    const { type, id } = JSON.parse(text.toString()) as { type: string; id: string };
    const reply = (body: unknown) => socket.send(JSON.stringify(body));
    if (type === "connection_init") {
      reply({ type: "connection_ack", payload: { connectionTimeoutMs: 300_000 } });
    }
    if (type === "start") reply({ type: "start_ack", id });
    if (type === "stop") reply({ type: "complete", id });
  });
});
server.listen(0, "127.0.0.1", () => serving((server.address() as AddressInfo).port));
