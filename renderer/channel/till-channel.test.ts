import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ToHost } from "../../host/contract/channel.ts";
import { sendCommand } from "../command/send-command.ts";
import { createTillChannel } from "./till-channel.ts";
import type { OpenWire, WireEvents } from "./wire.ts";

/** Wires whose other end is in the test's hand. */
function handHeldWires() {
  const wires: { sent: ToHost[]; events: WireEvents }[] = [];
  const openWire: OpenWire = (events) => {
    const wire = { sent: [] as ToHost[], events };
    wires.push(wire);
    return { send: (message) => wire.sent.push(message), close: () => events.ended() };
  };
  const newest = () => {
    const wire = wires.at(-1);
    if (wire === undefined) throw new Error("no wire was opened");
    return wire;
  };
  const greet = () => newest().events.received({ kind: "hello", contractVersion: 1, locale: "en" });
  return { wires, openWire, newest, greet };
}

const idOf = (message: ToHost | undefined) =>
  (message?.input as { commandId?: string } | undefined)?.commandId;

describe("the channel", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("answers each call with its own answer, in whatever order they come", async () => {
    const { openWire, newest, greet } = handHeldWires();
    const channel = createTillChannel(openWire);
    greet();
    const first = channel.call("people.list", {});
    const second = channel.call("status.view", {});
    const [a, b] = newest().sent;
    newest().events.received({ kind: "answer", id: b?.id ?? 0, result: { ok: true, value: 2 } });
    newest().events.received({ kind: "answer", id: a?.id ?? 0, result: { ok: true, value: 1 } });
    expect(await first).toEqual({ ok: true, value: 1 });
    expect(await second).toEqual({ ok: true, value: 2 });
  });

  it("answers HostUnreachable before hello and when the wire is lost", async () => {
    const { openWire, newest, greet } = handHeldWires();
    const channel = createTillChannel(openWire);
    const unreachable = { ok: false, failure: { type: "HostUnreachable" } };
    expect(await channel.call("people.list", {})).toEqual(unreachable);
    greet();
    const cut = channel.call("people.list", {});
    newest().events.ended();
    expect(await cut).toEqual(unreachable);
  });

  it("opens a new wire after a lost one and says so", () => {
    const { wires, openWire, newest, greet } = handHeldWires();
    const channel = createTillChannel(openWire);
    const heard: boolean[] = [];
    channel.onConnection((connected) => heard.push(connected));
    greet();
    newest().events.ended();
    vi.advanceTimersByTime(200);
    expect(wires).toHaveLength(2);
    greet();
    expect(heard).toEqual([true, false, true]);
  });

  it("sends a command whose answer was lost once more, with the same id", async () => {
    const { wires, openWire, newest, greet } = handHeldWires();
    const channel = createTillChannel(openWire);
    greet();
    const sent = sendCommand(channel, "cart.scan", { code: "4011", symbology: null });
    newest().events.ended();
    await vi.advanceTimersByTimeAsync(200);
    greet();
    await vi.advanceTimersByTimeAsync(0);
    const again = newest().sent[0];
    newest().events.received({
      kind: "answer",
      id: again?.id ?? 0,
      result: { ok: true, value: 1 },
    });
    expect(await sent).toEqual({ ok: true, value: 1 });
    expect(idOf(again)).toMatch(/^[0-9a-f-]{36}$/);
    expect(idOf(again)).toBe(idOf(wires[0]?.sent[0]));
  });

  it("tells the person when the host stays away", async () => {
    const { openWire } = handHeldWires();
    const channel = createTillChannel(openWire);
    const patience = new AbortController();
    const sent = sendCommand(channel, "cart.void", { reason: "x" }, patience.signal);
    await vi.advanceTimersByTimeAsync(0);
    patience.abort();
    expect(await sent).toEqual({ ok: false, failure: { type: "HostUnreachable" } });
  });
});
