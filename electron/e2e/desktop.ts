import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test as base, chromium, expect, type Page } from "@playwright/test";
import { demoPeople } from "../../cloud-infra/local/demo-store.ts";
import { ensureDesktop } from "../../host/node/build/desktop.ts";
import { ensurePages } from "../../host/node/build/pages.ts";
import { dataFolder, makeDataFolder } from "../../host/node/data-folder.ts";
import { newToken } from "../../host/node/door.ts";
import { firstDay } from "../../host/node/launcher/first-day.ts";
import { choosePorts } from "../../host/node/launcher/ports.ts";
import {
  devicesProgram,
  electronProgram,
  storeProgram,
  type TillNeeds,
} from "../../host/node/launcher/programs.ts";
import { supervise } from "../../host/node/launcher/supervise.ts";

const root = join(import.meta.dirname, "..", "..");

/**
 * The Electron to test on: the one of `ELECTRON_OVERRIDE_DIST_PATH`, the one that npm fetched, or a
 * stand-in beside the repository, which runs main, preload and utility on plain Node and Chromium.
 */
export const electron = [
  process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? "",
  join(root, "node_modules", "electron", "dist"),
  join(root, "..", "shared", "electron-standin", "dist"),
]
  .map((folder) => join(folder, "electron"))
  .find((path) => path !== "electron" && existsSync(path));

export interface Desktop {
  readonly data: string;
  readonly people: typeof demoPeople;
  /** Opens the app; resolves when its till can sell. */
  open(): Promise<OpenDesktop>;
  /** Starts it once more on the same data; resolves when that one has ended. */
  openAgain(): Promise<{ code: number | null; said: string }>;
  /** What an installer asks the installed program. */
  leaveCheck(what: string): Promise<{ code: number | null; said: string }>;
  /** The store server is gone: what is sold stays unsent. */
  loseCloud(): Promise<void>;
}

export interface OpenDesktop {
  readonly page: Page;
  readonly child: ChildProcess;
  /** What it said on stderr. */
  said(): string;
  readonly ended: Promise<number | null>;
  /** The host's process, which the app starts again when it dies. */
  hostPid(): number;
  /** Asks the app to end, as closing its terminal does. */
  close(): Promise<void>;
  /** As a person does it: the window's cross, or the menu's "Quit". */
  byHand(what: "close the window" | "quit"): Promise<void>;
}

export const test = base.extend<{ desktop: Desktop; app: OpenDesktop }>({
  /** A store server, virtual devices and a data folder of their own, and nothing left behind. */
  desktop: async ({}, use) => {
    const quiet = () => {};
    await Promise.all([ensurePages(quiet), ensureDesktop(quiet)]);
    const folder = dataFolder(await mkdtemp(join(tmpdir(), "evertill-desktop-")));
    makeDataFolder(folder);
    const ports = await choosePorts(folder.ports, null);
    const neighbours = [storeProgram(folder, ports), devicesProgram(folder, ports)].map((program) =>
      supervise(program, { say: quiet }),
    );
    const [storeReady] = await Promise.all(neighbours.map((neighbour) => neighbour.ready));
    const day = firstDay(storeReady, folder, quiet);
    await day.createStore();
    await day.importDemoGoods();
    const needs: TillNeeds = {
      ...{ folder, ports, locale: "en" },
      tokens: [newToken(), newToken()],
      enrolmentCode: await day.enrolmentCode(),
      waitForCatalogue: true,
    };
    const opened: OpenDesktop[] = [];
    await use({
      data: folder.root,
      people: demoPeople,
      async open() {
        const app = await openDesktop(needs);
        opened.push(app);
        return app;
      },
      openAgain: () => runToItsEnd(needs),
      leaveCheck: (what) => runToItsEnd(needs, ["--leave-check", what]),
      async loseCloud() {
        await neighbours[0]?.stop();
      },
    });
    for (const app of opened) await app.close();
    for (const neighbour of neighbours) await neighbour.stop();
    await rm(folder.root, { recursive: true, force: true });
  },
  app: async ({ desktop }, use) => {
    await use(await desktop.open());
  },
});
export { expect };

/** Starts Electron as the launcher does, with a door for the test. */
function spawnDesktop(needs: TillNeeds, more: readonly string[] = []): ChildProcess {
  const { command, args, env } = electronProgram(electron ?? "", needs);
  const [appFolder = "", ...own] = args;
  return spawn(command, ["--inspect=0", "--remote-debugging-port=0", appFolder, ...own, ...more], {
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

async function openDesktop(needs: TillNeeds): Promise<OpenDesktop> {
  const child = spawnDesktop(needs);
  let said = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const devTools = new Promise<string>((resolve) => {
    child.stderr?.on("data", (data: Buffer) => {
      said += data.toString("utf8");
      const address = /DevTools listening on ws:\/\/([^/]+)\//.exec(said)?.[1];
      if (address !== undefined) resolve(`http://${address}`);
    });
  });
  const ready = new Promise<void>((resolve) => {
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.startsWith('{"ready":true')) resolve();
      });
    }
  });
  const tooEarly = ended.then((code) => {
    throw new Error(`the app ended (${code}) before it could sell:\n${said}`);
  });
  const [address] = await Promise.race([Promise.all([devTools, ready]), tooEarly]);
  tooEarly.catch(() => {});
  const browser = await chromium.connectOverCDP(address);
  const page = browser.contexts().flatMap((context) => context.pages())[0];
  if (page === undefined) throw new Error("the app shows no page");
  return {
    ...{ page, child, ended },
    said: () => said,
    hostPid: () => hostPidOf(needs.folder.logs),
    byHand: (what) => {
      const inspector = /Debugger listening on (ws:\S+)/.exec(said)?.[1];
      if (inspector === undefined) throw new Error(`no inspector:\n${said}`);
      return evaluateInMain(inspector, byHand[what]);
    },
    async close() {
      await browser.close().catch(() => {});
      child.stdin?.end();
      await ended;
    },
  };
}

const byHand = {
  "close the window": "require('electron').BrowserWindow.getAllWindows()[0].close()",
  quit: "require('electron').app.quit()",
} as const;

/** Runs an expression in the main process over Node's inspector: there is no hand to press the cross. */
async function evaluateInMain(inspector: string, expression: string): Promise<void> {
  const socket = new WebSocket(inspector);
  await new Promise((resolve, reject) => {
    socket.addEventListener("error", () => reject(new Error("the inspector cannot be reached")));
    socket.addEventListener("open", () => {
      const params = { expression, includeCommandLineAPI: true };
      socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params }));
    });
    socket.addEventListener("message", resolve);
  });
  socket.close();
}

async function runToItsEnd(
  needs: TillNeeds,
  more: readonly string[] = [],
): Promise<{ code: number | null; said: string }> {
  const child = spawnDesktop(needs, more);
  let said = "";
  child.stderr?.on("data", (data: Buffer) => {
    said += data.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, said };
}

/** The host says its process in its log, each time it opens the till. */
function hostPidOf(logs: string): number {
  const lines = readFileSync(join(logs, "till.jsonl"), "utf8").trim().split("\n");
  const openings = lines
    .map((line) => JSON.parse(line) as { event: string; pid?: number })
    .filter(({ event }) => event === "till opened");
  return openings.at(-1)?.pid ?? 0;
}
