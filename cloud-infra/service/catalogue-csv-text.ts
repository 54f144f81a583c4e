import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

import { recognisedTitles } from "./catalogue-csv-columns.ts";

/** The unpacked bytes of a file, its first ones looked at, and how far reading has come. */
export interface OpenedText {
  readonly head: Buffer;
  /** All bytes, the head included. Unpacks as it goes. */
  readonly bytes: Readable;
  readonly totalBytes: number;
  /** Bytes of the file itself (packed, for .gz) that were read so far. */
  bytesRead(): number;
  /** Gives the file back, however much of it was read. */
  close(): void;
}

const HEAD_BYTES = 64 * 1024;
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** Opens a plain or gzip-packed file (told by its first bytes, not its name). */
export async function openText(path: string): Promise<OpenedText> {
  const { size } = await stat(path);
  const file = createReadStream(path);
  const { head: start, all } = await peek(file, GZIP_MAGIC.length);
  const packed = start.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);
  const plain = packed ? pipeline(all, createGunzip(), () => undefined) : all;
  const { head, all: bytes } = await peek(plain, HEAD_BYTES);
  return {
    head,
    bytes,
    totalBytes: size,
    bytesRead: () => file.bytesRead,
    close: () => file.destroy(),
  };
}

/** Reads at least `count` bytes ahead (fewer at the end) and gives a stream of everything. */
async function peek(source: Readable, count: number): Promise<{ head: Buffer; all: Readable }> {
  const rest: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < count) {
    const next = await rest.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return { head, all: Readable.from(together(head, rest), { objectMode: false }) };
}

async function* together(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

/** What the first bytes say the file is, when it is no text of ours; null when it may be. */
export function whyNoText(head: Buffer): string | null {
  if (head.toString("utf8").trim() === "") return "The file is empty.";
  const kind = SIGNATURES.find(([bytes]) => head.subarray(0, bytes.length).equals(bytes))?.[1];
  if (kind !== undefined) return `The file is ${kind}. Save it as "CSV UTF-8" and import that.`;
  if (head.includes(0)) {
    return 'The file is no text (it has zero bytes). Save it as "CSV UTF-8" and import that.';
  }
  return null;
}

const SIGNATURES: readonly (readonly [Buffer, string])[] = [
  [Buffer.from("PK\u0003\u0004"), "a workbook or a zip archive, not a CSV"],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "an old Excel workbook, not a CSV"],
  [Buffer.from("%PDF"), "a PDF, not a CSV"],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), "a picture, not a CSV"],
  [Buffer.from([0xff, 0xfe]), "in UTF-16 letters"],
  [Buffer.from([0xfe, 0xff]), "in UTF-16 letters"],
];

/** How the file is written, told by its beginning. */
export interface Dialect {
  readonly delimiter: string;
  /** 2 where a first line "sep=;" tells spreadsheets the delimiter, else 1. */
  readonly fromLine: 1 | 2;
}

const DELIMITERS = [",", ";", "\t", "|"];

/** The delimiter under which the first row has the most titles that we know, then the most cells. */
export function detectDialect(head: Buffer): Dialect {
  const text = head.toString("utf8").replace(/^\uFEFF/, "");
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1];
  if (declared !== undefined) return { delimiter: declared, fromLine: 2 };
  const scored = DELIMITERS.map((delimiter) => {
    const titles = firstRow(text.trimStart(), delimiter);
    return { delimiter, score: recognisedTitles(titles) * 1000 + titles.length };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return { delimiter: best.delimiter, fromLine: 1 };
}

/** The first row's cells, roughly: enough to count and compare them. */
function firstRow(text: string, delimiter: string): string[] {
  const cells = [""];
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === "\n" || letter === "\r")) break;
    else if (!quoted && letter === delimiter) cells.push("");
    else cells[cells.length - 1] += letter;
  }
  return cells;
}
