import { expect, it } from "vitest";
import type { LeaveWord } from "./host-messages.ts";
import { createLeaveGuard, installWhenFree } from "./leave-guard.ts";

/** What happened, and a host that answers with `reasons`; null: it does not answer. */
function guarded(reasons: string[] | null) {
  const happened: string[] = [];
  const state = { reasons };
  const ask = async (): Promise<LeaveWord | null> => {
    happened.push("asked");
    if (state.reasons === null) return null;
    const mayGo = state.reasons.length === 0;
    return { kind: "leaving", question: 1, mayGo, reasons: state.reasons };
  };
  const guard = createLeaveGuard({
    ask,
    warn: () => happened.push("warned"),
    leave: () => happened.push("left"),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { guard, ask, state, happened, settle };
}

it("[P2] a till with nothing unsent closes at once, and so does one whose host does not answer", async () => {
  for (const reasons of [[], null]) {
    const { guard, happened, settle } = guarded(reasons);
    expect(guard.isFree()).toBe(false);
    guard.asked();
    await settle();
    expect(happened).toEqual(["asked", "left"]);
    expect(guard.isFree()).toBe(true);
  }
});

it("[P2] with something unsent the first closing warns, the second goes", async () => {
  const { guard, happened, settle } = guarded(["unsent"]);
  guard.asked();
  guard.asked();
  await settle();
  expect(happened).toEqual(["asked", "warned"]);
  expect(guard.isFree()).toBe(false);
  guard.asked();
  expect(happened).toEqual(["asked", "warned", "left"]);
});

it("[P2] who stays is warned again the next time", async () => {
  const { guard, happened, settle } = guarded(["unsent"]);
  guard.asked();
  await settle();
  guard.stay();
  guard.asked();
  await settle();
  expect(happened).toEqual(["asked", "warned", "asked", "warned"]);
});

it("[P2] a signal or the machine's shutdown is not held up, also in the middle of a question", async () => {
  const { guard, happened, settle } = guarded(["unsent"]);
  guard.asked();
  guard.force();
  await settle();
  expect(happened).toEqual(["asked", "left"]);
  expect(guard.isFree()).toBe(true);
});

it("[P2] an update waits until the cloud has everything and no sale is open", async () => {
  const { ask, state, happened } = guarded(["sale-open", "unsent"]);
  const installed = Promise.withResolvers<void>();
  installWhenFree(
    async (what) => {
      const word = await ask();
      if (happened.length === 3) state.reasons = [];
      expect(what).toBe("update");
      return word;
    },
    () => {
      happened.push("installed");
      installed.resolve();
    },
    1,
  );
  await installed.promise;
  expect(happened).toEqual(["asked", "asked", "asked", "asked", "installed"]);
});

it("[P2] an update that is given up is not installed", async () => {
  const { ask, happened, settle } = guarded([]);
  const giveUp = installWhenFree(ask, () => happened.push("installed"));
  giveUp();
  await settle();
  expect(happened).toEqual(["asked"]);
});
