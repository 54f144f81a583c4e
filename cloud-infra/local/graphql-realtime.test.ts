import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { pokedDocument, pushDocument } from "../../sync/protocol/operations.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import { sha256 } from "../service/sha256.ts";
import { createGraphqlRealtime } from "./graphql-realtime.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.end();
});

const never = () => {
  throw new Error("nobody asked");
};

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: Record<string, unknown>;
}

/** A client of the realtime endpoint, as Amplify is one. */
async function connect(token: string, subprotocols?: string[]) {
  const header = Buffer.from(JSON.stringify({ host: "localhost", Authorization: token }));
  const offered = subprotocols ?? ["graphql-ws", `header-${header.toString("base64url")}`];
  const socket = new WebSocket(server.realtime, offered, { ca: readFileSync(server.caFile) });
  const heard: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString("utf8")) as Message;
    const next = waiting.shift();
    if (next) next(message);
    else heard.push(message);
  });
  await once(socket, "open");
  return {
    socket,
    send: (message: object) => socket.send(JSON.stringify(message)),
    next: () =>
      new Promise<Message>((resolve) => {
        const message = heard.shift();
        if (message) resolve(message);
        else waiting.push(resolve);
      }),
  };
}

function startMessage(id: string, token: string, variables: object, query = pokedDocument) {
  return {
    type: "start",
    id,
    payload: {
      data: JSON.stringify({ query, variables }),
      extensions: { authorization: { Authorization: token, host: "localhost" } },
    },
  };
}

async function ready(token: string) {
  const client = await connect(token);
  expect(client.socket.protocol).toBe("graphql-ws");
  client.send({ type: "connection_init" });
  expect(await client.next()).toMatchObject({
    type: "connection_ack",
    payload: { connectionTimeoutMs: 30_000 },
  });
  return client;
}

describe("the realtime endpoint", () => {
  it("[G3] acknowledges, pokes on a push of the store, and completes on stop", async () => {
    const { token, terminalId, storeId } = await server.enrol();
    const client = await ready(token);
    client.send(startMessage("one", token, { storeId }));
    expect(await client.next()).toEqual({ type: "start_ack", id: "one" });
    const till = createSampleTill({ terminalId, sha256 });
    till.sell(["milk"]);
    await server.graphql(pushDocument, till.push(1), token);
    expect(await client.next()).toEqual({
      type: "data",
      id: "one",
      payload: { data: { poked: { storeId, terminalId } } },
    });
    client.send({ type: "stop", id: "one" });
    expect(await client.next()).toEqual({ type: "complete", id: "one" });
    till.sell(["milk"]);
    await server.graphql(pushDocument, till.push(2), token);
    client.send({ type: "stop", id: "none" });
    expect(await client.next()).toEqual({ type: "complete", id: "none" });
    client.socket.close();
  });

  it("[D1] pokes after a change that no terminal made", async () => {
    const { token, storeId } = await server.enrol();
    const client = await ready(token);
    client.send(startMessage("one", token, { storeId }));
    await client.next();
    expect(await server.admin.removeProduct(storeId, "nothing")).toBe(false);
    const file = `${server.folder}/goods.csv`;
    writeFileSync(file, "sku,name,price\ntea,Tea,2.50\n");
    await server.admin.importCatalogue({ storeId, file });
    expect(await client.next()).toEqual({
      type: "data",
      id: "one",
      payload: { data: { poked: { storeId, terminalId: null } } },
    });
    client.socket.close();
  });

  it("[A2] answers connection_error to a wrong secret and closes", async () => {
    const client = await connect("0195d000-0000-7000-8000-000000000000.wrong");
    client.send({ type: "connection_init" });
    const closed = once(client.socket, "close");
    expect(await client.next()).toMatchObject({
      type: "connection_error",
      payload: { errors: [{ errorType: "UnauthorizedException", errorCode: 401 }] },
    });
    await closed;
  });

  it("[A1] [A3] starts nothing for a newcomer, another store, or before the ack", async () => {
    const { token, storeId } = await server.enrol();
    const newcomer = await ready("newcomer");
    newcomer.send(startMessage("one", "newcomer", { storeId }));
    expect(await newcomer.next()).toMatchObject({
      type: "error",
      id: "one",
      payload: { errors: [{ errorType: "Unauthorized" }] },
    });
    newcomer.socket.close();

    const client = await ready(token);
    client.send(startMessage("two", token, { storeId: "another" }));
    expect(await client.next()).toMatchObject({
      type: "error",
      id: "two",
      payload: { errors: [{ message: "BadRequest: poked: this is not the terminal's store" }] },
    });
    client.send(startMessage("three", token, {}, "{ __typename }"));
    expect(await client.next()).toMatchObject({ type: "error", id: "three" });
    client.send({ type: "nonsense" });
    expect(await client.next()).toMatchObject({ type: "error" });
    client.socket.close();

    const hasty = await connect(token);
    hasty.send(startMessage("four", token, { storeId }));
    expect(await hasty.next()).toMatchObject({ type: "error", id: "four" });
    hasty.socket.close();
  });

  it("[G3] wants its sub-protocol", async () => {
    await expect(connect("", ["something-else"])).rejects.toThrow();
  });

  it("[G3] lets go of whoever connects and says nothing", async () => {
    const api = { run: never, subscribe: never, publish: never };
    const realtime = createGraphqlRealtime({ api, authorize: never, connectionTimeoutMs: 20 });
    const door = createServer()
      .on("upgrade", (...asked) => realtime.upgrade(...asked))
      .listen(0, "127.0.0.1");
    await once(door, "listening");
    const { port } = door.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql/realtime`, "graphql-ws");
    await once(socket, "close");
    realtime.close();
    door.close();
  });

  it("survives a client that sends more than it may", async () => {
    const { token } = await server.enrol();
    const client = await ready(token);
    client.socket.on("error", () => undefined);
    client.socket.send("x".repeat(100_000));
    await once(client.socket, "close");
    (await ready(token)).socket.close();
  });
});
