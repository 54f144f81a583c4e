import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serving } from "./measure.ts";

/** express-pouchdb over leveldb; version 4 of express, for with 5 its replication hangs. */
const require = createRequire(import.meta.url);
const folder = process.argv[2] ?? ".";
const PouchDB = require("pouchdb").defaults({ prefix: `${folder}/` });
const app = require("express")();
const options = {
  mode: "minimumForPouchDB",
  inMemoryConfig: true,
  logPath: join(folder, "log.txt"),
};
app.use("/", require("express-pouchdb")(PouchDB, options));
const server = app.listen(0, "127.0.0.1", () => serving((server.address() as AddressInfo).port));
