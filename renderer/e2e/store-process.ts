import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const node = join(root, "node_modules", ".bin", "node");

export interface DemoPerson {
  readonly name: string;
  readonly role: "cashier" | "manager";
  readonly pin: string;
}

/** What `npm start -- --json` prints when the till can sell. */
export interface StoreAddresses {
  readonly ready: true;
  readonly register: string;
  readonly backOffice: string;
  readonly paper: string;
  readonly store: string;
  readonly data: string;
  readonly people: readonly DemoPerson[];
}

export interface StoreProcess extends StoreAddresses {
  readonly child: ChildProcess;
  /** Everything it said on stderr so far. */
  said(): string;
  /** Ends it as Ctrl+C does, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the real thing, as `npm start` does: store server, virtual devices, a till with the demo
 * goods; no window. Rejects with what the program said when it ends before it can sell.
 */
export async function startStore(
  dataFolder: string,
  options: readonly string[] = [],
): Promise<StoreProcess> {
  const start = join(root, "host", "node", "start.ts");
  const child = spawn(
    node,
    [start, "--no-window", "--json", "--data", dataFolder, "--locale", "en", ...options],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const addresses = await new Promise<StoreAddresses>((resolve, reject) => {
    lines.once("line", (line) => resolve(JSON.parse(line) as StoreAddresses));
    void gone.then(() => reject(new Error(`npm start ended before it could sell:\n${said}`)));
  });
  return {
    ...addresses,
    child,
    said: () => said,
    async stop() {
      child.kill("SIGINT");
      await gone;
    },
  };
}
