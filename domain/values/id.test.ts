import { expect, it } from "vitest";
import { uuidv7 } from "./id.ts";

it("puts 48 bits of time, version and variant where RFC 9562 §5.7 has them", () => {
  const random = { bytes: () => new Uint8Array(16).fill(0xff) };
  const at = (nowMs: number) => uuidv7({ now: () => nowMs }, random);
  // The RFC's own example, appendix A.6, is of this millisecond.
  expect(at(0x017f22e279b0)).toBe("017f22e2-79b0-7fff-bfff-ffffffffffff");
  expect(at(0)).toBe("00000000-0000-7fff-bfff-ffffffffffff");
  expect(at(2 ** 48 - 1)).toBe("ffffffff-ffff-7fff-bfff-ffffffffffff");
});

it("takes its chance from every bit that the version and the variant leave", () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, i) => i * 0x11);
  expect(uuidv7({ now: () => 1 }, { bytes: () => bytes })).toBe(
    "00000000-0001-7677-8899-aabbccddeeff",
  );
});
