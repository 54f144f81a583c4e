import { describe, expect, it } from "vitest";
import { conditionOf, silentStatus } from "./port.ts";
import { createAnswerReader, heardAutomatically, heardInRealTime, processId } from "./status.ts";

const healthy = { error: false, online: true, cover: "closed", paper: "ok" };

describe("what an Epson says", () => {
  it.each([
    ["nothing special", [0x10, 0, 0, 0], { ...healthy, drawerPin: "low" }],
    ["the drawer's pin is high", [0x14, 0, 0, 0], { ...healthy, drawerPin: "high" }],
    ["paper near its end", [0x10, 0, 0x03, 0], { ...healthy, drawerPin: "low", paper: "near-end" }],
    [
      "paper out",
      [0x18, 0, 0x0f, 0],
      { ...healthy, drawerPin: "low", paper: "out", online: false },
    ],
    ["cover open", [0x38, 0, 0, 0], { ...healthy, drawerPin: "low", cover: "open", online: false }],
    [
      "cutter jammed",
      [0x18, 0x08, 0, 0],
      { ...healthy, drawerPin: "low", error: true, online: false },
    ],
  ] as const)("by itself: %s", (_, bytes, heard) => {
    expect(heardAutomatically(bytes)).toEqual(heard);
  });

  it.each([
    [1, 0x12, { drawerPin: "low", online: true }],
    [1, 0x16, { drawerPin: "high", online: true }],
    [1, 0x1a, { drawerPin: "low", online: false }],
    [2, 0x12, { cover: "closed" }],
    [2, 0x16, { cover: "open" }],
    [3, 0x12, { error: false }],
    [3, 0x1a, { error: true }],
    [4, 0x12, { paper: "ok" }],
    [4, 0x1e, { paper: "near-end" }],
    [4, 0x7e, { paper: "out" }],
  ] as const)("asked with DLE EOT %i: %i", (n, byte, heard) => {
    expect(heardInRealTime(n, byte)).toEqual(heard);
  });

  it("is told apart by its fixed bits, wherever the network cuts it", () => {
    const stream = [0x16, 0x14, 0, 0, 0, 0x12, 0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0, 0x03, 0x12];
    const kinds = [
      "real-time",
      "automatic",
      "real-time",
      "process-id",
      "paper-sensor",
      "real-time",
    ];
    for (let at = 0; at <= stream.length; at++) {
      const read = createAnswerReader();
      const answers = [
        ...read(Uint8Array.from(stream.slice(0, at))),
        ...read(Uint8Array.from(stream.slice(at))),
      ];
      expect(answers.map(({ kind }) => kind)).toEqual(kinds);
      expect(answers[3]).toEqual({ kind: "process-id", id: "ABCD" });
    }
  });

  it("names what stops the printer before what only warns", () => {
    const on = { ...silentStatus, connection: "connected" } as const;
    expect(conditionOf(on)).toBe("ready");
    expect(conditionOf({ ...on, paper: "near-end" })).toBe("paper-near-end");
    expect(conditionOf({ ...on, paper: "out", online: false })).toBe("paper-out");
    expect(conditionOf({ ...on, cover: "open", paper: "near-end" })).toBe("cover-open");
    expect(conditionOf(silentStatus)).toBe("connecting");
  });

  it("answers with an id that is the job's own and printable", () => {
    const ids = Array.from({ length: 500 }, (_, i) => processId(`0192-${i}`));
    expect(new Set(ids).size).toBe(500);
    expect(ids.every((id) => /^[0-o]{4}$/.test(id))).toBe(true);
    expect(processId("0192-1")).toBe(ids[1]);
  });
});
