import type { KeyChord } from "./key-press.ts";

/** How a store's keyboard scanners type. Times in milliseconds between keys going down. */
export interface WedgeConfig {
  /** The longest pause inside a code. */
  readonly maxGapMs: number;
  /** The most that half of a code's pauses may be: hiccups do not count, a slow hand does. */
  readonly maxMedianMs: number;
  /** The same for codes that are not all digits: people search for words, nobody types a GTIN fast. */
  readonly maxWordMedianMs: number;
  /** The mean pause of what only a machine can type; short codes must keep to it. */
  readonly machineMeanMs: number;
  /** The longest a whole code may take. */
  readonly maxTotalMs: number;
  readonly minLength: number;
  readonly maxLength: number;
  /** What the scanner sends after the code. "none": silence ends it. */
  readonly suffix: "enter" | "tab" | "enter-or-tab" | "none";
  /** What it sends before the code. With it nothing is guessed and typing is never held. */
  readonly prefix: KeyChord | null;
  /** Keys that mean the group separator, besides Alt+0029. Those without Ctrl only inside a code. */
  readonly groupSeparatorKeys: readonly KeyChord[];
  /**
   * Which reading of a key counts: its place on a US keyboard, the till's layout (for scanners set
   * to the same layout), or "auto": the place, unless only the layout's reading is all digits.
   */
  readonly reading: "auto" | "physical" | "layout";
  /**
   * Nobody does two different things within this time: an Enter so soon after typing is replayed,
   * never passed; a line end so soon after a scan is part of it; a burst so soon after typing is not
   * a scan; and so much silence ends a code that came without a suffix.
   */
  readonly quietMs: number;
}

/** A scanner on a cable or its own dongle. */
export const usbWedge: WedgeConfig = {
  maxGapMs: 60,
  maxMedianMs: 60,
  maxWordMedianMs: 45,
  machineMeanMs: 30,
  maxTotalMs: 1_500,
  minLength: 4,
  maxLength: 256,
  suffix: "enter-or-tab",
  prefix: null,
  groupSeparatorKeys: [{ code: "BracketRight", ctrl: true }, { code: "F8" }],
  reading: "auto",
  quietMs: 250,
};

/** A Bluetooth keyboard profile: as fast on average, with hiccups. */
export const bluetoothWedge: WedgeConfig = {
  ...usbWedge,
  maxGapMs: 150,
  maxMedianMs: 35,
  maxWordMedianMs: 35,
  maxTotalMs: 3_000,
};
