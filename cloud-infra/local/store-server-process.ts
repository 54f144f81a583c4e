import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/**
 * A store server in a process of its own, to be killed and started again: for tests and
 * measurements.
 */
export interface StoreServerProcess {
  readonly ready: ReadyLine;
  readonly port: number;
  readonly pid: number;
  /** Stops its process where it stands (SIGSTOP), or lets it go on (SIGCONT). */
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  /** No goodbye: what was not on the disk is gone. */
  kill(): Promise<void>;
  /** Politely. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

const readySchema = z.object({
  ready: z.literal(true),
  endpoint: z.string(),
  realtime: z.string(),
  adminUrl: z.string(),
  caFile: z.string(),
  adminTokenFile: z.string(),
});
/** What `main.ts --json` prints. */
export type ReadyLine = z.infer<typeof readySchema>;

/** Starts one on `dataFolder`; the port of an earlier life can be asked for again. */
export async function startStoreServerProcess(
  dataFolder: string,
  port = 0,
): Promise<StoreServerProcess> {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const args = [main, "--data", dataFolder, "--port", String(port), "--json"];
  // Tests begin with empty data folders; what was compiled for one serves them all.
  const env = { NODE_COMPILE_CACHE: join(tmpdir(), "evertill-compiled"), ...process.env };
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], env });
  const ended = once(child, "exit") as Promise<[number | null]>;
  // Whoever ends without stopping its servers takes them along.
  const killWithUs = () => void child.kill("SIGKILL");
  process.once("exit", killWithUs);
  void ended.then(() => process.off("exit", killWithUs));
  const ready = await readyLine(child);
  const end = async (name: NodeJS.Signals) => {
    child.kill(name);
    const [code] = await ended;
    return code;
  };
  return {
    ready,
    port: Number(new URL(ready.endpoint).port),
    pid: child.pid ?? 0,
    signal: (name) => void child.kill(name),
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
  };
}

async function readyLine(child: ChildProcess): Promise<ReadyLine> {
  if (child.stdout === null) throw new Error("the store server has no stdout");
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, "line"),
    once(child, "exit").then(([code]) => {
      throw new Error(`the store server ended with ${code} before it was ready`);
    }),
  ])) as [string];
  return readySchema.parse(JSON.parse(line));
}
