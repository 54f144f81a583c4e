import { describe, expect, it } from "vitest";
import { parseReportDescriptor } from "./hid-descriptor.ts";
import {
  type Assembly,
  assemble,
  barcodeLayouts,
  guessLayout,
  nothingAssembled,
  readReport,
} from "./hid-report.ts";
import { chanceFrom } from "./seeded-chance.ts";
import { descriptorOf, type HidLayoutName, hidLayoutNames, reportsOf } from "./virtual-hid.ts";

const layoutsOf = (name: HidLayoutName) => barcodeLayouts(descriptorOf(name));

/** All codes in a run of reports; layouts null: no descriptor, as on Windows. */
function codesIn(reports: readonly Uint8Array[], layouts: ReturnType<typeof barcodeLayouts>) {
  let assembly: Assembly = nothingAssembled;
  return reports.flatMap((report, i) => {
    const piece = readReport(report, layouts);
    if (!piece) return ["(unreadable)"];
    const step = assemble(assembly, piece, i * 2);
    assembly = step.assembly;
    return step.code ? [`${step.code.symbology ?? "?"} ${step.code.text}`] : [];
  });
}

describe("barcodeLayouts", () => {
  it("Honeywell: count, identifier, 56 bytes, the vendor's byte, the flag in the 64th byte", () => {
    expect(layoutsOf("honeywell-64")).toEqual([
      {
        reportId: 2,
        countAt: 1,
        aimAt: [2, 3, 4],
        dataAt: 5,
        dataLength: 56,
        continuedAt: { byte: 63, bit: 0 },
      },
    ]);
  });

  it("the two other layouts that are public", () => {
    expect(layoutsOf("counted-62")).toMatchObject([
      { countAt: 1, aimAt: [2, 3, 4], dataAt: 5, continuedAt: { byte: 61, bit: 0 } },
    ]);
    expect(layoutsOf("uncounted-61")).toMatchObject([
      { countAt: null, aimAt: [1, 2, 3], dataAt: 4, continuedAt: { byte: 60, bit: 0 } },
    ]);
  });

  it("a device that numbers no reports: everything one byte earlier", () => {
    const unnumbered = descriptorOf("counted-62").filter((_, i) => i !== 6 && i !== 7);
    expect(barcodeLayouts(unnumbered)).toMatchObject([
      { reportId: null, countAt: 0, aimAt: [1, 2, 3], dataAt: 4, continuedAt: { byte: 60 } },
    ]);
  });

  it("a keyboard is no scanner", () => {
    const bootKeyboard = hex(
      "05010906a101050719e029e71500250175019508810295017508810195057501050819012905910295017503" +
        "9101950675081500256505071900296581 00c0",
    );
    expect(parseReportDescriptor(bootKeyboard).fields.length).toBeGreaterThan(8);
    expect(barcodeLayouts(bootKeyboard)).toEqual([]);
  });

  it("usages by range, by four bytes, and the page that comes after the usage", () => {
    const tail = "950375 08 8102";
    for (const usages of ["058c19fb29fd", "0bfb008c000bfc008c000bfd008c00", "19fb29fd058c"]) {
      const { fields } = parseReportDescriptor(hex(usages + tail));
      expect(fields.map(({ usagePage, usage }) => [usagePage, usage])).toEqual([
        [0x8c, 0xfb],
        [0x8c, 0xfc],
        [0x8c, 0xfd],
      ]);
    }
  });

  it("push and pop give back the page, the size and the count", () => {
    const pushed = hex("058c7508950109fb8102a40501751095020930 8102b409fc8102");
    expect(parseReportDescriptor(pushed).fields).toMatchObject([
      { usagePage: 0x8c, usage: 0xfb, bitOffset: 0, bitSize: 8 },
      { usagePage: 0x01, usage: 0x30, bitOffset: 8, bitSize: 16, count: 2 },
      { usagePage: 0x8c, usage: 0xfc, bitOffset: 40, bitSize: 8 },
    ]);
  });
});

describe("reports become codes", () => {
  // As python_hon_usbhid's README shows it from a Voyager 1602g: 02, 38h, "]X0", 56 bytes, 3Fh, 00, 01.
  const text = "Product Name: Voyager 1602g\r\nBoot Revision: CB000170BBA\r\nSerial No: 1";
  const voyager = [
    pad(64, [2, 0x38, ...ascii(`]X0${text.slice(0, 56)}`)], { 61: 0x3f, 63: 1 }),
    pad(64, [2, text.length - 56, ...ascii(`]X0${text.slice(56)}`)], { 61: 0x3f }),
  ];

  it("what a real Voyager sent comes together again", () => {
    expect(codesIn(voyager, layoutsOf("honeywell-64"))).toEqual([`]X0 ${text}`]);
    expect(codesIn(voyager, [])).toEqual([`]X0 ${text}`]);
  });

  it.each(hidLayoutNames)(
    "%s: short, long and separated codes, with and without descriptor",
    (name) => {
      const long = Array.from({ length: 300 }, (_, i) => String.fromCharCode(33 + (i % 90))).join(
        "",
      );
      for (const [code, symbology] of [
        ["4006381333931", "]E0"],
        ["0000000000017", "]E0"],
        ["01095060001343523103000725\u001d10ABC", "]C1"],
        [long, "]Q1"],
        [long.slice(0, 56), "]Q1"],
        [long.slice(0, 112), "]Q1"],
        ["חלב 3%", "]Q1"],
      ] as const) {
        const reports = reportsOf(name, code, symbology);
        expect(codesIn(reports, layoutsOf(name))).toEqual([`${symbology} ${code}`]);
        expect(codesIn(reports, [])).toEqual([`${symbology} ${code}`]);
      }
    },
  );

  it("Latin-1 where it is not UTF-8, no line end, no identifier", () => {
    const layouts = layoutsOf("counted-62");
    expect(codesIn([pad(62, [2, 4, 0, 0, 0, 0x4d, 0xfc, 0x0d, 0x0a])], layouts)).toEqual(["? Mü"]);
    expect(codesIn([pad(62, [2, 4, 0, 0, 0, 0x4d, 0xfc, 0x0d, 0x0a])], [])).toEqual(["? Mü"]);
  });

  it("a scanner's own messages and empty reports are no codes", () => {
    const layouts = layoutsOf("honeywell-64");
    const messages = [...reportsOf("honeywell-64", "ACK", "]Z6"), pad(64, [2, 0, ...ascii("]E0")])];
    expect(codesIn(messages, layouts)).toEqual([]);
  });

  it("a count beyond the report, another report's id, a stump: unreadable", () => {
    const layouts = layoutsOf("honeywell-64");
    expect(readReport(pad(64, [2, 57, ...ascii("]E0123")]), layouts)).toBeNull();
    expect(readReport(pad(64, [3, 3, ...ascii("]E0123")]), layouts)).toBeNull();
    expect(readReport(pad(4, [2, 3, 0x5d, 0x45]), layouts)).toBeNull();
    expect(guessLayout(pad(64, [1, 2, 3]))).toBeNull();
    expect(guessLayout(new Uint8Array(0))).toBeNull();
  });

  it("half a code is never a scan: the rest came too late, or another code came", () => {
    const [first, second] = voyager.map((report) => readReport(report, layoutsOf("honeywell-64")));
    const [other] = reportsOf("honeywell-64", "96385074", "]E4");
    const next = readReport(other ?? new Uint8Array(), layoutsOf("honeywell-64"));
    if (!first || !second || !next) throw new Error("the reports are readable");
    const begun = assemble(nothingAssembled, first, 0).assembly;
    expect(assemble(begun, second, 1_001)).toMatchObject({
      dropped: "unfinished",
      code: { text: text.slice(56) },
    });
    expect(assemble(begun, next, 5)).toMatchObject({
      dropped: "unfinished",
      code: { text: "96385074", symbology: "]E4" },
    });
  });

  it("a code without end is given up, not kept for ever", () => {
    const piece = { bytes: new Uint8Array(56).fill(0x41), symbology: "]Q1", continued: true };
    let assembly: Assembly = nothingAssembled;
    const dropped = Array.from({ length: 80 }, (_, i) => {
      const step = assemble(assembly, piece, i);
      assembly = step.assembly;
      return step.dropped;
    });
    expect(dropped.indexOf("too-long")).toBe(73);
  });
});

describe("garbage", () => {
  it("descriptors and reports of chance never throw and make no empty code, seed 7", () => {
    const chance = chanceFrom(7);
    const bytes = (length: number) => Uint8Array.from({ length }, () => chance.below(256));
    for (let run = 0; run < 20_000; run++) {
      const name = chance.pick(hidLayoutNames);
      const descriptor = descriptorOf(name);
      for (let i = chance.below(4); i > 0; i--) {
        descriptor[chance.below(descriptor.length)] = chance.below(256);
      }
      const layouts = barcodeLayouts(chance.below(3) === 0 ? bytes(40) : descriptor);
      let assembly: Assembly = nothingAssembled;
      for (let i = 0; i < 3; i++) {
        const piece = readReport(bytes(chance.pick([0, 1, 5, 61, 62, 64, 65])), layouts);
        const step = piece && assemble(assembly, piece, i);
        assembly = step?.assembly ?? assembly;
        if (step?.code?.text === "") throw new Error(`run ${run}: an empty code`);
      }
    }
  });
});

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function pad(length: number, bytes: readonly number[], more: Record<number, number> = {}) {
  const report = new Uint8Array(length);
  report.set(bytes);
  for (const [at, byte] of Object.entries(more)) report[Number(at)] = byte;
  return report;
}
