import { afterEach, beforeEach, expect, it } from "vitest";
import type { FromHost } from "../contract/channel.ts";
import { openTestTill, testPin, type TestTill } from "../test-till.ts";
import { openChannelSession } from "./channel-session.ts";

let till: TestTill;

beforeEach(async () => {
  till = await openTestTill(20_261_124);
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
});

afterEach(async () => {
  await till.close();
});

/** A window on the till, and what it was told of the register since it said hello. */
function openWindow() {
  const told: string[] = [];
  const session = openChannelSession(till.host, "en", (message: FromHost) => {
    if (message.kind === "answer") told.push(message.result.ok ? "answer" : "refusal");
    if (message.kind === "event" && message.topic === "register") told.push("event");
  });
  return { session, told };
}

it("tells the window that called once, and every other window by an event", async () => {
  const calling = openWindow();
  const other = openWindow();
  const input = {
    commandId: "01900000-0000-7000-8000-00000000beef",
    ...{ code: "4006381333931", symbology: null },
  };
  calling.session.received({ kind: "call", id: 1, name: "cart.scan", input });
  await Promise.resolve();
  expect(calling.told).toEqual(["answer"]);
  expect(other.told).toEqual(["event"]);
});

it("still tells the caller of a change that its answer does not show", async () => {
  const calling = openWindow();
  const commandId = "01900000-0000-7000-8000-00000000cafe";
  const input = { commandId, countedMinor: 0, denominations: [] };
  calling.session.received({ kind: "call", id: 1, name: "shift.count", input });
  await Promise.resolve();
  expect(calling.told).toEqual(["answer", "event"]);
});
