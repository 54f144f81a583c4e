import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandsOf, nextCommand } from "./decode.ts";
import { paperOf, plainTextOf } from "./plain-text.ts";

/**
 * Byte streams that others made: escpos-tools' and escpos-php's, MIT. The folder is not in the
 * repository; a small one written by hand is.
 */
const folder = process.env["EVERTILL_DATA"] && join(process.env["EVERTILL_DATA"], "escpos");
const manifest =
  folder && existsSync(join(folder, "manifest.json"))
    ? (JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
        file: string;
        sha256: string;
      }[])
    : [];
const streams = manifest.filter(
  ({ file }) => folder && file.endsWith(".bin") && existsSync(join(folder, file)),
);

function streamOf(file: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder ?? "", file)));
}

/** A receipt as a TM-T88V driver writes it, byte for byte by hand from Epson's reference. */
const sample = Uint8Array.from(
  Buffer.from(
    [
      "1b40", // ESC @
      "1b6101 1d2111 4361666582 1d2100 0a", // centre, double, "Cafeé" in CP437
      "1b6100 1b4501 546f74616c 1b4500 0a", // left, bold "Total"
      "1b7413 d5 31 0a", // CP858 euro, 1
      "1d6850 1d7702 1d4802 1d6b430d 34303036333831333333393331", // EAN-13, function B
      "1d286b0300314306 1d286b0600315030616263 1d286b0300315130", // QR "abc"
      "1d76300001000200 80 01", // 8×2 dots
      "1b6402 1d564200 1b700019fa", // feed 2, cut, drawer
    ]
      .join("")
      .replaceAll(" ", ""),
    "hex",
  ),
);

describe("ESC/POS decoder", () => {
  it("reads a receipt written by hand", () => {
    expect(plainTextOf(paperOf(sample, 576))).toEqual([
      "                   Cafeé",
      "Total",
      "€1",
      "[ean13 4006381333931]",
      "[qr abc]",
      "[picture 8×2]",
      "",
      "",
      "",
    ]);
  });

  it("reads the same commands however the network cuts the bytes", () => {
    const whole = commandsOf(sample).commands;
    for (let at = 1; at < sample.length; at++) {
      const first = commandsOf(sample.slice(0, at));
      const rest = commandsOf(Uint8Array.from([...first.rest, ...sample.subarray(at)]));
      const joined = [...first.commands, ...rest.commands].filter(({ op }) => op !== "text");
      expect(joined).toEqual(whole.filter(({ op }) => op !== "text"));
      expect(rest.rest).toHaveLength(0);
    }
  });

  it("never fails and always moves on, whatever the bytes are (seeds 1 to 200)", () => {
    for (let seed = 1; seed <= 200; seed++) {
      let state = seed;
      const bytes = Uint8Array.from({ length: 400 }, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return state >>> 24;
      });
      let at = 0;
      for (;;) {
        const cut = nextCommand(bytes, at);
        if (cut === null) break;
        expect(cut.length).toBeGreaterThan(0);
        at += cut.length;
      }
      expect(() => plainTextOf(paperOf(bytes, 576))).not.toThrow();
    }
  });

  it.skipIf(streams.length === 0)("reads every public stream to its last byte", () => {
    for (const { file, sha256 } of streams) {
      const bytes = streamOf(file);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
      const { commands, rest } = commandsOf(bytes);
      const unknown = commands.filter(({ op }) => op === "?");
      expect({ file, rest: rest.length, unknown }).toEqual({ file, rest: 0, unknown: [] });
    }
  });

  it.skipIf(streams.length === 0)("finds the words, codes and pictures that are in them", () => {
    const words: Record<string, readonly string[]> = {
      "receipt-with-logo.bin": [
        "[picture 304×236]",
        "Example item #1                             4.00",
        "Subtotal                                   12.95",
        "      Monday 6th of April 2015 02:56:25 PM",
      ],
      "php-qr-code.bin": ["[qr Testing 123]"],
      "php-barcode.bin": ["[code39 ABC]", "[upca 012345678901]", "[codabar A012345A]"],
      "php-demo.bin": ["[picture 608×472]", "[qr Testing 123]"],
      "php-pdf417-code.bin": ["[pdf417 Testing 123]"],
    };
    for (const { file } of streams) {
      const lines = plainTextOf(paperOf(streamOf(file), 576));
      for (const word of words[file] ?? []) expect(lines).toContain(word);
    }
  });
});
