import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createMergeableStore } from "tinybase";
import { createFilePersister } from "tinybase/persisters/persister-file";
import { createWsServer } from "tinybase/synchronizers/synchronizer-ws-server";
import { WebSocketServer } from "ws";
import { serving } from "./measure.ts";

const folder = process.argv[2] ?? ".";
const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
server.on("listening", () => serving((server.address() as AddressInfo).port));
createWsServer(server, (path) =>
  createFilePersister(createMergeableStore("server"), join(folder, `${path}.json`)),
);
