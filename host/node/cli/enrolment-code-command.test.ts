import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { exitCodes } from "../exit-codes.ts";
import { type Started, startEvertill, terminalOf, visit } from "../start-fixture.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const data = temporaryFolder("enrolment-code");
const node = join(import.meta.dirname, "..");
// Four programs a start, and a second till with all the demo goods.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let household: Started;
const tills: ChildProcess[] = [];

beforeAll(async () => {
  household = startEvertill(["--no-window", "--data", data]);
  await household.ready;
});

afterAll(async () => {
  for (const till of tills) {
    const gone = new Promise((resolve) => till.once("close", resolve));
    if (till.kill()) await gone;
  }
  await household.stop();
});

/** Runs a program to its end. */
async function run(file: string, args: readonly string[]) {
  const child = spawn(process.execPath, [join(node, file), ...args]);
  let [said, printed] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, printed, said };
}

/** Starts a till with the arguments of the printed line; its register's address. */
function startTill(args: readonly string[]): Promise<string> {
  const till = spawn(process.execPath, [join(node, "till.ts"), ...args]);
  tills.push(till);
  let said = "";
  till.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    till.once("close", (code) => reject(new Error(`the till ended (${code}): ${said}`)));
    createInterface({ input: till.stdout }).once("line", (line) =>
      resolve((JSON.parse(line) as { register: string }).register),
    );
  });
}

it("[A1] the line that it prints makes a second till of the store, and only one", async () => {
  const { code, printed } = await run("cli/evertill.ts", ["enrolment-code", "--data", data]);
  expect(code).toBe(0);
  expect(printed).toContain("It lets one till in, once, within 15 minutes.");
  expect(printed).toContain("npm start -- --network");
  const line = /^ {2}npx node host\/node\/till\.ts (.*)$/s.exec(
    printed.slice(printed.indexOf("  npx")),
  );
  const [command = ""] = (line?.[1] ?? "").split("\n\n");
  const words = command.replaceAll("\\\n", " ").trim().split(/\s+/);
  const here = (folder: string) =>
    words.map((word) => (word === "DIR" ? temporaryFolder(folder) : word === "7080" ? "0" : word));

  const register = await startTill(here("second-till"));
  expect((await terminalOf(await visit(register)))?.tillNumber).toBe(2);
  const again = await run("till.ts", here("third-till"));
  expect(again).toMatchObject({ code: exitCodes.notEnrolled });
});

it("says where it looked when there is no store server, or none that runs", async () => {
  const empty = temporaryFolder("no-store");
  const nowhere = await run("cli/evertill.ts", ["enrolment-code", "--data", empty]);
  expect(nowhere).toMatchObject({ code: exitCodes.failed, printed: "" });
  expect(nowhere.said).toContain(`There is no store server in ${empty}.`);
});

it("--json is one line for scripts", async () => {
  const { printed } = await run("cli/evertill.ts", ["enrolment-code", "--data", data, "--json"]);
  expect(printed.trimEnd().split("\n")).toHaveLength(1);
  const { code, ...rest } = JSON.parse(printed) as { code: string };
  expect(code).toMatch(/^[A-Z0-9-]{8,}$/);
  const ca = join(data, "store", "tls", "ca.pem");
  expect(rest).toMatchObject({ validForMs: 900_000, isReachable: false, ca });
});

it("[--network] tills on other machines reach the store server, and the line names its address", async () => {
  await household.stop();
  const stopped = await run("cli/evertill.ts", ["enrolment-code", "--data", data]);
  expect(stopped.said).toContain("The store server does not run.");

  household = startEvertill(["--no-window", "--network", "--data", data]);
  await household.ready;
  const { printed } = await run("cli/evertill.ts", ["enrolment-code", "--data", data, "--json"]);
  const { store, isReachable } = JSON.parse(printed) as { store: string; isReachable: boolean };
  // A machine without a network has no address to name.
  expect(store.includes("127.0.0.1")).toBe(!isReachable);
});
