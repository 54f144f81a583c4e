import { describe, expect, it } from "vitest";
import type { KeyPress } from "./key-press.ts";
import { chanceFrom } from "./seeded-chance.ts";
import { bluetoothWedge, usbWedge, type WedgeConfig } from "./wedge.ts";
import { rehearse, untouched } from "./wedge-rehearsal.ts";
import { typeText } from "./wedge-typist.ts";

describe("people and machines, by chance", () => {
  const words =
    "milk bread 1,5% tomatoes chocolate 4711 Muesli yoghurt strawberries 12 cheese".split(" ");

  /** Pauses of a typist: mostly about the mean, now and then two keys rolled together. */
  function pausesOf(chance: ReturnType<typeof chanceFrom>, meanMs: number) {
    return () =>
      chance.below(8) === 0
        ? chance.between(15, 60)
        : chance.between(Math.floor(meanMs / 2), Math.floor(meanMs * 1.5));
  }

  it.each([
    ["cable", 75, 1],
    ["cable", 120, 2],
    ["cable", 200, 3],
    ["Bluetooth", 75, 4],
    ["Bluetooth", 120, 5],
    ["Bluetooth", 200, 6],
  ])("%s: a typist of %i ms a key makes no scan and loses nothing, seed %i", (kind, mean, seed) => {
    const config = kind === "cable" ? usbWedge : bluetoothWedge;
    const chance = chanceFrom(seed);
    let slowestMs = 0;
    for (let run = 0; run < 1_500; run++) {
      const text = `${chance.pick(words)} ${chance.pick(words)}`;
      const after = chance.below(2) === 0 ? ["Enter"] : [];
      const gapMs = pausesOf(chance, mean);
      const till = rehearse(typeText(text, { startMs: 0, gapMs, after }), config);
      expect(till).toMatchObject({ scans: [], field: text, unread: [] });
      slowestMs = Math.max(slowestMs, till.slowestMs);
    }
    // What is held is the rare run of rolled keys; at a Bluetooth scanner's pace, some words.
    expect(slowestMs).toBeLessThanOrEqual(kind === "cable" ? 600 : 2_000);
  });

  it("a scanner of any make is read whole, seed 5", () => {
    const chance = chanceFrom(5);
    const alphabet = Array.from("0123456789012345678901234567890123456789-ABCxyz/+. $%");
    for (let run = 0; run < 3_000; run++) {
      const bluetooth = chance.below(3) === 0;
      const mean = chance.between(1, bluetooth ? 25 : 40);
      const gapMs = () => (bluetooth && chance.below(12) === 0 ? 140 : chance.between(0, mean));
      const length = chance.between(8, 30);
      const code = Array.from({ length }, () => chance.pick(alphabet)).join("");
      const suffix = chance.pick([["Enter"], ["Tab"], ["Enter", "Enter"]]);
      const presses = typeText(code, { startMs: 0, gapMs, after: suffix });
      const till = rehearse(presses, bluetooth ? bluetoothWedge : usbWedge);
      expect(till).toEqual({ ...untouched, scans: [code] });
    }
  });

  it("garbage never throws, never makes a code under the minimum, loses no key, seed 6", () => {
    const chance = chanceFrom(6);
    const codes = [
      "KeyA",
      "Digit1",
      "Digit7",
      "Enter",
      "Tab",
      "F8",
      "F9",
      "Numpad0",
      "AltLeft",
      "",
    ];
    const keys = ["a", "1", "7", "Enter", "Tab", "F8", "Dead", "Process", "é", "Unidentified", ""];
    const times = [0, 1, 5, 30, 59, 60, 61, 200, 2_000, -50, Number.NaN];
    const configs: WedgeConfig[] = [
      usbWedge,
      bluetoothWedge,
      { ...usbWedge, prefix: { code: "F9" } },
      { ...usbWedge, suffix: "none", reading: "layout" },
    ];
    const flag = () => chance.below(12) === 0;
    for (let run = 0; run < 1_500; run++) {
      const config = chance.pick(configs);
      let atMs = 1_000;
      const presses = Array.from({ length: chance.between(1, 60) }, () => {
        atMs += chance.pick(times);
        const press = { ...at(chance.pick(codes), chance.pick(keys), atMs), repeat: flag() };
        return {
          ...press,
          ctrl: flag(),
          alt: flag(),
          shift: flag(),
          altGraph: flag(),
          ime: flag(),
        };
      });
      const till = rehearse(presses, config);
      const short = till.scans.filter((code) => code.length < config.minLength);
      expect(short).toEqual([]);
    }
  });
});

function at(code: string, key: string, atMs: number): KeyPress {
  const up = { shift: false, ctrl: false, alt: false, altGraph: false, meta: false };
  return { code, key, ...up, repeat: false, ime: false, atMs };
}
