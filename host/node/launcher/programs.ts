import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DataFolder } from "../data-folder.ts";
import { secretVariables } from "../till-options.ts";
import { usualPatienceMs } from "./heartbeat.ts";
import type { Ports } from "./ports.ts";
import type { ChildProgram } from "./supervise.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const guard = pathToFileURL(join(import.meta.dirname, "leave-with-parent.ts")).href;

/** What the launcher tells a till. */
export interface TillNeeds {
  readonly folder: DataFolder;
  readonly ports: Ports;
  readonly locale: string | null;
  readonly tokens: readonly string[];
  /** The first start: the store server's word that this till may come in. */
  readonly enrolmentCode: string | null;
  readonly waitForCatalogue: boolean;
}

/** A million goods become the store's in one transaction, during which nothing else is answered. */
const catalogueMs = 180_000;

/** The embedded store server: the cloud in a box. `network`: other machines' tills reach it. */
export function storeProgram(folder: DataFolder, ports: Ports, network = false): ChildProgram {
  mkdirSync(folder.store, { recursive: true, mode: 0o700 });
  return nodeProgram({
    title: "the store server",
    file: "cloud-infra/local/main.ts",
    args: [
      ...["--data", folder.store, "--port", String(ports.store), "--json"],
      ...(network ? ["--host", "0.0.0.0"] : []),
    ],
    logFile: join(folder.logs, "store.log"),
    patienceMs: catalogueMs,
  });
}

/** A receipt printer and a card terminal made of software. */
export function devicesProgram(folder: DataFolder, ports: Ports): ChildProgram {
  mkdirSync(folder.devices, { recursive: true, mode: 0o700 });
  return nodeProgram({
    title: "the virtual printer and card terminal",
    file: "hardware/virtual/main.ts",
    args: [
      ...["--data", folder.devices, "--json"],
      ...["--printer-port", String(ports.printer), "--paper-port", String(ports.paper)],
      ...["--payment-port", String(ports.payment)],
    ],
    logFile: join(folder.logs, "devices.log"),
  });
}

/** The till served to browsers. */
export function tillProgram(needs: TillNeeds): ChildProgram {
  return nodeProgram({
    title: "the till",
    file: "host/node/till.ts",
    args: tillArguments(needs),
    env: tillEnvironment(needs),
    logFile: join(needs.folder.logs, "till.log"),
  });
}

/** The till in Electron's window; it serves the back office to browsers as well. */
export function electronProgram(electron: string, needs: TillNeeds): ChildProgram {
  return {
    title: "the till's window",
    command: electron,
    args: [root, ...tillArguments(needs)],
    env: { ...tillEnvironment(needs), EVERTILL_LAUNCHED: "1" },
    logFile: join(needs.folder.logs, "electron.log"),
    isReady: isReadyLine,
    endsByItself: true,
  };
}

function tillArguments({ folder, ports, locale, waitForCatalogue }: TillNeeds) {
  return [
    ...["--data", folder.root, "--port", String(ports.register)],
    ...["--store", `https://127.0.0.1:${ports.store}/graphql`],
    ...["--ca", join(folder.store, "tls", "ca.pem")],
    ...["--printer", `127.0.0.1:${ports.printer}`],
    ...["--payment", `http://127.0.0.1:${ports.payment}/nexo`],
    ...(locale === null ? [] : ["--locale", locale]),
    ...(waitForCatalogue ? ["--wait-for-catalogue"] : []),
  ];
}

function tillEnvironment({ tokens, enrolmentCode }: TillNeeds): NodeJS.ProcessEnv {
  return {
    ...process.env,
    [secretVariables.tokens]: tokens.join(","),
    ...(enrolmentCode === null ? {} : { [secretVariables.enrolmentCode]: enrolmentCode }),
  };
}

/**
 * V8's place for new objects, in megabytes. With 16, its default, a till that takes 200,000 goods in grows to 300 MB and
 * keeps them; with 4 it stays below 200 and is no slower: its pages of goods die young either way.
 */
const smallNursery = "--max-semi-space-size=4";

interface NodeProgram {
  readonly title: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly patienceMs?: number;
}

function nodeProgram({
  title,
  file,
  args,
  env = process.env,
  logFile,
  patienceMs = usualPatienceMs,
}: NodeProgram): ChildProgram {
  return {
    title,
    command: process.execPath,
    args: [smallNursery, "--import", guard, join(root, file), ...args],
    env,
    logFile,
    isReady: isReadyLine,
    patienceMs,
  };
}

function isReadyLine(line: unknown): boolean {
  return typeof line === "object" && line !== null && "ready" in line && line.ready === true;
}
