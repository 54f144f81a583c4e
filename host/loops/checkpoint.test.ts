import { statSync } from "node:fs";
import { expect, it } from "vitest";
import { openTestTill, testPin } from "../test-till.ts";

it("moves the log into the database file three seconds after the last fact, not after the first", async () => {
  const till = await openTestTill(1);
  const fileBytes = () => statSync(till.ledgerPath).size;
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  const before = fileBytes();
  for (let n = 0; n < 40; n++) {
    till.world.clock.advance(2_900);
    await till.do("drawer.open", { reason: `${n} ${"x".repeat(180)}` });
  }
  expect(fileBytes()).toBe(before);
  till.world.clock.advance(3_000);
  expect(fileBytes()).toBeGreaterThan(before);
  await till.close();
});

it("the last command is answered again, not run again, however far the clock jumped in between", async () => {
  const till = await openTestTill(1);
  await till.do("session.sign-in", { personId: "dana", pin: testPin });
  await till.do("shift.open", { floatMinor: 0 });
  const kick = { commandId: "01900000-0000-7000-8000-00000000abcd", reason: "Change" };
  const head = async () => (await till.do("sync.view", {})).local.seq;
  await till.host.call("drawer.open", kick);
  const before = await head();
  till.world.clock.advance(5 * 86_400_000);
  expect(await till.host.call("drawer.open", kick)).toMatchObject({ ok: true });
  expect(await head()).toBe(before);
  await till.close();
});
