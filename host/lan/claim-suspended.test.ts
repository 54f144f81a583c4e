import { expect, it } from "vitest";
import type { Till } from "../state/till.ts";
import { takenElsewhere } from "./claim-suspended.ts";

const recall = { commandId: "0195d000-0000-7000-8000-000000000001", suspensionId: "s1" };

/** As much of a till as the question needs; what was asked of the hub. */
function tillWith(counter: { readonly lines: readonly object[] } | null) {
  const asked: string[] = [];
  const claim = async (suspensionId: string) => {
    asked.push(suspensionId);
    return "another till";
  };
  const person = { personId: "p", active: true };
  const till = {
    world: { network: { claim } },
    terminal: { terminalId: "this till" },
    session: { personId: "p" },
    shift: {},
    cart: counter === null ? null : { ...counter, tenders: [] },
    ledger: { people: { get: () => person }, suspendedSales: { get: () => ({}) } },
  };
  return { till: till as unknown as Till, asked };
}

it("[H4] asks the hub for a suspended sale, and leaves it to the till that the hub names", async () => {
  const { till, asked } = tillWith(null);
  expect(await takenElsewhere(till, recall)).toEqual({
    ok: false,
    failure: { type: "TakenElsewhere" },
  });
  expect(asked).toEqual(["s1"]);
});

it("[H4] a till that cannot take it, because a sale is open, is not given it: nobody else could", async () => {
  const { till, asked } = tillWith({ lines: [{}] });
  expect(await takenElsewhere(till, recall)).toBeNull();
  expect(asked).toEqual([]);
});
