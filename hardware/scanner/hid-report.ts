import { parseReportDescriptor, type ReportField } from "./hid-descriptor.ts";

/**
 * Scanned Data Reports of HID POS scanners (HID Point of Sale Usage Tables 1.02, page 8Ch), read
 * by the device's own descriptor: public layouts disagree, so none is taken for granted.
 */
export interface BarcodeLayout {
  /** Null when the device numbers no reports, so none begins with an id. */
  readonly reportId: number | null;
  /** Byte offsets count the report id, as node-hid's buffers do. */
  readonly dataAt: number;
  readonly dataLength: number;
  /** Where the number of data bytes stands, if anywhere; without it zeros end the data. */
  readonly countAt: number | null;
  /** Where the three characters of the AIM identifier stand. */
  readonly aimAt: readonly [number, number, number] | null;
  /** The bit that says that the next report goes on. */
  readonly continuedAt: { readonly byte: number; readonly bit: number } | null;
}

const barcodePage = 0x8c;
const usage = { aim: [0xfb, 0xfc, 0xfd], data: 0xfe, continued: 0xff } as const;
const byteCount = { page: 0x01, usage: 0x3b } as const;

/** The scanner's layouts, one a report id; empty when the descriptor has no scanned data. */
export function barcodeLayouts(descriptor: Uint8Array): BarcodeLayout[] {
  const { fields, numbered } = parseReportDescriptor(descriptor);
  const ids = new Set(fields.map(({ reportId }) => reportId));
  const layouts = Array.from(ids, (reportId) => {
    return layoutOf(
      fields.filter((field) => field.reportId === reportId),
      numbered ? 1 : 0,
    );
  });
  return layouts.filter((layout) => layout !== null);
}

function layoutOf(fields: readonly ReportField[], firstByte: number): BarcodeLayout | null {
  const find = (page: number, wanted: number) =>
    fields.find((field) => field.usagePage === page && field.usage === wanted);
  const byteOf = (field: ReportField | undefined) =>
    field && field.bitOffset % 8 === 0 && field.bitSize === 8
      ? firstByte + field.bitOffset / 8
      : null;
  const data = find(barcodePage, usage.data);
  if (!data || data.bitOffset % 8 !== 0) return null;
  const aim = usage.aim.map((wanted) => byteOf(find(barcodePage, wanted)));
  const continued = find(barcodePage, usage.continued);
  return {
    reportId: data.reportId,
    dataAt: firstByte + data.bitOffset / 8,
    dataLength: Math.floor((data.bitSize * data.count) / 8),
    countAt: byteOf(find(byteCount.page, byteCount.usage)),
    aimAt: aim.every((at) => at !== null) ? (aim as [number, number, number]) : null,
    continuedAt: continued
      ? { byte: firstByte + Math.floor(continued.bitOffset / 8), bit: continued.bitOffset % 8 }
      : null,
  };
}

/**
 * A layout for a report of unknown make: Windows and macOS do not give the descriptor. The "]" of
 * the AIM identifier tells where it is, or three zeros behind a count, where there is no identifier.
 * Null when there is neither.
 */
export function guessLayout(report: Uint8Array): BarcodeLayout | null {
  const bracketAt = [2, 1, 3].find((at) => isAim(report, at)) ?? (isUnnamed(report) ? 2 : null);
  if (bracketAt === null || report.length < bracketAt + 5) return null;
  const dataAt = bracketAt + 3;
  const rest = report.length - dataAt;
  // Known scanners carry 56 bytes; the flag is in the last byte of what follows them.
  const dataLength = Math.min(56, rest - 1);
  const countAt = bracketAt === 2 && (report[1] ?? 0) <= dataLength ? 1 : null;
  return {
    reportId: report[0] ?? 0,
    dataAt,
    dataLength,
    countAt,
    aimAt: [bracketAt, bracketAt + 1, bracketAt + 2],
    continuedAt: { byte: report.length - 1, bit: 0 },
  };
}

function isAim(report: Uint8Array, at: number): boolean {
  return /^\][A-Za-z][0-9A-Za-z]$/.test(latin1(report.subarray(at, at + 3)));
}

function isUnnamed(report: Uint8Array): boolean {
  const count = report[1] ?? 0;
  return count > 0 && count < report.length - 5 && latin1(report.subarray(2, 5)) === "\0\0\0";
}

/** A piece of a code: one report's worth. */
export interface CodePiece {
  readonly bytes: Uint8Array;
  readonly symbology: string | null;
  readonly continued: boolean;
}

/** Reads one report; null when it is no scanned data or says what cannot be. */
export function readReport(
  report: Uint8Array,
  layouts: readonly BarcodeLayout[],
): CodePiece | null {
  const layout =
    layouts.length > 0
      ? layouts.find(({ reportId }) => reportId === null || reportId === report[0])
      : guessLayout(report);
  if (!layout || report.length <= layout.dataAt) return null;
  const { dataAt, dataLength, countAt, continuedAt } = layout;
  const field = report.subarray(dataAt, dataAt + dataLength);
  const count = countAt === null ? lengthWithoutZeros(field) : (report[countAt] ?? 0);
  if (count > field.length) return null;
  const aim = layout.aimAt?.map((at) => String.fromCharCode(report[at] ?? 0)).join("") ?? "";
  const flags = continuedAt ? (report[continuedAt.byte] ?? 0) : 0;
  return {
    bytes: field.slice(0, count),
    symbology: /^\][A-Za-z][0-9A-Za-z]$/.test(aim) ? aim : null,
    continued: continuedAt !== null && ((flags >> continuedAt.bit) & 1) === 1,
  };
}

function lengthWithoutZeros(field: Uint8Array): number {
  let length = field.length;
  while (length > 0 && field[length - 1] === 0) length--;
  return length;
}

/** What has come of a code that takes several reports. */
export interface Assembly {
  readonly pieces: readonly Uint8Array[];
  readonly symbology: string | null;
  readonly lastAtMs: number;
}

export const nothingAssembled: Assembly = {
  pieces: [],
  symbology: null,
  lastAtMs: Number.NEGATIVE_INFINITY,
};

/** Reports of one code follow each other at once; a piece left alone this long is given up. */
const longestPauseMs = 1_000;
/** A QR code holds 2,953 bytes. */
const longestCode = 4_096;

export interface AssemblyStep {
  readonly assembly: Assembly;
  readonly code: { readonly text: string; readonly symbology: string | null } | null;
  /** Why pieces were thrown away: half a code is never a scan. */
  readonly dropped: "unfinished" | "too-long" | null;
}

/** Adds a piece. `atMs` is monotonic. Codes without text, and scanners' own messages (]Z…), are none. */
export function assemble(assembly: Assembly, piece: CodePiece, atMs: number): AssemblyStep {
  const waiting = assembly.pieces.length > 0;
  const follows =
    waiting &&
    atMs - assembly.lastAtMs <= longestPauseMs &&
    (piece.symbology === null || piece.symbology === assembly.symbology);
  const pieces = follows ? [...assembly.pieces, piece.bytes] : [piece.bytes];
  const symbology = follows ? assembly.symbology : piece.symbology;
  const dropped = waiting && !follows ? "unfinished" : null;
  const length = pieces.reduce((sum, bytes) => sum + bytes.length, 0);
  if (length > longestCode) return { assembly: nothingAssembled, code: null, dropped: "too-long" };
  if (piece.continued) {
    return { assembly: { pieces, symbology, lastAtMs: atMs }, code: null, dropped };
  }
  const text = textOf(pieces, length);
  const isCode = text !== "" && !(symbology?.startsWith("]Z") ?? false);
  return { assembly: nothingAssembled, code: isCode ? { text, symbology } : null, dropped };
}

/** UTF-8 where it is, else Latin-1; the line end that a scanner may add is no part of the code. */
function textOf(pieces: readonly Uint8Array[], length: number): string {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(all);
  } catch {
    text = latin1(all);
  }
  return text.replace(/[\r\n\0]+$/, "");
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
