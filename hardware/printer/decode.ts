/**
 * ESC/POS bytes cut into commands, as a printer reads them. Pure and independent of the encoder.
 * Source of the forms: Epson's ESC/POS command reference (FA and TM series).
 */
export interface Command {
  /** "text" for printable bytes (in `data`), "LF", "ESC E", "GS v", "GS ( k"…, or "?" for an unknown byte. */
  readonly op: string;
  /** The parameters before `data`, one byte each. */
  readonly args: readonly number[];
  readonly data: Uint8Array;
}

export interface Cut {
  readonly command: Command;
  readonly length: number;
}

const none = new Uint8Array(0);
const prefixNames: Readonly<Record<number, string>> = {
  0x10: "DLE",
  0x1b: "ESC",
  0x1c: "FS",
  0x1d: "GS",
};
const controlNames: Readonly<Record<number, string>> = {
  0x09: "HT",
  0x0a: "LF",
  0x0c: "FF",
  0x0d: "CR",
  0x18: "CAN",
};

/** Commands with a fixed number of parameter bytes after the two that name them. */
const fixedArgs: Readonly<Record<string, string>> = {
  ESC: "@0 !1  1 $2 %1 -1 20 31 <0 =1 ?1 E1 G1 J1 K1 L0 M1 R1 S0 T1 V1 W8 \\2 a1 c2 d1 e1 i0 m0 p3 r1 t1 {1 u1 v0 B2 \f0",
  GS: "!1 $2 /1 :0 B1 E1 H1 I1 L2 P2 T1 W2 \\2 ^3 a1 b1 c0 f1 h1 j1 r1 w1 x1",
  FS: ".0 &0 !1 -1 C1 S2 W1 p2",
};
const argsOf = new Map(
  Object.entries(fixedArgs).flatMap(([prefix, list]) =>
    list
      .match(/[\s\S]\d(?: |$)/g)
      ?.map((entry): [string, number] => [`${prefix} ${entry.charAt(0)}`, Number(entry.charAt(1))]),
  ) as [string, number][],
);

/** The command that begins at `at`, or null while its end has not arrived. */
export function nextCommand(bytes: Uint8Array, at: number): Cut | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first >= 0x20) return textRun(bytes, at);
  const control = controlNames[first];
  if (control !== undefined) return { command: { op: control, args: [], data: none }, length: 1 };
  const prefix = prefixNames[first];
  if (prefix === undefined) return unknown(first, 1);
  const second = bytes[at + 1];
  if (second === undefined) return null;
  const op = `${prefix} ${String.fromCharCode(second)}`;
  const fixed = argsOf.get(op);
  if (fixed !== undefined) return take(bytes, at, { op, headBytes: 2 + fixed, dataBytes: 0 });
  return prefix === "DLE" ? realTime(bytes, at, second) : variable(bytes, at, op);
}

function textRun(bytes: Uint8Array, at: number): Cut {
  let end = at;
  while ((bytes[end] ?? 0) >= 0x20) end++;
  return { command: { op: "text", args: [], data: bytes.slice(at, end) }, length: end - at };
}

function unknown(byte: number, length: number): Cut {
  return { command: { op: "?", args: [byte], data: none }, length };
}

interface Form {
  readonly op: string;
  /** Bytes of the name and the parameters. */
  readonly headBytes: number;
  readonly dataBytes: number;
  /** Where the parameters begin; 2 unless the name is longer. */
  readonly argsFrom?: number;
}

function take(bytes: Uint8Array, at: number, form: Form): Cut | null {
  const length = form.headBytes + form.dataBytes;
  if (bytes.length < at + length) return null;
  const args = Array.from(bytes.subarray(at + (form.argsFrom ?? 2), at + form.headBytes));
  const data = form.dataBytes === 0 ? none : bytes.slice(at + form.headBytes, at + length);
  return { command: { op: form.op, args, data }, length };
}

function realTime(bytes: Uint8Array, at: number, second: number): Cut | null {
  const fn = bytes[at + 2];
  if (fn === undefined) return null;
  if (second === 0x04) {
    const headBytes = fn === 7 || fn === 8 ? 4 : 3;
    return take(bytes, at, { op: "DLE EOT", headBytes, dataBytes: 0 });
  }
  if (second === 0x05) return take(bytes, at, { op: "DLE ENQ", headBytes: 3, dataBytes: 0 });
  if (second === 0x14) {
    const tail: Readonly<Record<number, number>> = { 1: 2, 2: 2, 3: 5, 7: 1, 8: 7 };
    const headBytes = 3 + (tail[fn] ?? 2);
    return take(bytes, at, { op: "DLE DC4", headBytes, dataBytes: 0 });
  }
  return unknown(0x10, 1);
}

/** Commands whose length depends on what they say. */
function variable(bytes: Uint8Array, at: number, op: string): Cut | null {
  const byte = (offset: number) => bytes[at + offset] ?? 0;
  const word = (offset: number) => byte(offset) + byte(offset + 1) * 256;
  const known = (count: number) => bytes.length >= at + count;
  switch (op) {
    case "ESC *": {
      if (!known(5)) return null;
      const perColumn = byte(2) >= 32 ? 3 : 1;
      return take(bytes, at, { op, headBytes: 5, dataBytes: word(3) * perColumn });
    }
    case "ESC D":
      return untilNul(bytes, at, op);
    case "ESC &":
      return userCharacters(bytes, at, op);
    case "GS V":
      if (!known(3)) return null;
      return take(bytes, at, { op, headBytes: byte(2) % 48 <= 1 ? 3 : 4, dataBytes: 0 });
    case "GS *":
      if (!known(4)) return null;
      return take(bytes, at, { op, headBytes: 4, dataBytes: byte(2) * byte(3) * 8 });
    case "GS v":
      if (!known(8)) return null;
      return take(bytes, at, { op, headBytes: 8, dataBytes: word(4) * word(6) });
    case "GS k":
      return barcode(bytes, at, op);
    case "GS C":
      if (!known(3)) return null;
      return take(bytes, at, { op, headBytes: byte(2) === 0x30 ? 5 : 8, dataBytes: 0 });
    case "GS 8": {
      if (!known(7)) return null;
      const dataBytes = word(3) + word(5) * 65_536;
      return take(bytes, at, { op: "GS ( L", headBytes: 7, dataBytes, argsFrom: 7 });
    }
    case "FS (":
    case "GS (":
    case "ESC (": {
      if (!known(5)) return null;
      const name = `${op} ${String.fromCharCode(byte(2))}`;
      return take(bytes, at, { op: name, headBytes: 5, dataBytes: word(3), argsFrom: 5 });
    }
    case "FS q":
      return loadedPictures(bytes, at, op);
    default:
      return unknown(byte(0), 2);
  }
}

function untilNul(bytes: Uint8Array, at: number, op: string): Cut | null {
  const end = bytes.indexOf(0, at + 2);
  if (end === -1) return null;
  return { command: { op, args: [], data: bytes.slice(at + 2, end) }, length: end + 1 - at };
}

/** GS k: m 0 to 6 ends with a NUL, m 65 to 79 begins with its length. */
function barcode(bytes: Uint8Array, at: number, op: string): Cut | null {
  const m = bytes[at + 2];
  const n = bytes[at + 3];
  if (m === undefined || n === undefined) return null;
  if (m >= 65) return take(bytes, at, { op, headBytes: 4, dataBytes: n });
  const end = bytes.indexOf(0, at + 3);
  if (end === -1) return null;
  return { command: { op, args: [m], data: bytes.slice(at + 3, end) }, length: end + 1 - at };
}

/** ESC & y c1 c2, then for each character its width and as many columns of y bytes. */
function userCharacters(bytes: Uint8Array, at: number, op: string): Cut | null {
  if (bytes.length < at + 5) return null;
  const rows = bytes[at + 2] ?? 0;
  let end = at + 5;
  for (let c = bytes[at + 3] ?? 0; c <= (bytes[at + 4] ?? 0); c++) {
    const width = bytes[end];
    if (width === undefined) return null;
    end += 1 + width * rows;
  }
  return take(bytes, at, { op, headBytes: 5, dataBytes: end - at - 5 });
}

/** FS q n, then for each picture its size in bytes and its columns. */
function loadedPictures(bytes: Uint8Array, at: number, op: string): Cut | null {
  if (bytes.length < at + 3) return null;
  let end = at + 3;
  for (let i = 0; i < (bytes[at + 2] ?? 0); i++) {
    if (bytes.length < end + 4) return null;
    const x = (bytes[end] ?? 0) + (bytes[end + 1] ?? 0) * 256;
    const y = (bytes[end + 2] ?? 0) + (bytes[end + 3] ?? 0) * 256;
    end += 4 + x * y * 8;
  }
  return take(bytes, at, { op, headBytes: 3, dataBytes: end - at - 3 });
}

/** All commands of `bytes`; what is left of one without its end is in `rest`. */
export function commandsOf(bytes: Uint8Array): { commands: Command[]; rest: Uint8Array } {
  const commands: Command[] = [];
  let at = 0;
  for (;;) {
    const cut = nextCommand(bytes, at);
    if (cut === null) return { commands, rest: bytes.slice(at) };
    commands.push(cut.command);
    at += cut.length;
  }
}
