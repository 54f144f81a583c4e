import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { houseRoot } from "../host/node/build/fresh.ts";

/** `npm start`, running. */
export interface Launched {
  readonly register: string;
  readonly people: readonly {
    readonly name: string;
    readonly role: string;
    readonly pin: string;
  }[];
  /** From the start of the process to the line that says the till can sell. */
  readonly readyMs: number;
  /** Memory of the till's own process, in megabytes of 2^20 bytes. */
  tillMemoryMb(): number;
  stop(): Promise<void>;
}

/** Starts the real thing on `data`, without a window. */
export async function launch(data: string, options: readonly string[] = []): Promise<Launched> {
  const began = performance.now();
  const start = join(houseRoot, "host", "node", "start.ts");
  const child = spawn(
    process.execPath,
    [start, "--no-window", "--json", "--locale", "en", "--data", data, ...options],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    void gone.then(() => reject(new Error(`npm start ended before it could sell:\n${said}`)));
  });
  const readyMs = performance.now() - began;
  const { register, people } = JSON.parse(line) as Pick<Launched, "register" | "people">;
  return {
    ...{ register, people, readyMs },
    tillMemoryMb: () => residentMb(tillOf(child)),
    async stop() {
      child.kill("SIGINT");
      await gone;
    },
  };
}

/** The launcher's child that runs till.ts. Read from /proc: these figures are taken on Linux. */
function tillOf(launcher: ChildProcess): number {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => {
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
      if (parent !== String(launcher.pid)) return false;
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(join("host", "node", "till.ts"));
    } catch {
      return false; // It ended while we looked.
    }
  });
  if (found === undefined) throw new Error("the till's process was not found");
  return Number(found);
}

function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}
