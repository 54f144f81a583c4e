#!/usr/bin/env node
// `evertill …`: runs on whatever Node started it, and hands on to the project's own Node 24 when that
// one is too old for TypeScript files and for the native SQLite, which crashes on Node 20.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const program = join(dirname(fileURLToPath(import.meta.url)), "..", "cli", "evertill.ts");
const isNewEnough = Number(process.versions.node.split(".")[0]) >= 24;

if (isNewEnough) {
  await import(pathToFileURL(program).href);
} else {
  handOn();
}

function handOn() {
  const node = ownNode();
  if (node === null) {
    process.stderr.write(
      `Evertill needs Node 24 or newer; this is ${process.version}, and the project's own is not there.\n` +
        "Run `npm ci` in Evertill's folder, or start evertill with a newer Node.\n",
    );
    process.exit(1);
  }
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => {
    if (signal !== null) process.removeAllListeners(signal);
    if (signal !== null) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}

/** The program in npm's package `node`, or null. */
function ownNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    const path = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
