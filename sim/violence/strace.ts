import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/**
 * strace on a running program: its writes and fsyncs with their files, and what is done to them.
 */
export interface Strace {
  /** Resolves when the program is gone and everything is written down. */
  readonly done: Promise<void>;
  /** Lets the program go on without it. */
  detach(): Promise<void>;
  /** What it saw so far. */
  calls(): readonly DiskCall[];
}

/** One finished or interrupted system call on a file. */
export type DiskCall =
  | { readonly kind: "write"; readonly path: string; readonly at: number; readonly bytes: number }
  /** Everything written to the file before it is on the disk. */
  | { readonly kind: "sync"; readonly path: string }
  | { readonly kind: "truncate"; readonly path: string; readonly bytes: number };

/** Why strace cannot be used here, or null: "skipped: …" for the reader. */
export function whyNoStrace(): string | null {
  try {
    execFileSync("strace", ["-o", "/dev/null", "true"], { stdio: "ignore" });
    return null;
  } catch {
    return "no strace, or this user may not trace";
  }
}

/**
 * Resolves when every thread of `pid` is watched. `inject` is strace's own, e.g.
 * "fsync:delay_enter=20000".
 */
export async function strace(
  pid: number,
  outFile: string,
  inject: readonly string[] = [],
): Promise<Strace> {
  const child = spawn(
    "strace",
    [
      ...["-f", "-y", "-s", "0", "-o", outFile, "-p", String(pid)],
      ...["-e", "trace=pwrite64,fsync,fdatasync,ftruncate"],
      ...inject.flatMap((what) => ["-e", `inject=${what}`]),
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const done = once(child, "close").then(() => undefined);
  await attached(child);
  return {
    done,
    async detach() {
      child.kill("SIGTERM");
      await done;
    },
    calls: () => parseStrace(readFileSync(outFile, "utf8")),
  };
}

function attached(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (text: Buffer) => {
      said += text.toString();
      if (/attached/.test(said)) resolve();
    });
    child.once("close", () => reject(new Error(`strace did not attach: ${said}`)));
  });
}

/** strace's lines as calls, in the order in which they ended; a write counts from its beginning. */
export function parseStrace(text: string): DiskCall[] {
  const calls: DiskCall[] = [];
  /** fsyncs that other threads' lines interrupted, by thread. */
  const pending = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, thread = "", name = "", path = "", rest = ""] =
      /^(\d+)\s+(\w+)\(\d+<([^>]*)>(.*)$/.exec(line) ?? [];
    if (name === "pwrite64") {
      const [, bytes, at] = /, (\d+), (\d+)(?:\)| <unfinished)/.exec(rest) ?? [];
      calls.push({ kind: "write", path, at: Number(at), bytes: Number(bytes) });
    } else if (name === "ftruncate") {
      calls.push({ kind: "truncate", path, bytes: Number(/, (\d+)/.exec(rest)?.[1]) });
    } else if (name === "fsync" || name === "fdatasync") {
      if (rest.includes("<unfinished")) pending.set(thread, path);
      else if (/\) += 0\b/.test(rest)) calls.push({ kind: "sync", path });
    } else {
      const resumed = /^(\d+)\s+<\.\.\. f(?:data)?sync resumed>\) += 0\b/.exec(line)?.[1];
      const ended = resumed === undefined ? undefined : pending.get(resumed);
      if (ended !== undefined) calls.push({ kind: "sync", path: ended });
    }
  }
  return calls;
}
