import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { createMergeableStore } from "tinybase";
import { createBetterSqlite3Persister } from "tinybase/persisters/persister-better-sqlite3";
import { createWsSynchronizer } from "tinybase/synchronizers/synchronizer-ws-client";
import { WebSocket } from "ws";
import { folder, rate, say, startServer, timed, versionOf } from "./measure.ts";
import { sale } from "./workload.ts";

/** TinyBase: a mergeable store writes itself whole at every save, so only 500 sales are timed. */
const peer = "TinyBase";
const version = versionOf("tinybase");
const db = new Database(join(folder("tinybase"), "till.db"));
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
const kept = createMergeableStore("kept");
const persister = createBetterSqlite3Persister(kept, db, { mode: "json" });
const row = (n: number) => ({ seq: n, body: JSON.stringify(sale(n)) });
const inserted = await timed(500, (n) => {
  kept.setRow("sale", sale(n).id, row(n));
  return persister.save();
});
say({ peer, version, what: "insert", ...inserted, note: "slower with every sale" });

const sales = 10_000;
const note = "in memory at the till; the server's file is not fsynced";
const server = await startServer("tinybase-server.ts");
const store = createMergeableStore("till");
store.transaction(() => {
  for (let n = 1; n <= sales; n++) store.setRow("sale", sale(n).id, row(n));
});
const socket = new WebSocket(`ws://127.0.0.1:${server.port}/store`);
const file = join(server.data, "store.json");
const drained = await rate(async () => {
  await (await createWsSynchronizer(store, socket as never, 60)).startSync();
  // Every sale's text is in the file then.
  while (!existsSync(file) || statSync(file).size < sales * 900) {
    await new Promise((go) => setTimeout(go, 20));
  }
  return sales;
});
say({ peer, version, what: "drain", ...drained, note });
await server.stop();
process.exit(0);
