import { createRequire } from "node:module";
import { WebSocket } from "ws";
import { rate, say, type Server, startServer, timed, versionOf } from "./measure.ts";
import { sale } from "./workload.ts";

/**
 * Amplify DataStore: one mutation a round trip. In plain Node it needs a `window` to start at all, and then keeps its
 * outbox in memory. `node amplify-datastore.ts poison` looks at what becomes of a refused sale instead.
 */
const isPoisoned = process.argv[2] === "poison";
const sales = isPoisoned ? 200 : 1_000;
const peer = "Amplify DataStore";
const version = versionOf("@aws-amplify/datastore");
const server: Server = await startServer("appsync-double.ts", isPoisoned ? "50" : "0");

Object.assign(globalThis, {
  window: { navigator: { onLine: true }, addEventListener() {}, removeEventListener() {} },
  WebSocket: class extends WebSocket {
    constructor(url: string | URL, protocols: string[]) {
      super(String(url).replace("wss://", "ws://"), protocols);
    }
  },
});
const require = createRequire(import.meta.url);
const { Amplify } = require("aws-amplify");
const { Hub } = require("aws-amplify/utils");
const { DataStore, initSchema } = require("@aws-amplify/datastore");
Amplify.configure({
  API: {
    GraphQL: {
      endpoint: `${server.url}/graphql`,
      region: "eu-central-1",
      defaultAuthMode: "apiKey",
      apiKey: "none",
    },
  },
});
const field = (name: string, type: string) => ({
  ...{ name, type, isArray: false, isRequired: true, attributes: [] },
});
const { Sale } = initSchema({
  models: {
    Sale: {
      name: "Sale",
      pluralName: "Sales",
      syncable: true,
      attributes: [{ type: "model", properties: {} }],
      fields: { id: field("id", "ID"), seq: field("seq", "Int"), body: field("body", "String") },
    },
  },
  enums: {},
  nonModels: {},
  version: "1",
  codegenVersion: "3.4.4",
});

let isEmpty = false;
let isReady = false;
Hub.listen(
  "datastore",
  ({ payload }: { payload: { event: string; data: { isEmpty: boolean } } }) => {
    if (payload.event === "outboxStatus") ({ isEmpty } = payload.data);
    if (payload.event === "ready") isReady = true;
  },
);
const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
const tell = async (what: string) => (await fetch(`${server.url}/${what}`)).json();
await DataStore.start();
for (let tries = 0; !isReady && tries < 300; tries++) await pause();
await tell("down");
const saved = await timed(sales, (n) =>
  DataStore.save(new Sale({ seq: n, body: JSON.stringify(sale(n)) })),
);
if (!isPoisoned) say({ peer, version, what: "insert", ...saved, note: "kept in memory" });

await tell("up");
await DataStore.stop();
isEmpty = false;
const drained = await rate(async () => {
  await DataStore.start();
  for (let tries = 0; tries < 1_200; tries++) {
    const { count } = (await tell("count")) as { count: number };
    if (count >= sales || (isPoisoned && isEmpty)) return count;
    await pause();
  }
  return ((await tell("count")) as { count: number }).count;
});
const { count } = drained;
if (isPoisoned) {
  const note = `of 200 stored; the outbox says ${isEmpty ? "it is empty" : "it waits"}`;
  say({ peer, version, what: "poison", count, note });
} else say({ peer, version, what: "drain", ...drained, note: "one mutation a round trip" });
await server.stop();
process.exit(0);
