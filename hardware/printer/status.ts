import type { PrinterStatus } from "./port.ts";

/**
 * What an ESC/POS printer says, cut from its stream of answers. Pure.
 * Source: Epson's command reference (DLE EOT, GS a, GS r, GS ( H). The fixed bits tell the kinds
 * apart: real-time status is 0xx1xx10b, automatic status begins 0xx1xx00b, GS r is 0xx0xxxxb.
 */
export type PrinterAnswer =
  | { readonly kind: "real-time"; readonly byte: number }
  | { readonly kind: "automatic"; readonly bytes: readonly [number, number, number, number] }
  | { readonly kind: "paper-sensor"; readonly byte: number }
  | { readonly kind: "process-id"; readonly id: string };

/** Cuts what arrives into answers; keeps the beginning of one whose end is still on the way. */
export function createAnswerReader(): (bytes: Uint8Array) => PrinterAnswer[] {
  let waiting: number[] = [];
  return (bytes) => {
    waiting.push(...bytes);
    const answers: PrinterAnswer[] = [];
    for (;;) {
      const cut = nextAnswer(waiting);
      if (cut === null) return answers;
      waiting = waiting.slice(cut.length);
      if (cut.answer !== null) answers.push(cut.answer);
    }
  };
}

/** Blocks of text (GS I, and GS ( H's 37h) end with a NUL and are never this long. */
const blockLimit = 80;

function nextAnswer(
  bytes: readonly number[],
): { answer: PrinterAnswer | null; length: number } | null {
  const [first, second, third, fourth] = bytes;
  if (first === undefined) return null;
  const fixed = first & 0x93;
  if (fixed === 0x12) return { answer: { kind: "real-time", byte: first }, length: 1 };
  if (fixed === 0x10) {
    if (second === undefined || third === undefined || fourth === undefined) return null;
    return { answer: { kind: "automatic", bytes: [first, second, third, fourth] }, length: 4 };
  }
  if (first === 0x37 || first === 0x5f || first === 0x3d) return block(bytes);
  if ((first & 0x90) === 0) return { answer: { kind: "paper-sensor", byte: first }, length: 1 };
  return { answer: null, length: 1 };
}

/** 37h 22h d1 d2 d3 d4 00h carries our process id; other blocks are none of ours. */
function block(bytes: readonly number[]): { answer: PrinterAnswer | null; length: number } | null {
  const end = bytes.indexOf(0);
  if (end === -1) return bytes.length > blockLimit ? { answer: null, length: 1 } : null;
  const length = end + 1;
  if (bytes[0] !== 0x37 || bytes[1] !== 0x22 || length !== 7) return { answer: null, length };
  return { answer: { kind: "process-id", id: String.fromCharCode(...bytes.slice(2, 6)) }, length };
}

type Heard = Partial<PrinterStatus>;

/** DLE EOT n's answer, n from 1 to 4. */
export function heardInRealTime(n: 1 | 2 | 3 | 4, byte: number): Heard {
  switch (n) {
    case 1:
      return { drawerPin: (byte & 0x04) === 0 ? "low" : "high", online: (byte & 0x08) === 0 };
    case 2:
      return { cover: (byte & 0x04) === 0 ? "closed" : "open" };
    case 3:
      return { error: (byte & 0x28) !== 0 };
    case 4:
      return { paper: paperOf((byte & 0x0c) !== 0, (byte & 0x60) !== 0) };
  }
}

/** The four bytes of automatic status. */
export function heardAutomatically(bytes: readonly [number, number, number, number]): Heard {
  const [printer, errors, paper] = bytes;
  return {
    drawerPin: (printer & 0x04) === 0 ? "low" : "high",
    online: (printer & 0x08) === 0,
    cover: (printer & 0x20) === 0 ? "closed" : "open",
    error: (errors & 0x28) !== 0,
    paper: paperOf((paper & 0x03) !== 0, (paper & 0x0c) !== 0),
  };
}

function paperOf(nearEnd: boolean, out: boolean): "ok" | "near-end" | "out" {
  if (out) return "out";
  return nearEnd ? "near-end" : "ok";
}

/** Asks for status at once, even while the printer is offline. */
export function statusRequest(n: 1 | 2 | 3 | 4): Uint8Array {
  return Uint8Array.of(0x10, 0x04, n);
}

/** GS a: report every change of drawer, online, error and paper. */
export const automaticStatusOn = Uint8Array.of(0x1d, 0x61, 0x0f);

/** GS ( H function 48: answer with `id` when all before it is printed. Four printable characters. */
export function processIdRequest(id: string): Uint8Array {
  const bytes = Array.from(id, (character) => character.charCodeAt(0));
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...bytes);
}

/** GS r 1: the paper sensor, answered in order, after all before it is printed. */
export const paperSensorRequest = Uint8Array.of(0x1d, 0x72, 0x01);

/** Four printable characters from a job's id: the same for the same job, different for its neighbours. */
export function processId(jobId: string): string {
  let hash = 0x811c9dc5; // FNV-1a, 32 bits
  for (const byte of new TextEncoder().encode(jobId)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  let id = "";
  for (let i = 0; i < 4; i++) {
    id += String.fromCharCode(0x30 + (hash % 64));
    hash = Math.floor(hash / 64);
  }
  return id;
}
