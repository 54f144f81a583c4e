import { expect, it } from "vitest";
import { realClock, realRandom, sha256 } from "./machine.ts";

it("a timer can be cancelled, also one of more than 24 days", async () => {
  const fired: string[] = [];
  const cancelShort = realClock.after(1, () => fired.push("cancelled"));
  const cancelLong = realClock.after(3_000_000_000, () => fired.push("long"));
  cancelShort();
  await new Promise<void>((resolve) => realClock.after(20, resolve));
  expect(fired).toEqual([]);
  cancelLong();
});

it("the monotonic clock does not go back", () => {
  let before = realClock.monotonicMs();
  for (let index = 0; index < 1000; index++) {
    const now = realClock.monotonicMs();
    expect(now).toBeGreaterThanOrEqual(before);
    before = now;
  }
});

it("random bytes are as many as asked, and different", () => {
  expect(realRandom.bytes(16)).toHaveLength(16);
  expect(realRandom.bytes(16)).not.toEqual(realRandom.bytes(16));
});

it("SHA-256 of UTF-8 text [FIPS 180-4]", () => {
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
