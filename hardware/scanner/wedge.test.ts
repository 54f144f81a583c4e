import { describe, expect, it } from "vitest";
import type { KeyPress } from "./key-press.ts";
import { usCharacter, usKeyOf } from "./us-keyboard.ts";
import { bluetoothWedge, foldWedge, usbWedge, type WedgeConfig, wedgeAtRest } from "./wedge.ts";
import { rehearse, untouched } from "./wedge-rehearsal.ts";
import { typeText } from "./wedge-typist.ts";

const scanner = (gapMs: number, after: readonly string[] = ["Enter"]) => ({
  startMs: 1_000,
  gapMs: () => gapMs,
  after,
});
const gs = "\u001d";

describe("[W1] keys are read by their place", () => {
  const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i));

  it.each(printable)("scanner character %j comes through on its own and in a code", (character) => {
    const place = usKeyOf(character);
    expect(place && usCharacter(place.code, place.shift)).toBe(character);
    const code = `A${character}7${character}b01`;
    expect(rehearse(typeText(code, scanner(8)))).toEqual({ ...untouched, scans: [code] });
  });

  const layouts: Record<string, (code: string, shift: boolean) => string> = {
    French: (code, shift) => {
      const row = shift ? "1234567890" : "&é\"'(-è_çà";
      const digit = /^Digit(\d)$/.exec(code)?.[1];
      if (digit !== undefined) return row.charAt((Number(digit) + 9) % 10);
      const swapped: Record<string, string> = { KeyA: "q", KeyQ: "a", KeyW: "z", KeyM: "," };
      return swapped[code] ?? usCharacter(code, shift) ?? "";
    },
    Hebrew: (code, shift) => (code.startsWith("Key") ? "ש" : (usCharacter(code, shift) ?? "")),
    Russian: (code, shift) => (code.startsWith("Key") ? "Ф" : (usCharacter(code, shift) ?? "")),
    German: (code, shift) => {
      const german: Record<string, string> = { KeyY: "z", KeyZ: "y", Minus: "ß", Slash: "-" };
      return german[code] ?? usCharacter(code, shift) ?? "";
    },
  };

  it.each(Object.entries(layouts))("%s layout, scanner set to US", (_, layout) => {
    for (const code of ["4006381333931", "0000000000017", "EVR-2-004711", "QAZ-wm/Y"]) {
      const till = rehearse(typeText(code, { ...scanner(5), layout }));
      expect(till).toEqual({ ...untouched, scans: [code] });
    }
  });

  it("French layout, scanner set to French too: its digits are shifted, and still digits", () => {
    const presses = Array.from("4006381333931", (digit, i) => ({
      ...at(`Digit${digit}`, digit, 1_000 + i * 5),
      shift: true,
    }));
    const till = rehearse([...presses, at("Enter", "Enter", 1_065)]);
    expect(till.scans).toEqual(["4006381333931"]);
  });

  it("letters of a scanner set to the till's own layout, when that is configured", () => {
    const presses = typeText("QAZ-1234", { ...scanner(5), layout: layouts["French"] });
    const byLayout = rehearse(presses, { ...usbWedge, reading: "layout" });
    expect(byLayout.scans).toEqual(["aqZ-&é\"'"]);
  });

  it("Caps Lock changes nothing, the numpad is digits, without NumLock it is arrows", () => {
    const capital = Array.from("evc-pay", (letter, i) => {
      const place = usKeyOf(letter);
      return at(place?.code ?? "", letter.toUpperCase(), 1_000 + i * 4);
    });
    expect(rehearse([...capital, at("Enter", "Enter", 1_030)]).scans).toEqual(["evc-pay"]);
    const numpad = (key: (digit: string) => string) =>
      Array.from("4006381", (digit, i) => at(`Numpad${digit}`, key(digit), 1_000 + i * 4));
    const ended = [...numpad((digit) => digit), at("NumpadEnter", "Enter", 1_030)];
    expect(rehearse(ended).scans).toEqual(["4006381"]);
    expect(rehearse(numpad(() => "ArrowLeft"))).toMatchObject({ scans: [], field: "" });
  });
});

describe("[W2] a burst is a scan by its speed, length and end", () => {
  it.each([
    ["the fastest USB scanner", 0, usbWedge],
    ["Honeywell as delivered", 1, usbWedge],
    ["a 10 ms keyboard poll", 20, usbWedge],
    ["the slowest a cable may be", 59, usbWedge],
  ])("%s: %i ms a key", (_, gapMs, config) => {
    expect(rehearse(typeText("4006381333931", scanner(gapMs)), config)).toEqual({
      ...untouched,
      scans: ["4006381333931"],
    });
  });

  it("Bluetooth: quick on average, with hiccups of 150 ms", () => {
    const hiccups = { ...scanner(0), gapMs: (i: number) => (i % 5 === 4 ? 150 : 12) };
    const presses = typeText("4006381333931", hiccups);
    expect(rehearse(presses, bluetoothWedge).scans).toEqual(["4006381333931"]);
    expect(rehearse(presses, usbWedge).scans).toEqual([]);
  });

  it.each(["Tab", "Enter", "NumpadEnter"])("%s ends a code", (suffix) => {
    expect(rehearse(typeText("12345670", scanner(5, [suffix]))).scans).toEqual(["12345670"]);
  });

  it("silence ends a long fast code, and any code when no suffix is configured", () => {
    const none: WedgeConfig = { ...usbWedge, suffix: "none" };
    expect(rehearse(typeText("4006381333931", scanner(5, []))).scans).toEqual(["4006381333931"]);
    expect(rehearse(typeText("4711", scanner(5, []))).scans).toEqual([]);
    expect(rehearse(typeText("4711", scanner(5, [])), none).scans).toEqual(["4711"]);
    expect(rehearse(typeText("4006381333931", scanner(50, [])), none).scans).toEqual([
      "4006381333931",
    ]);
  });

  it("nothing shorter than the minimum is a scan", () => {
    expect(rehearse(typeText("123", scanner(2)))).toMatchObject({ scans: [], field: "123" });
    expect(rehearse(typeText("1234", scanner(2))).scans).toEqual(["1234"]);
  });

  it("short codes need a machine's speed, our own barcodes only a scanner's", () => {
    expect(rehearse(typeText("1234567", scanner(45)))).toMatchObject({
      scans: [],
      field: "1234567",
    });
    expect(rehearse(typeText("EVC-0", scanner(45))).scans).toEqual(["EVC-0"]);
  });

  it("a scan right behind a function key, an arrow or a person's Enter is one all the same", () => {
    for (const key of ["F2", "ArrowDown", "Enter", "Delete"]) {
      const till = rehearse([at(key, key, 990), ...typeText("96385074", scanner(4))]);
      expect(till).toMatchObject({ scans: ["96385074"], field: "", keys: [key] });
    }
  });

  it("two scans in a row are two scans", () => {
    const first = typeText("4006381333931", scanner(4));
    const second = typeText("96385074", { ...scanner(4), startMs: 1_200 });
    expect(rehearse([...first, ...second])).toEqual({
      ...untouched,
      scans: ["4006381333931", "96385074"],
    });
  });
});

describe("[W3] what a person types arrives", () => {
  it("every key, in order; a single one no later than the gap", () => {
    const typing = { startMs: 0, gapMs: () => 140 };
    const till = rehearse(typeText("Bio Milk 1,5%", typing));
    expect(till).toMatchObject({ field: "Bio Milk 1,5%", scans: [], slowestMs: 60 });
    const held = foldWedge(wedgeAtRest, { kind: "key", press: at("KeyA", "a", 1_000) }, usbWedge);
    expect(held.effects).toEqual([{ kind: "pending", untilMs: 1_060 }]);
    const early = foldWedge(held.state, { kind: "tick", atMs: 1_059 }, usbWedge);
    expect(early.effects).toEqual([{ kind: "pending", untilMs: 1_060 }]);
    const due = foldWedge(held.state, { kind: "tick", atMs: 1_060 }, usbWedge);
    expect(due.effects).toEqual([{ kind: "pending", untilMs: 1_060 }]);
    const replayed = foldWedge(due.state, { kind: "tick", atMs: 1_061 }, usbWedge);
    expect(replayed.effects).toMatchObject([{ kind: "replay", keys: [{ key: "a" }] }]);
  });

  it("arrows, deleting and shortcuts pass at once, after what was typed before them", () => {
    const keys = [
      at("KeyA", "a", 0),
      at("ArrowLeft", "ArrowLeft", 20),
      at("KeyB", "b", 40),
      at("Backspace", "Backspace", 55),
      { ...at("KeyC", "c", 300), ctrl: true },
      at("F8", "F8", 600),
    ];
    expect(rehearse(keys).keys).toEqual(["a", "ArrowLeft", "b", "Backspace", "c", "F8"]);
  });

  it("a key held down repeats into the field and is never a code", () => {
    const repeats = Array.from({ length: 60 }, (_, i) => ({
      ...at("Digit0", "0", 1_000 + i * 30),
      repeat: i > 0,
    }));
    const till = rehearse([...repeats, at("Enter", "Enter", 2_800)]);
    expect(till).toMatchObject({ scans: [], field: "0".repeat(60), clicks: 0 });
  });

  it("on their own layout, dead keys and input methods included", () => {
    const keys = [
      { ...at("KeyQ", "@", 0), altGraph: true, ctrl: true, alt: true },
      at("BracketLeft", "Dead", 150),
      at("KeyE", "ê", 300),
      { ...at("KeyK", "Process", 450), ime: true },
    ];
    expect(rehearse(keys).keys).toEqual(["@", "Dead", "ê", "Process"]);
  });
});

describe("[W4] nothing of a scan reaches a field or a button", () => {
  it.each([
    ["Enter", ["Enter"]],
    ["Enter twice", ["Enter", "Enter"]],
    ["Tab and Enter", ["Tab", "Enter"]],
  ])("%s", (_, after) => {
    expect(rehearse(typeText("4006381333931", scanner(9, after)))).toEqual({
      ...untouched,
      scans: ["4006381333931"],
    });
  });

  it("carriage return and line feed as Ctrl+M, Ctrl+J", () => {
    const code = typeText("4006381333931", scanner(4));
    const lineFeed = { ...at("KeyJ", "j", 1_060), ctrl: true };
    expect(rehearse([...code, lineFeed])).toEqual({ ...untouched, scans: ["4006381333931"] });
  });

  it("an Enter later than that is a person's again", () => {
    const code = typeText("4006381333931", scanner(4));
    expect(rehearse([...code, at("Enter", "Enter", 1_500)]).clicks).toBe(1);
  });

  it("an input method that let the digits through gives them back", () => {
    const presses = typeText("4006381333931", scanner(5)).map((press) => ({
      ...press,
      ime: press.code.startsWith("Digit"),
    }));
    expect(rehearse(presses)).toEqual({ ...untouched, scans: ["4006381333931"] });
  });
});

describe("[W5] an Enter close behind typing cannot press a button", () => {
  it("behind a scanner too slow for the settings", () => {
    const till = rehearse(typeText("4006381333931", scanner(90)));
    expect(till).toMatchObject({ scans: [], field: "4006381333931", clicks: 0 });
    expect(till.keys.at(-1)).toBe("Enter");
  });

  it("an Enter by itself passes", () => {
    expect(rehearse([at("Enter", "Enter", 0)]).clicks).toBe(1);
    const typed = typeText("12", { startMs: 0, gapMs: () => 120 });
    expect(rehearse([...typed, at("Enter", "Enter", 120 + 251)]).clicks).toBe(1);
  });
});

describe("[W6] the group separator survives", () => {
  const message = `0109506000134352310300072510ABC${gs}3922995`;

  it.each(["ctrl-]", "alt-0029", "f8"] as const)("typed as %s", (separator) => {
    const presses = typeText(message, { ...scanner(6), separator });
    expect(rehearse(presses)).toEqual({ ...untouched, scans: [message] });
  });

  it("in front of the code, where Ctrl+] sends the first FNC1", () => {
    const presses = typeText(`${gs}0109506000134352`, scanner(6));
    expect(rehearse(presses).scans).toEqual([`${gs}0109506000134352`]);
  });

  it("a scanner that writes every character as an Alt code, on any layout", () => {
    const presses = typeText(`${message}-aZ~`, {
      ...scanner(3),
      altCodes: true,
      separator: "alt-0029",
    });
    expect(rehearse(presses).scans).toEqual([`${message}-aZ~`]);
  });

  it("the other control characters of a 2D label's envelope", () => {
    const envelope = [
      ...typeText("[)>", scanner(5, [])),
      { ...at("Digit6", "^", 1_015), ctrl: true, shift: true },
      ...typeText("06", { ...scanner(5, []), startMs: 1_020 }),
      { ...at("BracketRight", "]", 1_030), ctrl: true },
      ...typeText("9N111234567842", { ...scanner(5, []), startMs: 1_035 }),
      { ...at("KeyD", "d", 1_110), ctrl: true },
      at("Enter", "Enter", 1_115),
    ];
    expect(rehearse(envelope).scans).toEqual(["[)>\u001e06\u001d9N111234567842\u0004"]);
  });
});

describe("[W7] with a prefix nothing is guessed", () => {
  const config: WedgeConfig = { ...usbWedge, prefix: { code: "F9" } };
  const slow = { startMs: 0, gapMs: () => 200, before: ["F9"], after: ["Enter"] };

  it("a code between prefix and suffix is a scan at any speed the gap allows", () => {
    const till = rehearse(typeText("4711", slow), config);
    expect(till).toEqual({ ...untouched, scans: ["4711"] });
  });

  it("without it keys pass untouched and at once, however fast", () => {
    const till = rehearse(typeText("4006381333931", scanner(3)), config);
    expect(till).toMatchObject({ scans: [], field: "4006381333931", clicks: 0 });
    const press = at("KeyA", "a", 0);
    expect(foldWedge(wedgeAtRest, { kind: "key", press }, config)).toMatchObject({
      disposition: "pass",
      effects: [],
    });
  });

  it("STX, as scanners type it", () => {
    const stx: WedgeConfig = { ...usbWedge, prefix: { code: "KeyB", ctrl: true } };
    const presses = [
      { ...at("KeyB", "b", 0), ctrl: true },
      ...typeText("AB-1", { startMs: 30, gapMs: () => 30, after: ["Enter"] }),
    ];
    expect(rehearse(presses, stx)).toEqual({ ...untouched, scans: ["AB-1"] });
  });

  it("a code that never ends is told, and its keys arrive", () => {
    const till = rehearse(typeText("4711", { ...slow, after: [] }), config);
    expect(till).toMatchObject({ scans: [], field: "4711", unread: ["unfinished: 4711"] });
    const silent: WedgeConfig = { ...config, suffix: "none" };
    expect(rehearse(typeText("4711", { ...slow, after: [] }), silent).scans).toEqual(["4711"]);
  });

  it("a person's prefix key and slow typing arrive as well", () => {
    const till = rehearse(typeText("ab", { startMs: 0, gapMs: () => 400, before: ["F9"] }), config);
    expect(till).toMatchObject({ scans: [], keys: ["F9", "a", "b"], unread: [] });
  });
});

describe("[W8] never half a scan", () => {
  it("a busy screen: the timer comes before the keys that were typed in time", () => {
    const presses = typeText("4006381333931", scanner(8));
    for (const press of presses.slice(1)) {
      const till = rehearse(presses, usbWedge, (late) => late === press);
      expect(till).toEqual({ ...untouched, scans: ["4006381333931"] });
    }
  });

  it("a screen so busy that the first keys were already given away: they are taken back", () => {
    const presses = typeText("4006381333931", scanner(8));
    const beginning = presses.slice(0, 5);
    let state = wedgeAtRest;
    for (const press of beginning) state = foldWedge(state, { kind: "key", press }, usbWedge).state;
    const given = [0, 1].map(() => {
      const step = foldWedge(state, { kind: "tick", atMs: 2_000 }, usbWedge);
      state = step.state;
      return step.effects;
    });
    expect(given[1]).toMatchObject([{ kind: "replay", keys: beginning }]);
    const late = presses.slice(5).flatMap((press) => {
      const step = foldWedge(state, { kind: "key", press }, usbWedge);
      state = step.state;
      return step.effects.filter(({ kind }) => kind !== "pending");
    });
    expect(late).toEqual([
      { kind: "retract", keys: 5 },
      { kind: "scan", code: "4006381333931", atMs: 1_104 },
    ]);
  });

  it("a scanner that stutters is waited for, once it was clear that it is one", () => {
    const stutter = { ...scanner(0), gapMs: (i: number) => (i === 9 ? 220 : 5) };
    expect(rehearse(typeText("4006381333931", stutter)).scans).toEqual(["4006381333931"]);
    const noSuffix = { ...stutter, after: [] };
    expect(rehearse(typeText("4006381333931", noSuffix)).scans).toEqual(["4006381333931"]);
  });

  it("a code behind somebody's typing is not believed: swallowed, and told", () => {
    const typed = typeText("3", { startMs: 0, gapMs: () => 0 });
    const code = (startMs: number) => typeText("4006381333931", { ...scanner(5), startMs });
    expect(rehearse([...typed, ...code(150)])).toMatchObject({
      scans: [],
      field: "3",
      clicks: 0,
      unread: ["split: 4006381333931"],
    });
    expect(rehearse([...typed, ...code(300)])).toMatchObject({
      scans: ["4006381333931"],
      field: "3",
    });
  });

  it("too long is told, and its rest is no code either", () => {
    const long = "0123456789".repeat(40);
    const till = rehearse(typeText(long, scanner(10)));
    expect(till).toMatchObject({ scans: [], field: long, clicks: 0 });
    expect(till.unread.length).toBe(1);
  });

  it("a pause inside leaves two halves, and neither is a scan", () => {
    const halves = { ...scanner(0), gapMs: (i: number) => (i === 6 ? 200 : 8) };
    const till = rehearse(typeText("4006381333931", halves));
    expect(till).toMatchObject({ scans: [], field: "4006381333931", clicks: 0 });
  });

  it("a strange key in the middle spoils the whole burst", () => {
    const presses = typeText("4006381333931", scanner(8));
    const strange = { ...at("F13", "F13", 1_036) };
    const till = rehearse([...presses.slice(0, 5), strange, ...presses.slice(5)]);
    expect(till).toMatchObject({ scans: [], field: "4006381333931", clicks: 0 });
  });
});

function at(code: string, key: string, atMs: number): KeyPress {
  const up = { shift: false, ctrl: false, alt: false, altGraph: false, meta: false };
  return { code, key, ...up, repeat: false, ime: false, atMs };
}
