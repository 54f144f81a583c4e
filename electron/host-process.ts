import {
  MessageChannelMain,
  type UtilityProcess,
  utilityProcess,
  type WebContents,
} from "electron";
import type { Log } from "../domain/values/ports.ts";
import {
  type Heartbeat,
  usualPatienceMs,
  watchHeartbeat,
} from "../host/node/launcher/heartbeat.ts";
import {
  fromHostProcess,
  type FromHostProcess,
  type LeaveQuestion,
  type LeaveWord,
  type ToHostProcess,
} from "./host-messages.ts";

/** The till's host in a process of its own, kept running; pages are given ports to it. */
export interface HostProcess {
  /**
   * Gives this page a port, now or as soon as the host is there, and a new one after each
   * restart.
   */
  connect(page: WebContents): void;
  /** [P2] How the till stands; null where there is no host or it does not answer in time. */
  askLeave(what: LeaveQuestion["what"]): Promise<LeaveWord | null>;
  /** Asks the host to end, and ends it after a while. */
  stop(): Promise<void>;
}

export interface HostProcessOptions {
  /** The bundled utility.mjs. */
  readonly module: string;
  readonly args: readonly string[];
  readonly log: Log;
  /** What it says on stderr. */
  readonly onStderr: (text: string) => void;
  readonly onMessage: (message: FromHostProcess) => void;
}

const firstPauseMs = 100;
const longestPauseMs = 10_000;
/** After so long a life the next death is a new story. */
const steadyMs = 30_000;
const goodbyeMs = 5_000;
/** A person who closes a window waits no longer for a host that does not answer. */
const leaveAnswerMs = 1_500;

/**
 * Starts the host. A host that dies is started again; the cart is in the ledger, so it comes
 * back. One that hangs without dying is ended first.
 */
export function startHostProcess(options: HostProcessOptions): HostProcess {
  const pages = new Set<WebContents>();
  let host: UtilityProcess | null = null;
  let isReady = false;
  let stopping = false;
  let pauseMs = firstPauseMs;
  let heartbeat: Heartbeat | null = null;
  const leaveAnswers = new Map<number, (word: LeaveWord) => void>();
  let questions = 0;

  function listenTo(child: UtilityProcess): Heartbeat {
    return watchHeartbeat({
      patienceMs: usualPatienceMs,
      ask: () => child.postMessage({ kind: "ask" } satisfies ToHostProcess),
      onSilent() {
        options.log.error("host hangs", { silentMs: usualPatienceMs });
        // What hangs hears no polite word.
        if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
      },
    });
  }

  function start(): void {
    const startedAt = performance.now();
    const child = utilityProcess.fork(options.module, [...options.args], {
      serviceName: "Evertill host",
      stdio: ["ignore", "ignore", "pipe"],
    });
    host = child;
    child.stderr?.on("data", (data: Buffer) => options.onStderr(data.toString("utf8")));
    child.on("message", (data: unknown) => {
      const message = fromHostProcess.safeParse(data);
      if (!message.success) return;
      heartbeat?.heard();
      if (message.data.kind === "ready") {
        isReady = true;
        heartbeat ??= listenTo(child);
        for (const page of pages) givePort(child, page);
      }
      if (message.data.kind === "leaving") leaveAnswers.get(message.data.question)?.(message.data);
      if (message.data.kind === "failed") stopping = true;
      options.onMessage(message.data);
    });
    child.once("exit", (code) => {
      host = null;
      isReady = false;
      heartbeat?.stop();
      heartbeat = null;
      if (stopping) return;
      if (performance.now() - startedAt > steadyMs) pauseMs = firstPauseMs;
      options.log.error("host stopped", { code, againInMs: pauseMs });
      setTimeout(() => {
        if (!stopping) start();
      }, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  }

  start();
  return {
    connect(page) {
      if (!pages.has(page)) page.once("destroyed", () => pages.delete(page));
      pages.add(page);
      if (host !== null && isReady) givePort(host, page);
    },
    askLeave: (what) =>
      new Promise((resolve) => {
        if (host === null || !isReady) return resolve(null);
        const question = ++questions;
        const answer = (word: LeaveWord | null) => {
          clearTimeout(timer);
          leaveAnswers.delete(question);
          resolve(word);
        };
        const timer = setTimeout(() => answer(null), leaveAnswerMs);
        leaveAnswers.set(question, answer);
        host.postMessage({ kind: "leave", question, what } satisfies ToHostProcess);
      }),
    stop: () => {
      stopping = true;
      heartbeat?.stop();
      return host === null ? Promise.resolve() : sayGoodbye(host);
    },
  };
}

/** One pipe from a page to the host; this process keeps neither end and sees no traffic. */
function givePort(host: UtilityProcess, page: WebContents): void {
  if (page.isDestroyed()) return;
  const { port1, port2 } = new MessageChannelMain();
  host.postMessage({ kind: "connect" } satisfies ToHostProcess, [port1]);
  page.postMessage("evertill:port", null, [port2]);
}

function sayGoodbye(host: UtilityProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => host.kill(), goodbyeMs);
    host.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    host.postMessage({ kind: "close" } satisfies ToHostProcess);
  });
}
