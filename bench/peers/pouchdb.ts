import { createRequire } from "node:module";
import { join } from "node:path";
import { folder, rate, say, startServer, timed, versionOf } from "./measure.ts";
import { sale } from "./workload.ts";

/** PouchDB over leveldb, which does not fsync each put. */
const PouchDB = createRequire(import.meta.url)("pouchdb");
const sales = 10_000;
const peer = "PouchDB over leveldb";
const version = versionOf("pouchdb");
const note = "not fsynced, on either side";
const path = folder("pouchdb");
const first = new PouchDB(join(path, "first"));
await first.info();
const inserted = await timed(sales, (n) => {
  const { id, ...sold } = sale(n);
  return first.put({ _id: id, ...sold });
});
say({ peer, version, what: "insert", ...inserted, note });

const server = await startServer("pouchdb-server.ts");
const remote = new PouchDB(`${server.url}/sales`);
await remote.info();
const drained = await rate(async () => {
  const { docs_written: written } = await first.replicate.to(remote, { batch_size: 500 });
  return written;
});
say({ peer, version, what: "drain", ...drained, note });
const second = new PouchDB(join(path, "second"));
const pulled = await rate(async () => {
  const { docs_written: written } = await second.replicate.from(remote, { batch_size: 1_000 });
  return written;
});
say({ peer, version, what: "pull-sales", ...pulled, note });
await server.stop();
process.exit(0);
