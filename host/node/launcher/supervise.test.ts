import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, it } from "vitest";
import { type ChildProgram, supervise, type Supervised } from "./supervise.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const guard = pathToFileURL(join(import.meta.dirname, "leave-with-parent.ts")).href;
const folder = temporaryFolder("supervise");
const running: Supervised[] = [];
let count = 0;

afterEach(async () => {
  await Promise.all(running.splice(0).map((child) => child.stop()));
});

/** A Node program of these lines, with `ready()` at hand and the guard loaded. */
function program(lines: string): ChildProgram {
  const file = join(folder, `program-${count++}.mjs`);
  const ready = "const ready = (x) => console.log(JSON.stringify({ ready: true, ...x }));";
  writeFileSync(file, `${ready}\n${lines}\n`);
  return {
    title: "the store server",
    command: process.execPath,
    args: ["--import", guard, file],
    logFile: join(folder, `program-${count}.log`),
    isReady: (line) => (line as { ready?: unknown }).ready === true,
  };
}

function start(lines: string) {
  const said: string[] = [];
  const again: unknown[] = [];
  const ends: (number | null)[] = [];
  const child = supervise(program(lines), {
    say: (sentence) => said.push(sentence),
    onReadyAgain: (line) => again.push(line),
    onEnd: (code) => ends.push(code),
  });
  running.push(child);
  return { child, said, again, ends };
}

const stay = "setInterval(() => {}, 1000);";

it("a program is ready by its own word; other lines are not it", async () => {
  const { child } = start(`console.log("hello"); console.log("{}"); ready({ port: 5 }); ${stay}`);
  expect(await child.ready).toEqual({ ready: true, port: 5 });
});

it("a program killed with SIGKILL is started again, and the person is told", async () => {
  const { child, said, again } = start(`ready({ pid: process.pid }); ${stay}`);
  const first = (await child.ready) as { pid: number };
  process.kill(first.pid, "SIGKILL");
  await expect.poll(() => again.length).toBe(1);
  expect((again[0] as { pid: number }).pid).not.toBe(first.pid);
  expect(said).toEqual([
    "The store server stopped (SIGKILL). It starts again in 0.25 s.",
    "The store server is back.",
  ]);
});

it("a program that hangs without dying is ended and started again, and the person is told", async () => {
  const wish = program(`ready({ pid: process.pid }); ${stay}`);
  const said: string[] = [];
  const again = Promise.withResolvers<unknown>();
  const child = supervise(
    { ...wish, patienceMs: 1_000 },
    { say: (sentence) => said.push(sentence), onReadyAgain: again.resolve },
  );
  running.push(child);
  const { pid } = (await child.ready) as { pid: number };
  process.kill(pid, "SIGSTOP");
  expect((await again.promise) as { pid: number }).not.toEqual({ ready: true, pid });
  expect(said).toEqual([
    "The store server has not answered for 1 s. It is ended.",
    "The store server stopped (SIGKILL). It starts again in 0.25 s.",
    "The store server is back.",
  ]);
  expect(isAlive(pid)).toBe(false);
});

it("a program that answers when it is asked is left alone for as long as it lives", async () => {
  const said: string[] = [];
  const { promise: end, resolve: onEnd } = Promise.withResolvers<number | null>();
  const living = program(`ready({}); setTimeout(() => process.exit(75), 1_500); ${stay}`);
  const events = { say: (sentence: string) => said.push(sentence), onEnd };
  running.push(supervise({ ...living, patienceMs: 600 }, events));
  expect(await end).toBe(75);
  expect(said).toEqual([]);
});

it("the pause grows while it keeps dying", async () => {
  const { child, said } = start(`ready({}); setTimeout(() => process.exit(1), 30);`);
  await child.ready;
  await expect.poll(() => said.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(5);
  const deaths = said.filter((sentence) => sentence.includes("stopped"));
  expect(deaths.map((sentence) => /again in (\S+) s/.exec(sentence)?.[1]).slice(0, 3)).toEqual([
    "0.25",
    "0.5",
    "1",
  ]);
});

it("a program that never gets ready is given up, with its own last words", async () => {
  const { child } = start(`console.error("no such disk"); process.exit(74);`);
  await expect(child.ready).rejects.toMatchObject({ name: "ChildFailedError", code: 74 });
  await expect(child.ready).rejects.toThrow(
    "The store server did not start (exit code 74). no such disk",
  );
});

it("what it says on stderr is in its log", async () => {
  const { child } = start(`console.error("low on paper"); ready({}); ${stay}`);
  await child.ready;
  expect(readFileSync(join(folder, `program-${count}.log`), "utf8")).toContain("low on paper");
});

it("an end that starting again cannot mend is reported, not repeated", async () => {
  const { child, said, ends } = start(`ready({}); setTimeout(() => process.exit(75), 20);`);
  await child.ready;
  await expect.poll(() => ends).toEqual([75]);
  expect(said).toEqual([]);
});

it("a program that ends well is started again, unless a person may end it", async () => {
  const ending = "ready({}); setTimeout(() => process.exit(0), 20);";
  const { child, said } = start(ending);
  await child.ready;
  await expect.poll(() => said.length).toBeGreaterThan(0);
  const ends: (number | null)[] = [];
  const events = { say: () => {}, onEnd: (code: number | null) => ends.push(code) };
  running.push(supervise({ ...program(ending), endsByItself: true }, events));
  await expect.poll(() => ends).toEqual([0]);
});

it("stop asks it to end, and its own last words are heard", async () => {
  const file = join(folder, "goodbye");
  const { child } = start(
    `import fs from "node:fs";
    process.on("SIGTERM", () => { fs.writeFileSync(${JSON.stringify(file)}, "bye"); process.exit(0); });
    ready({}); ${stay}`,
  );
  await child.ready;
  await child.stop();
  expect(readFileSync(file, "utf8")).toBe("bye");
  expect(child.pid()).toBeNull();
});

it("the programs end when the launcher is killed", async () => {
  const child = program(`ready({ pid: process.pid }); ${stay}`);
  const launcher = join(folder, "launcher.mjs");
  const module = pathToFileURL(join(import.meta.dirname, "supervise.ts")).href;
  writeFileSync(
    launcher,
    `import { supervise } from ${JSON.stringify(module)};
    const program = ${JSON.stringify(child)};
    const isReady = (line) => line.ready === true;
    const it = supervise({ ...program, isReady }, { say() {} });
    console.log(JSON.stringify(await it.ready));`,
  );
  const parent = spawn(process.execPath, [launcher], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) => {
    parent.stdout.once("data", (data: Buffer) => resolve(data.toString("utf8")));
  });
  const { pid } = JSON.parse(line) as { pid: number };
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
