import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { z } from "zod";
import type { FromHost } from "../contract/channel.ts";

/** The one line of `npm start -- --json`, for tests: these keys and no others. */
export const readyAddresses = z.strictObject({
  ready: z.literal(true),
  register: z.url(),
  backOffice: z.url(),
  paper: z.url(),
  store: z.url(),
  data: z.string(),
  people: z.array(z.strictObject({ name: z.string(), role: z.string(), pin: z.string() })),
});
type ReadyAddresses = z.infer<typeof readyAddresses>;

const root = join(import.meta.dirname, "..", "..");

/** For tests: `npm start` with these options, as a person's terminal runs it. */
export interface Started {
  readonly child: ChildProcess;
  /** Rejects with everything it said when it ends before. */
  readonly ready: Promise<ReadyAddresses>;
  readonly ended: Promise<number | null>;
  said(): string;
  /** Lines on stdout. */
  printed(): readonly string[];
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function startEvertill(
  options: readonly string[],
  about: { readonly stdin?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Started {
  const file = join(root, "host", "node", "start.ts");
  const env = { ...process.env, ...about.env };
  const child = spawn(process.execPath, [file, "--json", ...options], { cwd: root, env });
  child.stdin.end(about.stdin ?? "");
  let said = "";
  const printed: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ready = new Promise<ReadyAddresses>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      printed.push(line);
      resolve(readyAddresses.parse(JSON.parse(line)));
    });
    void ended.then((code) => reject(new Error(`ended (${code}) before it was ready:\n${said}`)));
  });
  ready.catch(() => {});
  return {
    ...{ child, ready, ended },
    said: () => said,
    printed: () => printed,
    stop(signal = "SIGINT") {
      child.kill(signal);
      return ended;
    },
  };
}

/** The processes that `parent` started, by the file they run. */
export function childrenOf(parent: number): Record<"store" | "devices" | "till", number> {
  const pids = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(/\s+/);
  const running = (file: string) =>
    Number(pids.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(file)) ?? 0);
  return {
    store: running("cloud-infra/local/main.ts"),
    devices: running("hardware/virtual/main.ts"),
    till: running("host/node/till.ts"),
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A browser that came in by a printed address: its cookie opens the channel again and again. */
export interface Visitor {
  /** Calls one operation on a connection of its own; null when the till is away. */
  call(name: string, input: object): Promise<unknown>;
  /** The language of the till's hello. */
  locale(): Promise<string | null>;
}

export async function visit(address: string): Promise<Visitor> {
  const { origin, host } = new URL(address);
  const answer = await fetch(address, { redirect: "manual" });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  if (cookie === "") throw new Error(`the address was refused: ${answer.status}`);

  function hear<T>(first: object | null, heard: (message: FromHost) => T | undefined) {
    return new Promise<T | null>((resolve) => {
      const headers = { Cookie: cookie, Origin: origin };
      const socket = new WebSocket(`ws://${host}/channel`, { headers });
      socket.on("error", () => resolve(null));
      socket.on("open", () => first !== null && socket.send(JSON.stringify(first)));
      socket.on("message", (data: Buffer) => {
        const value = heard(JSON.parse(data.toString("utf8")) as FromHost);
        if (value === undefined) return;
        resolve(value);
        socket.close();
      });
    });
  }

  return {
    call: (name, input) =>
      hear<unknown>({ kind: "call", id: 1, name, input }, (message) =>
        message.kind === "answer" ? message.result : undefined,
      ),
    locale: () => hear(null, (message) => (message.kind === "hello" ? message.locale : undefined)),
  };
}

const registerView = z.object({
  ok: z.literal(true),
  value: z.object({ terminal: z.object({ tillNumber: z.number(), products: z.number() }) }),
});

/** What the register says of itself; null while the till is away. */
export async function terminalOf(visitor: Visitor) {
  const answer = registerView.safeParse(await visitor.call("register.view", {}));
  return answer.success ? answer.data.value.terminal : null;
}
