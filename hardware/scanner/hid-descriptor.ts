/**
 * HID report descriptors (USB Device Class Definition for HID 1.11 §6.2.2): which bits of an input
 * report mean what. Only what a till needs of it: the input reports' fields.
 */

/** Values of one usage beside each other in an input report. */
export interface ReportField {
  /** Null when the device numbers no reports. */
  readonly reportId: number | null;
  readonly usagePage: number;
  readonly usage: number;
  /** From the first bit behind the report id. */
  readonly bitOffset: number;
  readonly bitSize: number;
  readonly count: number;
}

export interface ReportDescriptor {
  readonly fields: readonly ReportField[];
  /** Whether reports begin with their id. */
  readonly numbered: boolean;
}

interface Globals {
  usagePage: number;
  reportSize: number;
  reportCount: number;
  reportId: number | null;
}

/** Usages of four bytes name their page; shorter ones take the page that holds at the main item. */
interface Usage {
  readonly page: number | null;
  readonly id: number;
}

interface Locals {
  readonly usages: readonly Usage[];
  readonly minimum: Usage | null;
}

/** A report is at most this long; descriptors that say otherwise are broken or hostile. */
const mostBits = 8 * 4_096;

/** Reads a descriptor. Never throws: what it does not understand is passed over. */
export function parseReportDescriptor(bytes: Uint8Array): ReportDescriptor {
  const fields: ReportField[] = [];
  const ends = new Map<number | null, number>();
  const stack: Globals[] = [];
  let globals: Globals = { usagePage: 0, reportSize: 0, reportCount: 0, reportId: null };
  let locals: Locals = { usages: [], minimum: null };
  for (const { type, tag, value, size } of itemsOf(bytes)) {
    if (type === "global") {
      if (tag === 0xa) stack.push({ ...globals });
      else if (tag === 0xb) globals = stack.pop() ?? globals;
      else globals = withGlobal(globals, tag, value);
    } else if (type === "local") {
      locals = withLocal(locals, tag, usageOf(value, size));
    } else {
      if (tag === 0x8) {
        const start = ends.get(globals.reportId) ?? 0;
        const end = start + globals.reportSize * globals.reportCount;
        if (end > mostBits) break;
        // Constant bits are padding.
        if ((value & 1) === 0) fields.push(...fieldsOf(globals, locals.usages, start));
        ends.set(globals.reportId, end);
      }
      locals = { usages: [], minimum: null };
    }
  }
  return { fields, numbered: fields.some(({ reportId }) => reportId !== null) };
}

interface Item {
  readonly type: "main" | "global" | "local";
  readonly tag: number;
  readonly value: number;
  readonly size: number;
}

function* itemsOf(bytes: Uint8Array): Generator<Item> {
  let at = 0;
  while (at < bytes.length) {
    const prefix = bytes[at] ?? 0;
    if (prefix === 0xfe) {
      // A long item; none is defined.
      at += 3 + (bytes[at + 1] ?? 0);
      continue;
    }
    const size = [0, 1, 2, 4][prefix & 3] ?? 0;
    let value = 0;
    for (let i = 0; i < size; i++) value += (bytes[at + 1 + i] ?? 0) * 2 ** (8 * i);
    at += 1 + size;
    const type = (["main", "global", "local"] as const)[(prefix >> 2) & 3];
    if (type) yield { type, tag: prefix >> 4, value, size };
  }
}

function withGlobal(globals: Globals, tag: number, value: number): Globals {
  switch (tag) {
    case 0x0:
      return { ...globals, usagePage: value };
    case 0x7:
      return { ...globals, reportSize: value };
    case 0x8:
      return { ...globals, reportId: value };
    case 0x9:
      return { ...globals, reportCount: value };
    default:
      return globals;
  }
}

function usageOf(value: number, size: number): Usage {
  return size === 4
    ? { page: Math.floor(value / 0x1_0000), id: value % 0x1_0000 }
    : { page: null, id: value };
}

function withLocal(locals: Locals, tag: number, usage: Usage): Locals {
  switch (tag) {
    case 0x0:
      return { ...locals, usages: [...locals.usages, usage] };
    case 0x1:
      return { ...locals, minimum: usage };
    case 0x2: {
      const from = locals.minimum ?? usage;
      const length = Math.min(Math.max(usage.id - from.id + 1, 0), 0x400);
      const range = Array.from({ length }, (_, i) => ({ page: from.page, id: from.id + i }));
      return { usages: [...locals.usages, ...range], minimum: null };
    }
    default:
      return locals;
  }
}

/** One field a usage; the last usage takes all values that are left (HID 1.11 §6.2.2.8). */
function fieldsOf(globals: Globals, usages: readonly Usage[], start: number): ReportField[] {
  const { usagePage, reportSize, reportCount, reportId } = globals;
  const named = usages.slice(0, reportCount);
  return named.map(({ page, id }, i) => ({
    reportId,
    usagePage: page ?? usagePage,
    usage: id,
    bitOffset: start + i * reportSize,
    bitSize: reportSize,
    count: i === named.length - 1 ? reportCount - i : 1,
  }));
}
