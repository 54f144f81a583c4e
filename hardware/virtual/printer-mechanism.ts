import { unreachable } from "../../domain/values/assert.ts";
import { type Command, nextCommand } from "../printer/decode.ts";
import { createInterpreter, type PrinterEffect } from "../printer/interpreter.ts";
import type { PaperItem } from "../printer/paper.ts";
import { createRealTimeScanner, type RealTimeCommand } from "./real-time.ts";

/** What a person can do to a printer, and what can befall it. */
export interface PrinterFaults {
  readonly paper: "ok" | "near-end" | "out";
  readonly cover: "closed" | "open";
  /** The feed button was pressed: it listens and says so, but prints nothing. */
  readonly offline: boolean;
  /** `slow` prints a line every few tenths of a second; `hung` reads and says nothing at all. */
  readonly pace: "normal" | "slow" | "hung";
  /** The roll ends after so many more lines. */
  readonly paperEndsAfterLines: number | null;
}

export interface MechanismState extends PrinterFaults {
  readonly drawer: "closed" | "open";
  /** Bytes that wait to be printed. */
  readonly waitingBytes: number;
  /** How many dots of a receipt hang out of the printer and are not cut yet. */
  readonly hangingDots: number;
}

export interface TornOff {
  readonly items: readonly PaperItem[];
  readonly bytes: Uint8Array;
}

/** Where the mechanism tells what happens. */
export interface MechanismListener {
  /** Bytes for whoever is connected. */
  reply(bytes: Uint8Array): void;
  /** A receipt was cut. Called before the printer answers anything that came after the cut. */
  torn(receipt: TornOff): void;
  changed(): void;
}

/** A receipt printer from its data line inwards, with the buffer, the paper and the drawer. */
export interface PrinterMechanism {
  readonly state: MechanismState;
  receive(bytes: Uint8Array): void;
  set(faults: Partial<PrinterFaults>): void;
  closeDrawer(): void;
  /** A connection begins: nothing is reported by itself until asked for. */
  connected(): void;
  /** Off and on: the buffer and the half receipt in it are gone. */
  powerCycle(): void;
}

const slowLineMs = 250;

export function createPrinterMechanism(
  paperDots: number,
  listener: MechanismListener,
): PrinterMechanism {
  return new Mechanism(paperDots, listener);
}

class Mechanism implements PrinterMechanism {
  readonly #paperDots: number;
  readonly #listener: MechanismListener;
  #interpreter;
  #scan = createRealTimeScanner();
  #buffer: Uint8Array = new Uint8Array(0);
  #items: PaperItem[] = [];
  #printed: Uint8Array[] = [];
  #faults: PrinterFaults = {
    paper: "ok",
    cover: "closed",
    offline: false,
    pace: "normal",
    paperEndsAfterLines: null,
  };
  #drawer: "closed" | "open" = "closed";
  #autoMask = 0;
  #lastAutomatic = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whoever hears of a change may change something else; the bytes are still read once. */
  #working = false;

  constructor(paperDots: number, listener: MechanismListener) {
    this.#paperDots = paperDots;
    this.#listener = listener;
    this.#interpreter = createInterpreter(paperDots);
  }

  get state(): MechanismState {
    return {
      ...this.#faults,
      drawer: this.#drawer,
      waitingBytes: this.#buffer.length,
      hangingDots: heightOf(this.#items),
    };
  }

  connected(): void {
    this.#autoMask = 0;
    this.#scan = createRealTimeScanner();
  }

  powerCycle(): void {
    this.#buffer = new Uint8Array(0);
    this.#interpreter = createInterpreter(this.#paperDots);
    this.connected();
  }

  set(faults: Partial<PrinterFaults>): void {
    this.#faults = { ...this.#faults, ...faults };
    this.#changed();
    this.#work();
  }

  closeDrawer(): void {
    this.#drawer = "closed";
    this.#changed();
  }

  receive(bytes: Uint8Array): void {
    if (this.#faults.pace === "hung") return;
    for (const command of this.#scan(bytes)) this.#obey(command);
    const buffer = new Uint8Array(this.#buffer.length + bytes.length);
    buffer.set(this.#buffer);
    buffer.set(bytes, this.#buffer.length);
    this.#buffer = buffer;
    this.#work();
  }

  #obey(command: RealTimeCommand): void {
    switch (command.kind) {
      case "status":
        this.#listener.reply(Uint8Array.of(realTimeStatus(command.n, this.state)));
        break;
      case "pulse":
        this.#openDrawer();
        break;
      case "clear":
        this.#buffer = new Uint8Array(0);
        this.#interpreter = createInterpreter(this.#paperDots);
        this.#listener.reply(Uint8Array.of(0x37, 0x25, 0x00));
        break;
      default:
        unreachable(command);
    }
  }

  #openDrawer(): void {
    this.#drawer = "open";
    this.#changed();
  }

  /** Prints what waits, until it is all done or something stops the paper. */
  #work(): void {
    if (this.#working) return;
    this.#working = true;
    clearTimeout(this.#timer);
    let at = 0;
    while (!this.#isStopped()) {
      const cut = nextCommand(this.#buffer, at);
      if (cut === null) break;
      const before = this.#items.length;
      this.#printed.push(this.#buffer.slice(at, at + cut.length));
      at += cut.length;
      for (const effect of this.#interpreter.run(cut.command)) this.#apply(effect);
      if (this.#faults.pace === "slow" && this.#items.length > before) {
        this.#timer = setTimeout(() => this.#work(), slowLineMs);
        break;
      }
    }
    this.#buffer = this.#buffer.slice(at);
    this.#working = false;
    this.#listener.changed();
  }

  #isStopped(): boolean {
    const { paper, cover, offline, pace } = this.#faults;
    return paper === "out" || cover === "open" || offline || pace === "hung";
  }

  #apply(effect: PrinterEffect): void {
    switch (effect.kind) {
      case "item":
        this.#print(effect.item);
        break;
      case "pulse":
        this.#openDrawer();
        break;
      case "auto-status":
        this.#autoMask = effect.mask;
        this.#lastAutomatic = "";
        this.#changed();
        break;
      case "request": {
        const answer = answerTo(effect.command, this.state);
        if (answer !== null) this.#listener.reply(answer);
        break;
      }
      default:
        unreachable(effect);
    }
  }

  #print(item: PaperItem): void {
    if (item.kind !== "cut") {
      this.#items.push(item);
      const left = this.#faults.paperEndsAfterLines;
      if (left === null) return;
      const faults: PrinterFaults = { ...this.#faults, paperEndsAfterLines: left - 1 };
      this.#faults = left > 1 ? faults : { ...faults, paper: "out", paperEndsAfterLines: null };
      if (left <= 1) this.#changed();
      return;
    }
    const items = this.#items;
    const bytes = Buffer.concat(this.#printed);
    this.#items = [];
    this.#printed = [];
    // A cut with nothing but white before it is a scrap that nobody keeps.
    if (items.some((piece) => piece.kind !== "feed")) this.#listener.torn({ items, bytes });
  }

  #changed(): void {
    this.#listener.changed();
    if (this.#autoMask === 0 || this.#faults.pace === "hung") return;
    const bytes = automaticStatus(this.state);
    if (this.#lastAutomatic === bytes.join(" ")) return;
    this.#lastAutomatic = bytes.join(" ");
    this.#listener.reply(bytes);
  }
}

function heightOf(items: readonly PaperItem[]): number {
  return items.reduce((sum, item) => {
    if (item.kind === "feed") return sum + item.dots;
    return "heightDots" in item ? sum + item.heightDots : sum;
  }, 0);
}

function isOffline({ paper, cover, offline }: PrinterFaults): boolean {
  return offline || paper === "out" || cover === "open";
}

/** DLE EOT n. An open drawer pulls its pin low, so a closed one sets the bit. */
function realTimeStatus(n: 1 | 2 | 3 | 4, state: MechanismState): number {
  const bits = {
    1: (state.drawer === "closed" ? 0x04 : 0) | (isOffline(state) ? 0x08 : 0),
    2: (state.cover === "open" ? 0x04 : 0) | (state.paper === "out" ? 0x20 : 0),
    3: 0,
    4: { ok: 0, "near-end": 0x0c, out: 0x6c }[state.paper],
  };
  return 0x12 | bits[n];
}

function automaticStatus(state: MechanismState): Uint8Array {
  const first =
    0x10 |
    (state.drawer === "closed" ? 0x04 : 0) |
    (isOffline(state) ? 0x08 : 0) |
    (state.cover === "open" ? 0x20 : 0);
  return Uint8Array.of(first, 0, { ok: 0, "near-end": 0x03, out: 0x0f }[state.paper], 0);
}

/** The answers that come in their turn. */
function answerTo({ op, args, data }: Command, state: MechanismState): Uint8Array | null {
  if (op === "GS ( H") {
    return data[0] === 0x30 ? Uint8Array.of(0x37, 0x22, ...data.slice(2, 6), 0x00) : null;
  }
  if (op === "GS r") {
    if ((args[0] ?? 0) % 48 === 2) return Uint8Array.of(state.drawer === "closed" ? 1 : 0);
    return Uint8Array.of({ ok: 0, "near-end": 0x03, out: 0x0f }[state.paper]);
  }
  if (op !== "GS I") return null;
  const [n = 0] = args;
  return n >= 65 ? Buffer.from(`_Evertill Virtual Printer\0`, "latin1") : Uint8Array.of(0x20);
}
