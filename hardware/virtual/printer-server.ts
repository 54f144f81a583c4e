import { createServer, type Server, type Socket } from "node:net";
import {
  createPrinterMechanism,
  type MechanismState,
  type PrinterFaults,
  type TornOff,
} from "./printer-mechanism.ts";

export interface VirtualPrinterFaults extends PrinterFaults {
  /** Off: nobody listens on the port, and what was in the buffer is gone. */
  readonly power: "on" | "off";
  /** The line breaks after so many more bytes, once. */
  readonly dropAfterBytes: number | null;
}

export interface VirtualPrinterState extends MechanismState, VirtualPrinterFaults {
  readonly connections: number;
}

/** A receipt printer on TCP, as a till finds it on port 9100. */
export interface VirtualPrinter {
  readonly port: number;
  readonly state: VirtualPrinterState;
  set(faults: Partial<VirtualPrinterFaults>): Promise<void>;
  closeDrawer(): void;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface VirtualPrinterOptions {
  readonly host?: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly paperDots?: number;
  /** A receipt was cut; called before the printer says that it is done. */
  readonly onTorn: (receipt: TornOff) => void;
}

/** Starts to listen; rejects where the port is taken. */
export async function startVirtualPrinter(options: VirtualPrinterOptions): Promise<VirtualPrinter> {
  const printer = new TcpVirtualPrinter(options);
  await printer.listen(options.port);
  return printer;
}

class TcpVirtualPrinter implements VirtualPrinter {
  readonly #host: string;
  readonly #mechanism;
  readonly #listeners = new Set<() => void>();
  readonly #sockets = new Set<Socket>();
  /** Answers go to whoever spoke last, as a printer with one network port does it. */
  #speaker: Socket | null = null;
  #server: Server | null = null;
  #power: "on" | "off" = "on";
  #dropAfterBytes: number | null = null;
  port = 0;

  constructor(options: VirtualPrinterOptions) {
    this.#host = options.host ?? "127.0.0.1";
    this.#mechanism = createPrinterMechanism(options.paperDots ?? 576, {
      reply: (bytes) => this.#speaker?.write(bytes),
      torn: options.onTorn,
      changed: () => this.#notify(),
    });
  }

  get state(): VirtualPrinterState {
    return {
      ...this.#mechanism.state,
      power: this.#power,
      dropAfterBytes: this.#dropAfterBytes,
      connections: this.#sockets.size,
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  closeDrawer(): void {
    this.#mechanism.closeDrawer();
  }

  async set(faults: Partial<VirtualPrinterFaults>): Promise<void> {
    const { power, dropAfterBytes, ...mechanical } = faults;
    if (dropAfterBytes !== undefined) this.#dropAfterBytes = dropAfterBytes;
    this.#mechanism.set(mechanical);
    if (power === undefined || power === this.#power) return;
    this.#power = power;
    if (power === "on") {
      await this.listen(this.port);
    } else {
      await this.#unplug();
      this.#mechanism.powerCycle();
    }
    this.#notify();
  }

  async listen(port: number): Promise<void> {
    const server = createServer((socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host: this.#host, port }, resolve);
    });
    const address = server.address();
    if (address !== null && typeof address === "object") this.port = address.port;
    this.#server = server;
  }

  async close(): Promise<void> {
    await this.#unplug();
    this.#mechanism.set({ pace: "normal" });
    this.#listeners.clear();
  }

  async #unplug(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const server = this.#server;
    this.#server = null;
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    this.#speaker = socket;
    this.#mechanism.connected();
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => this.#receive(socket, bytes));
    socket.once("close", () => {
      this.#sockets.delete(socket);
      if (this.#speaker === socket) this.#speaker = null;
      this.#notify();
    });
    this.#notify();
  }

  #receive(socket: Socket, bytes: Uint8Array): void {
    this.#speaker = socket;
    const left = this.#dropAfterBytes;
    if (left === null) {
      this.#mechanism.receive(bytes);
    } else if (bytes.length < left) {
      this.#dropAfterBytes = left - bytes.length;
      this.#mechanism.receive(bytes);
    } else {
      this.#dropAfterBytes = null;
      // The answers of these last bytes are lost with the line.
      this.#speaker = null;
      this.#mechanism.receive(bytes.subarray(0, left));
      socket.destroy();
    }
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
