import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnyFact } from "../../domain/facts/fact.ts";
import { parseFact } from "../protocol/facts.ts";
import { createLineRig, type LineRig, type RigTill } from "./line-rig.ts";
import { createSlowLine, type SlowLine } from "./slow-line.ts";

/** The real engine, the real client, TLS and a store server, with a mobile modem between them. */

const modem = { bitsPerSecond: 56_000, roundTripMs: 2_000, lostPerMille: 200 };

let rig: LineRig;
let slow: SlowLine;

beforeEach(async () => {
  rig = await createLineRig();
});

afterEach(async () => {
  await slow.close();
  await rig.end();
});

function heard({ ledger, enrolment }: RigTill): AnyFact[] {
  return ledger.applied
    .flatMap((change) => (change.kind === "fact" ? [parseFact(change.body)] : []))
    .flatMap((parsed) => (parsed.ok ? [parsed.value] : []))
    .filter(({ terminalId }) => terminalId !== enrolment.terminalId);
}

describe("a slow line", () => {
  it("[U6] [L1] 56 kbit/s, 2 s, a fifth of the packets lost: all drains and all comes, seed 20261123", async () => {
    slow = await createSlowLine(rig.server().port, { ...modem, seed: 20_261_123 });
    const endpoint = `https://127.0.0.1:${slow.port}/graphql`;
    const other = await rig.startTill();
    other.sell(60);
    await other.until(({ provedEqual }) => provedEqual);
    const till = await rig.startTill({ endpoint });
    till.sell(300);
    // Neither way waits for the end of the other one.
    const sent = till.until(({ provedEqual }) => provedEqual);
    const came = till.until(() => heard(till).length === 60);
    await Promise.all([sent, came]);
    const carried = slow.carried();
    const { facts } = await rig.inCloud();
    expect(facts).toHaveLength(360);
    // Unpacked, the sales alone were more.
    expect(carried).toBeLessThan(300 * 700);
  }, 240_000);
});
