import { afterEach, expect, it } from "vitest";
import { openTestTill, type TestTill, testPin } from "../test-till.ts";

let till: TestTill;

afterEach(() => till.close());

it("nobody is locked out for longer than a quarter of an hour, also when the clock was wrong", async () => {
  till = await openTestTill(1);
  const { clock } = till.world;
  const yearMs = 365 * 86_400_000;
  clock.advance(yearMs);
  for (let i = 0; i < 5; i++) {
    await till.refused("session.sign-in", { personId: "dana", pin: "9999" });
  }
  // A time server puts the clock right.
  clock.advance(-yearMs + 1_000_000);
  expect(await till.do("session.sign-in", { personId: "dana", pin: testPin })).toMatchObject({
    person: { personId: "dana" },
  });
});
