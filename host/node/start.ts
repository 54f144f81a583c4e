import { enableCompileCache } from "node:module";
import { join } from "node:path";

/** `npm start`. Compiled code is kept between starts, for this program and those that it starts. */
const cache = join(import.meta.dirname, "..", "..", ".cache", "compiled");
enableCompileCache(cache);
process.env["NODE_COMPILE_CACHE"] = cache;

const { readStartOptions } = await import("./launcher/start-options.ts");
const options = readStartOptions(process.argv.slice(2));
const { start } = await import("./launcher/run.ts");
await start(options);
