import { expect, it } from "vitest";
import { bytesOfHex, uuidBytes, uuidText } from "./bytes.ts";

it("reads hexadecimal as the machine does, hyphens left out", () => {
  const text = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  expect(bytesOfHex(text, 256)).toEqual(Buffer.from(text, "hex"));
  expect(bytesOfHex(text.toUpperCase(), 256)).toEqual(Buffer.from(text, "hex"));
  const uuid = "01900000-0000-7abc-8def-0123456789ff";
  expect(uuidText(uuidBytes(uuid))).toBe(uuid);
});

it.each(["", "01", "0190000000007000800000000000000", "zz900000-0000-7000-8000-000000000000"])(
  "takes %j for no UUID",
  (text) => {
    expect(() => uuidBytes(text)).toThrow("not hexadecimal");
  },
);

it("takes more than was asked for as no UUID", () => {
  expect(() => uuidBytes("01900000-0000-7000-8000-00000000000000")).toThrow("not hexadecimal");
});
