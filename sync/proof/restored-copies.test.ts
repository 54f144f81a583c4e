import { hash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSampleTill } from "../protocol/sample-till.ts";
import { type PushRequest, pushResponseSchema } from "../protocol/wire.ts";
import { createRigCloud, type RigCloud } from "./snapshot-rig.ts";

/** What the cloud sees of ledgers that were copied or put back. */

interface Caller {
  readonly storeId: string;
  readonly terminalId: string;
}

const sha256 = (text: string) => hash("sha256", text, "hex");

let cloud: RigCloud;

beforeEach(async () => {
  cloud = await createRigCloud();
});

afterEach(async () => {
  await cloud.end();
});

async function till() {
  const { storeId, terminalId } = await cloud.enrol();
  const caller = { storeId, terminalId };
  return { caller, sample: createSampleTill({ ...caller, sha256 }) };
}

async function push(caller: Caller, request: PushRequest) {
  return pushResponseSchema.parse(await cloud.service().push(caller, request));
}

async function levelOf({ storeId }: Caller, sku: string): Promise<number | undefined> {
  return (await cloud.store().stock(storeId, [sku]))[0]?.levelMilli;
}

describe("two machines with one identity", () => {
  it("[R2] are told of once, with both ledgers; a till that goes on in a new epoch is not", async () => {
    const { caller, sample } = await till();
    sample.sell(["milk"]);
    await push(caller, { ...sample.push(1), ledgerId: "old" });
    const restored = createSampleTill({ ...caller, sha256, epoch: 2, salt: 5 });
    restored.sell(["milk"]);
    await push(caller, { ...restored.push(1), ledgerId: "new" });
    const cloned = async () =>
      (await cloud.service().exceptions(caller, 9)).filter(({ kind }) => kind === "cloned");
    expect(await cloned()).toEqual([]);
    // What the till sends again of its own past is its own.
    sample.sell(["milk"]);
    await push(caller, { ...sample.push(2), ledgerId: "new" });
    expect(await cloned()).toEqual([]);
    for (const seq of [3, 4]) {
      sample.sell(["milk"]);
      await push(caller, { ...sample.push(seq), ledgerId: "old" });
    }
    const [told] = await cloned();
    expect(told).toMatchObject({ subject: caller.terminalId, times: 1 });
    expect(JSON.parse(told?.detail ?? "")).toEqual({
      terminalId: caller.terminalId,
      epoch: 1,
      ledgerIds: ["new", "old"],
    });
  });
});

describe("a receipt number", () => {
  it("[R1] that an older copy of the ledger gave again is told of, with both receipts", async () => {
    const { caller, sample } = await till();
    for (let i = 0; i < 3; i++) sample.sell(["milk"]);
    await push(caller, sample.push(1));
    const restored = createSampleTill({ ...caller, sha256, epoch: 2, salt: 5 });
    // The first fact travelled before; the second bears the number of another sale.
    restored.rewrite(sample.facts[0] ?? { body: "", hash: "" });
    restored.sell(["milk"]);
    await push(caller, restored.push(1));
    const told = (await cloud.service().exceptions(caller, 9)).filter(
      (e) => e.kind === "number-reused",
    );
    expect(told).toHaveLength(1);
    const { receiptNumber, receipts } = JSON.parse(told[0]?.detail ?? "") as {
      readonly receiptNumber: string;
      readonly receipts: readonly { readonly receiptNumber: string; readonly saleId: string }[];
    };
    expect(receipts.map((receipt) => receipt.receiptNumber)).toEqual([
      receiptNumber,
      receiptNumber,
    ]);
    expect(new Set(receipts.map(({ saleId }) => saleId)).size).toBe(2);
    expect(await levelOf(caller, "milk")).toBe(-4_000);
  });
});
