import { connect, type Socket } from "node:net";
import type { PrinterStatus } from "./port.ts";
import {
  createAnswerReader,
  heardAutomatically,
  heardInRealTime,
  type PrinterAnswer,
  statusRequest,
} from "./status.ts";

type Question = 1 | 2 | 3 | 4;

/** One open line to a printer: what is asked, what is heard, and when it breaks. */
export interface PrinterConnection {
  /** Asks DLE EOT n and waits; null when no answer came in time. */
  ask(n: Question, timeoutMs: number): Promise<boolean>;
  /** Resolves when the bytes are with the operating system; false when the line broke or it took too long. */
  send(bytes: Uint8Array, timeoutMs: number): Promise<boolean>;
  /** Resolves at the first answer that `matches`, or with why it did not come. */
  waitFor(matches: (answer: PrinterAnswer) => boolean, timeoutMs: number): Promise<Wait>;
  readonly broken: boolean;
  onBroken(listener: () => void): void;
  close(): void;
}

export type Wait = "heard" | "timeout" | "broken";

interface Listener {
  readonly matches: (answer: PrinterAnswer) => boolean;
  readonly settle: (wait: Wait) => void;
}

/** Opens a connection, or null when nobody is there within `timeoutMs`. */
export function openConnection(
  place: { readonly host: string; readonly port: number; readonly timeoutMs: number },
  onHeard: (heard: Partial<PrinterStatus>) => void,
): Promise<PrinterConnection | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: place.host, port: place.port, noDelay: true });
    const giveUp = setTimeout(() => socket.destroy(), place.timeoutMs);
    socket.once("connect", () => {
      clearTimeout(giveUp);
      socket.setKeepAlive(true, 10_000);
      resolve(new SocketConnection(socket, onHeard));
    });
    // "close" follows every "error", which needs a listener so that it does not end the program.
    socket.on("error", () => undefined);
    socket.once("close", () => {
      clearTimeout(giveUp);
      resolve(null);
    });
  });
}

class SocketConnection implements PrinterConnection {
  readonly #socket: Socket;
  readonly #onHeard: (heard: Partial<PrinterStatus>) => void;
  readonly #listeners = new Set<Listener>();
  readonly #brokenListeners: (() => void)[] = [];
  /** The numbers of the questions under way: answers carry none, but come in order. */
  #asked: Question[] = [];
  broken = false;

  constructor(socket: Socket, onHeard: (heard: Partial<PrinterStatus>) => void) {
    this.#socket = socket;
    this.#onHeard = onHeard;
    const read = createAnswerReader();
    socket.on("data", (bytes) => {
      for (const answer of read(bytes)) this.#hear(answer);
    });
    socket.once("close", () => this.#break());
  }

  async ask(n: Question, timeoutMs: number): Promise<boolean> {
    if (this.broken) return false;
    this.#asked.push(n);
    this.#socket.write(statusRequest(n));
    let mine = this.#asked.length;
    const matches = (answer: PrinterAnswer) => answer.kind === "real-time" && --mine === 0;
    return (await this.waitFor(matches, timeoutMs)) === "heard";
  }

  send(bytes: Uint8Array, timeoutMs: number): Promise<boolean> {
    if (this.broken) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.#socket.write(bytes, (error) => {
        clearTimeout(timer);
        resolve(!error);
      });
    });
  }

  waitFor(matches: (answer: PrinterAnswer) => boolean, timeoutMs: number): Promise<Wait> {
    if (this.broken) return Promise.resolve("broken");
    return new Promise((resolve) => {
      const settle = (wait: Wait) => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve(wait);
      };
      const listener: Listener = { matches, settle };
      const timer = setTimeout(() => settle("timeout"), timeoutMs);
      this.#listeners.add(listener);
    });
  }

  onBroken(listener: () => void): void {
    if (this.broken) listener();
    else this.#brokenListeners.push(listener);
  }

  close(): void {
    this.#socket.destroy();
    this.#break();
  }

  #hear(answer: PrinterAnswer): void {
    if (answer.kind === "automatic") this.#onHeard(heardAutomatically(answer.bytes));
    if (answer.kind === "real-time") {
      const n = this.#asked.shift();
      if (n !== undefined) this.#onHeard(heardInRealTime(n, answer.byte));
    }
    for (const listener of this.#listeners) {
      if (listener.matches(answer)) listener.settle("heard");
    }
  }

  #break(): void {
    if (this.broken) return;
    this.broken = true;
    for (const listener of this.#listeners) listener.settle("broken");
    for (const listener of this.#brokenListeners) listener();
  }
}
