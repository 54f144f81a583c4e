import { describe, expect, it } from "vitest";
import { createRealTimeScanner } from "./real-time.ts";

describe("real-time commands", () => {
  const stream = [
    0x41, 0x10, 0x04, 0x02, 0x10, 0x14, 0x01, 0x00, 0x02, 0x10, 0x14, 0x08, 1, 3, 20, 1, 6, 2, 8,
  ];
  const commands = [{ kind: "status", n: 2 }, { kind: "pulse", pin: 0 }, { kind: "clear" }];

  it("are found wherever the network cuts them", () => {
    for (let at = 0; at <= stream.length; at++) {
      const scan = createRealTimeScanner();
      const found = [
        ...scan(Uint8Array.from(stream.slice(0, at))),
        ...scan(Uint8Array.from(stream.slice(at))),
      ];
      expect(found).toEqual(commands);
    }
  });

  it("are found one byte at a time", () => {
    const scan = createRealTimeScanner();
    expect(stream.flatMap((byte) => scan(Uint8Array.of(byte)))).toEqual(commands);
  });

  it.each([
    [[0x10, 0x04, 0x09]],
    [[0x10, 0x14, 0x01, 0x02, 0x01]],
    [[0x10, 0x14, 0x01, 0x00, 0x00]],
    [[0x10, 0x10, 0x05]],
  ])("are not made of bytes that only begin like one: %j", (bytes) => {
    expect(createRealTimeScanner()(Uint8Array.from(bytes))).toEqual([]);
  });
});
