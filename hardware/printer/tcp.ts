import type { Log } from "../../domain/values/ports.ts";
import { drawerKick } from "../drawer/drawer.ts";
import type { PrintDocument } from "./document.ts";
import { encodeDocument } from "./escpos.ts";
import { transmissionOf } from "./job-bytes.ts";
import { type Patience, usualPatience } from "./patience.ts";
import {
  type DocumentJob,
  type KickJob,
  type Printer,
  type PrinterJob,
  type PrinterStatus,
  type PrinterTrouble,
  type PrintOutcome,
  silentStatus,
  troubleOf,
} from "./port.ts";
import type { PrinterProfile } from "./profile.ts";
import { automaticStatusOn, type PrinterAnswer } from "./status.ts";
import { openConnection, type PrinterConnection } from "./tcp-connection.ts";

export interface TcpPrinterOptions {
  readonly host: string;
  /** 9100 by custom. */
  readonly port: number;
  readonly profile: PrinterProfile;
  /**
   * `held`: one till, one printer; the line stays open and every change of paper, cover or drawer is
   * heard at once. `per-job`: for a printer that tills share, or one with secure printing, which a
   * connection without a job would jam.
   */
  readonly connection: "held" | "per-job";
  readonly log: Log;
  readonly patience?: Partial<Patience>;
}

/** A printer on the network that speaks ESC/POS. Starts to connect at once when the line is held. */
export function createTcpPrinter(options: TcpPrinterOptions): Printer {
  const printer = new TcpPrinter(options);
  if (options.connection === "held") printer.hold();
  return printer;
}

class TcpPrinter implements Printer {
  readonly #options: TcpPrinterOptions;
  readonly #patience: Patience;
  readonly #listeners = new Set<(status: PrinterStatus) => void>();
  #status: PrinterStatus = silentStatus;
  #connection: PrinterConnection | null = null;
  #opening: Promise<PrinterConnection | null> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #underWay = 0;
  #closed = false;
  /** The last document's end; the next begins after it. */
  #documents: Promise<unknown> = Promise.resolve();
  #kicks: Promise<unknown> = Promise.resolve();
  /** The end of the bytes that are being written; a kick must not land among them. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: TcpPrinterOptions) {
    this.#options = options;
    this.#patience = { ...usualPatience, ...options.patience };
    if (options.connection === "per-job") this.#status = { ...silentStatus, connection: "resting" };
  }

  encode(document: PrintDocument): Promise<Uint8Array> {
    return encodeDocument(document, this.#options.profile);
  }

  status(): PrinterStatus {
    return this.#status;
  }

  onStatus(listener: (status: PrinterStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  print(job: PrinterJob): Promise<PrintOutcome> {
    this.#underWay++;
    const isKick = job.kind === "drawer-kick";
    const outcome = isKick
      ? this.#kicks.then(() => this.#kick(job))
      : this.#documents.then(() => this.#print(job));
    const settled = outcome.then(
      () => this.#settle(),
      () => this.#settle(),
    );
    if (isKick) this.#kicks = settled;
    else this.#documents = settled;
    return outcome;
  }

  close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#connection?.close();
    return Promise.all([this.#documents, this.#kicks]).then(() => undefined);
  }

  /** Keeps the line open: connects, asks now and then, connects again. */
  hold(): void {
    void this.#open().then((connection) => {
      const pauses = this.#patience.reconnectMs;
      const pauseMs = pauses[Math.min(this.#failures, pauses.length) - 1] ?? 0;
      if (connection === null) this.#later(pauseMs, () => this.hold());
      else this.#later(this.#patience.heartbeatMs, () => void this.#heartbeat());
    });
  }

  async #heartbeat(): Promise<void> {
    const connection = this.#connection;
    // A job under way has its own patience with a printer that says nothing.
    if (this.#underWay === 0 && connection !== null) {
      if (!(await connection.ask(1, this.#patience.statusMs))) connection.close();
    }
    this.hold();
  }

  /** One thing at a time is planned: the next heartbeat, the next attempt, or letting go. */
  #later(delayMs: number, task: () => void): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(task, delayMs);
  }

  #open(): Promise<PrinterConnection | null> {
    if (this.#closed) return Promise.resolve(null);
    if (this.#connection && !this.#connection.broken) return Promise.resolve(this.#connection);
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #connect(): Promise<PrinterConnection | null> {
    const { host, port } = this.#options;
    const place = { host, port, timeoutMs: this.#patience.connectMs };
    const connection = await openConnection(place, (heard) => this.#hear(heard));
    if (connection === null || this.#closed) {
      connection?.close();
      this.#failures++;
      if (this.#failures === 1) this.#options.log.warn("printer.unreachable", { host, port });
      this.#hear({ ...silentStatus, connection: "unreachable" });
      return null;
    }
    this.#failures = 0;
    this.#connection = connection;
    connection.onBroken(() => this.#lost(connection));
    await connection.send(automaticStatusOn, this.#patience.statusMs);
    if ((await this.#look(connection)) !== null) {
      this.#hear({ ...silentStatus, connection: "silent" });
      return null;
    }
    this.#hear({ connection: "connected" });
    this.#options.log.info("printer.connected", { host, port });
    return connection;
  }

  #lost(connection: PrinterConnection): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    if (this.#closed) return;
    const held = this.#options.connection === "held";
    this.#hear({ ...silentStatus, connection: held ? "unreachable" : "resting" });
    if (held) this.#later(this.#patience.reconnectMs[0] ?? 500, () => this.hold());
  }

  /** Asks for everything that matters before a job; null or why it did not answer. */
  async #look(connection: PrinterConnection): Promise<PrinterTrouble | null> {
    if (!this.#options.profile.realTimeStatus) return null;
    const { statusMs } = this.#patience;
    const answers = ([1, 2, 3, 4] as const).map((n) => connection.ask(n, statusMs));
    if ((await Promise.all(answers)).every(Boolean)) return null;
    // An answer that comes later would be taken for another question's.
    connection.close();
    return "no-answer";
  }

  #hear(heard: Partial<PrinterStatus>): void {
    const before = this.#status;
    this.#status = { ...before, ...heard };
    const keys = Object.keys(heard) as (keyof PrinterStatus)[];
    if (keys.every((key) => before[key] === this.#status[key])) return;
    for (const listener of this.#listeners) listener(this.#status);
  }

  async #print(job: DocumentJob): Promise<PrintOutcome> {
    const outcome = await this.#carryOut(job);
    // Whatever this line still says belongs to a job that is over.
    if (outcome.kind === "unknown") this.#connection?.close();
    return outcome;
  }

  /** After the last job: keep watching, or let go of the line. */
  #settle(): void {
    this.#underWay--;
    if (this.#underWay > 0) return;
    if (this.#options.connection === "per-job") {
      this.#later(this.#patience.restMs, () => this.#connection?.close());
    } else if (this.#connection) {
      this.#later(this.#patience.heartbeatMs, () => void this.#heartbeat());
    }
  }

  async #carryOut(job: DocumentJob): Promise<PrintOutcome> {
    const connection = await this.#open();
    if (connection === null) return failed(this.#whyNot());
    const silent = await this.#look(connection);
    const trouble = silent ?? troubleOf(this.#status);
    if (trouble !== null) return failed(trouble);
    if (connection.broken) return failed("unreachable");
    job.beforeSend();
    const { bytes, isAnswer } = transmissionOf(job, this.#options.profile);
    const budgetMs =
      this.#patience.jobMs + Math.ceil((bytes.length * this.#patience.perKilobyteMs) / 1024);
    const end = this.#untilAnswered(connection, isAnswer, budgetMs);
    this.#writing = connection.send(bytes, budgetMs + this.#patience.personMs);
    return end;
  }

  #whyNot(): PrinterTrouble {
    return this.#closed ? "closed" : (troubleOf(this.#status) ?? "unreachable");
  }

  async #untilAnswered(
    connection: PrinterConnection,
    isAnswer: (answer: PrinterAnswer) => boolean,
    budgetMs: number,
  ): Promise<PrintOutcome> {
    let personMs = this.#patience.personMs;
    let stoodStill = false;
    const stopWatching = this.onStatus((status) => {
      stoodStill ||= troubleOf(status) !== null;
    });
    for (;;) {
      const wait = await connection.waitFor(isAnswer, budgetMs);
      // Paper and cover wait for a person, and the printer goes on where it stopped.
      stoodStill ||= troubleOf(this.#status) !== null;
      if (wait === "timeout" && stoodStill && personMs > 0) {
        stoodStill = false;
        personMs -= budgetMs;
        continue;
      }
      stopWatching();
      if (wait === "heard") return { kind: "printed" };
      if (wait === "timeout") return { kind: "unknown", why: "no-answer" };
      return { kind: "unknown", why: this.#closed ? "closed" : "connection-lost" };
    }
  }

  async #kick(job: KickJob): Promise<PrintOutcome> {
    const { statusMs } = this.#patience;
    const connection = await this.#open();
    if (connection === null) return failed(this.#whyNot());
    const free = await withinMs(this.#writing, statusMs);
    if (!free) return failed("busy");
    // In a line that nobody reads at the other end a kick would lie and open the drawer much later.
    const listens = !this.#options.profile.realTimeStatus || (await connection.ask(1, statusMs));
    if (!listens) return failed(connection.broken ? "unreachable" : "no-answer");
    job.beforeSend();
    if (!(await connection.send(drawerKick, statusMs))) {
      return { kind: "unknown", why: "connection-lost" };
    }
    const answered = await connection.ask(1, statusMs);
    if (answered || !this.#options.profile.realTimeStatus) return { kind: "printed" };
    return { kind: "unknown", why: connection.broken ? "connection-lost" : "no-answer" };
  }
}

function failed(why: PrinterTrouble): PrintOutcome {
  return { kind: "failed", why };
}

/** True when `promise` settles in time. */
async function withinMs(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const inTime = await Promise.race([promise.then(() => true as const), late]);
  clearTimeout(timer);
  return inTime;
}
