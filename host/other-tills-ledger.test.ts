import { expect, it } from "vitest";
import { createHost, OtherTillsLedgerError } from "./create-host.ts";
import { openTestTill } from "./test-till.ts";

it("[A4] a till does not start on another till's ledger: under its name the facts would be parked", async () => {
  const till = await openTestTill(20_261_124);
  const { ledgerPath, world } = till;
  const options = { ledgerPath, locale: "en", program: "test" };
  const storeId = "01900000-0000-7000-8000-0000000000ff";
  const stranger = { terminalId: "01900000-0000-7000-8000-000000000009", storeId, tillNumber: 9 };
  await till.restart(() => {
    const start = () => createHost(world, { ...options, enrolled: stranger });
    expect(start).toThrow(OtherTillsLedgerError);
    expect(start).toThrow("enrolment-code --renews 2");
  });
  // Under its own name it goes on.
  expect((await till.do("register.view", {})).shift).toBeNull();
  await till.close();
});
