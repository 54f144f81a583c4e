import { mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { machineClock, machineLog, machineRandom } from "./machine.ts";

/** The store server's process: `node cloud-infra/local/main.ts --data DIR`. */

const usage = `Usage: store-server --data DIR [--port N] [--host ADDRESS] [--keep-days N] [--json]

  --data DIR      where the store's data lies; made when missing
  --port N        the port to listen on (default: 8443; 0 takes a free one)
  --host ADDRESS  the address to listen on (default: 127.0.0.1, this machine only)
  --keep-days N   how long the list of changes tells of a sale (default: 90)
  --json          print one line of JSON when ready
  --help          print this
`;

/** As sysexits.h has them, so that a supervisor knows which ends a new start cannot mend. */
const exit = { failed: 1, usage: 64, portTaken: 69, inUse: 75 } as const;

interface Options {
  readonly dataFolder: string;
  readonly port: number;
  readonly host: string;
  readonly json: boolean;
  readonly keepDays: number;
}

/** Null when help was asked for. Throws with words for the person who typed. */
function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      port: { type: "string", default: "8443" },
      host: { type: "string", default: "127.0.0.1" },
      "keep-days": { type: "string", default: "90" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  if (!values.data) throw new Error("--data DIR is missing: where shall the store's data lie?");
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port ${values.port} is not a port; give a number from 0 to 65535`);
  }
  const keepDays = Number(values["keep-days"]);
  if (!Number.isInteger(keepDays) || keepDays < 1) {
    throw new Error(`--keep-days ${values["keep-days"]} is not a number of days; give 1 or more`);
  }
  return { dataFolder: values.data, port, host: values.host, json: values.json, keepDays };
}

async function run({ dataFolder, port, host, json, keepDays }: Options): Promise<void> {
  // Compiled once, read afterwards: halves the time of every later start. In a folder of our own,
  // because whoever can write there decides what runs here.
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (!process.env.NODE_COMPILE_CACHE) enableCompileCache(join(dataFolder, "compiled"));
  const { startStoreServer } = await import("./store-server.ts");
  const world = { clock: machineClock, random: machineRandom, log: machineLog };
  const retentionMs = keepDays * 24 * 3_600_000;
  const server = await startStoreServer({ ...world, dataFolder, port, host, retentionMs });
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    server.close().then(
      () => process.exit(0),
      () => process.exit(exit.failed),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  const { endpoint, realtime, adminUrl, caFile, adminTokenFile } = server;
  if (json) {
    const ready = { ready: true, endpoint, realtime, adminUrl, caFile, adminTokenFile };
    console.log(JSON.stringify(ready));
    return;
  }
  console.log(`Store server ready at ${endpoint}`);
  console.log(`Tills trust ${caFile}`);
  console.log(`Data in ${dataFolder}`);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Error && error.name === "DataFolderInUse") return exit.inUse;
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return isTaken ? exit.portTaken : exit.failed;
}

try {
  const options = readOptions();
  if (options === null) {
    console.log(usage);
  } else {
    await run(options).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = exitCodeOf(error);
    });
  }
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = exit.usage;
}
