import { existsSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { demoPeople } from "../../../cloud-infra/local/demo-store.ts";
import { ensureDesktop } from "../build/desktop.ts";
import { ensurePages } from "../build/pages.ts";
import { dataFolder, type DataFolder, emptyDataFolder, makeDataFolder } from "../data-folder.ts";
import { newToken } from "../door.ts";
import { exitCodes, isFinal } from "../exit-codes.ts";
import { type FolderLock, takeFolderLock } from "../folder-lock.ts";
import { readyLine, readyText, type Whereabouts } from "./announce.ts";
import { openBrowserWindow } from "./browser-window.ts";
import { confirmReset } from "./confirm-reset.ts";
import { findElectron } from "./electron-binary.ts";
import { explainFailure, StartRefused } from "./explain-failure.ts";
import { choosePorts, type Ports } from "./ports.ts";
import {
  devicesProgram,
  electronProgram,
  storeProgram,
  type TillNeeds,
  tillProgram,
} from "./programs.ts";
import type { StartOptions } from "./start-options.ts";
import { type ChildProgram, ChildFailedError, type Supervised, supervise } from "./supervise.ts";

/** What runs, and how it ends. */
interface Household {
  readonly folder: DataFolder;
  /** Referred to for as long as the launcher lives: letting go of it would open the folder to others. */
  readonly lock: FolderLock;
  start(program: ChildProgram, onEnd?: (code: number | null) => void): Supervised;
  end(exitCode: number): Promise<void>;
}

const say = (text: string) => process.stderr.write(`${text}\n`);
/** A till that can sell does not wait longer for its neighbours. */
const neighbourWaitMs = 5_000;
/** A first start takes less; then a person wants to know what is waited for. */
const slowMs = 15_000;

/** `npm start`: everything of one store on this machine, until it is told to stop. */
export async function start(options: StartOptions): Promise<void> {
  let household: Household | null = null;
  try {
    household = await takeHousehold(options);
    const where = await startAll(options, household);
    console.log(options.json ? readyLine(where) : readyText(where));
    flushCompileCache();
  } catch (error) {
    const { message, exitCode } = explainFailure(error);
    say(message);
    if (household === null) process.exit(exitCode);
    await household.end(exitCode);
  }
}

async function takeHousehold(options: StartOptions): Promise<Household> {
  const folder = dataFolder(options.data);
  makeDataFolder(folder);
  const lock = takeFolderLock(folder.lock);
  if (lock === null) {
    const message =
      `Evertill already runs on ${folder.root}. Use its window, stop it with Ctrl+C where it was ` +
      "started, or give this one another folder with --data.";
    throw new StartRefused(message, exitCodes.inUse);
  }
  if (options.reset) await reset(folder);
  return createHousehold(folder, lock);
}

async function reset(folder: DataFolder): Promise<void> {
  if (!(await confirmReset(folder.root, process.stdin, say))) {
    throw new StartRefused("Nothing was deleted.", exitCodes.usage);
  }
  emptyDataFolder(folder);
  makeDataFolder(folder);
  say("Everything was deleted.");
}

function createHousehold(folder: DataFolder, lock: FolderLock): Household {
  const children: Supervised[] = [];
  let ending: Promise<void> | null = null;

  async function stopAll(exitCode: number): Promise<void> {
    // The till first: it still has something to say to the others.
    for (const child of children.toReversed()) await child.stop();
    lock.release();
    process.exit(exitCode);
  }
  function end(exitCode: number): Promise<void> {
    ending ??= stopAll(exitCode);
    return ending;
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end(0));
  }

  return {
    folder,
    lock,
    end,
    start(program, onEnd) {
      const child = supervise(program, {
        say,
        ...(onEnd === undefined ? {} : { onEnd }),
      });
      children.push(child);
      return child;
    },
  };
}

async function startAll(options: StartOptions, household: Household): Promise<Whereabouts> {
  const { folder } = household;
  const ports = await choosePorts(folder.ports, options.port);
  const store = household.start(storeProgram(folder, ports, options.network));
  const devices = household.start(devicesProgram(folder, ports));
  const [electron] = await Promise.all([
    options.window ? findElectron(join(folder.root, "electron-fetch"), say) : null,
    ensurePages(say),
  ]);
  const enrolmentCode = await prepareStore(options, folder, store);
  const tokens = { window: newToken(), register: newToken(), backOffice: newToken() };
  const needs: TillNeeds = {
    ...{ folder, ports, enrolmentCode, locale: options.locale },
    tokens: Object.values(tokens),
    waitForCatalogue: enrolmentCode !== null || options.catalogue !== null,
  };
  const isInElectron = electron !== null && (await openInElectron(electron, needs, household));
  if (!isInElectron) await openInNode(needs, household);
  const [, devicesSaid] = await hearNeighbours([store, devices]);
  const address = (token: string) => `http://127.0.0.1:${ports.register}/?token=${token}`;
  if (options.window && !isInElectron) showInBrowser(address(tokens.window), folder);
  return {
    register: address(tokens.register),
    backOffice: `${address(tokens.backOffice)}#/back-office`,
    ...placesOf(ports, devicesSaid),
    data: folder.root,
    people: demoPeople,
  };
}

const devicesWord = z.object({ paper: z.url() });

/** Where the neighbours are; the paper's address has a key that only they know. */
function placesOf(ports: Ports, devicesSaid: unknown) {
  const said = devicesWord.safeParse(devicesSaid);
  return {
    paper: said.success ? said.data.paper : `http://127.0.0.1:${ports.paper}/`,
    store: `https://127.0.0.1:${ports.store}/graphql`,
  };
}

/** The first day's work, or a new file of goods. The code by which a till that is new may come in. */
async function prepareStore(
  options: StartOptions,
  folder: DataFolder,
  store: Supervised,
): Promise<string | null> {
  const isNew = !existsSync(folder.enrolment);
  if (!isNew && options.catalogue === null) return null;
  const ready = await store.ready;
  // A second start does without: it is loaded where it is needed.
  const { firstDay } = await import("./first-day.ts");
  const day = firstDay(ready, folder, say);
  if (isNew) await day.createStore();
  if (options.catalogue === null) {
    await day.importDemoGoods();
  } else {
    const taken = await day.importGoods(options.catalogue);
    if (isNew && taken === 0) {
      const message = `${options.catalogue} has no row that could be imported: nothing to sell yet.`;
      throw new StartRefused(message, exitCodes.usage);
    }
  }
  return isNew ? day.enrolmentCode() : null;
}

/** False when Electron does not run here after all. */
async function openInElectron(
  electron: string,
  needs: TillNeeds,
  household: Household,
): Promise<boolean> {
  await ensureDesktop(say);
  const window = household.start(electronProgram(electron, needs), (code) => {
    if (code !== 0) say(`The till's window ended. See ${needs.folder.logs}`);
    void household.end(code ?? exitCodes.failed);
  });
  try {
    await saidIfSlow(window.ready);
    return true;
  } catch (error) {
    if (!(error instanceof ChildFailedError) || isFinal(error.code)) throw error;
    say(`${error.message}\nThe till opens in a browser instead.`);
    await window.stop();
    return false;
  }
}

async function openInNode(needs: TillNeeds, household: Household): Promise<void> {
  const till = household.start(tillProgram(needs), (code) => {
    say(`The till cannot go on. See ${join(needs.folder.logs, "till.log")}`);
    void household.end(code ?? exitCodes.failed);
  });
  await saidIfSlow(till.ready);
}

/** A till that cannot sell yet has nothing to wait for but its goods. */
async function saidIfSlow(ready: Promise<unknown>): Promise<void> {
  const timer = setInterval(
    () => say("The till still waits for the store's goods and people from the store server …"),
    slowMs,
  );
  try {
    await ready;
  } finally {
    clearInterval(timer);
  }
}

/** The neighbours' own words. One that does not come up is said, and does not stop the sale: null. */
async function hearNeighbours(neighbours: readonly Supervised[]): Promise<unknown[]> {
  const late = new AbortController();
  const tooLate = pause(neighbourWaitMs, null, { signal: late.signal }).catch(() => null);
  const words = neighbours.map(({ ready }) => {
    const word = ready.catch((error: unknown) => {
      say(explainFailure(error).message);
      return null;
    });
    return Promise.race([word, tooLate]);
  });
  const heard = await Promise.all(words);
  late.abort();
  return heard;
}

function showInBrowser(address: string, folder: DataFolder): void {
  if (openBrowserWindow(address, folder.browser) === null) {
    say("There is no window to open here: open the register's address in a browser.");
  }
}
