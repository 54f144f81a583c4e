import { expect, it } from "vitest";
import { canonicalJson } from "../../domain/facts/canonical.ts";
import { chainHash, genesisHash } from "../../domain/facts/chain.ts";
import { sha256 } from "../../ledger/bytes.ts";
import { verifyLedger } from "../../ledger/verify.ts";
import { oddFacts } from "./odd-facts.ts";
import { createRigCloud, createRigTill, picture } from "./snapshot-rig.ts";

const facts = 600;

/** Mulberry32, by Tommy Ettinger. */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function idOf(number: number): string {
  return `0195d000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

it.each([20_261_123, 7, 4_711])(
  "[U4] [D1] no fact of the right shape stops a push, a till's download or a snapshot, seed %i",
  async (seed) => {
    const cloud = await createRigCloud();
    await cloud.importGoods({ milk: 10, tea: 20 });
    const { storeId, terminalId } = await cloud.enrol();
    const reader = createRigTill(cloud, await cloud.enrol());
    await reader.pull();
    const next = oddFacts(numbersOf(seed), [terminalId, ...[1, 2, 3].map(idOf)]);
    let hash = genesisHash;
    for (let seq = 1; seq <= facts; seq++) {
      const place = { terminalId, epoch: 1, seq, id: idOf(1_000 + seq) };
      const body = canonicalJson({ ...next(), ...place });
      hash = chainHash(sha256, hash, body);
      const request = { protocol: 2, epoch: 1, firstSeq: seq, facts: [{ body, hash }] };
      const answer = await cloud.service().push({ storeId, terminalId }, request);
      expect([body, answer.outcome, answer.head.seq]).toEqual([body, "accepted", seq]);
      if (seq % 50 === 0) await reader.pull();
    }
    const late = createRigTill(cloud, await cloud.enrol());
    await late.pull();
    await reader.pull();
    const parked = await cloud.store().parked(storeId, facts);
    // Each for a reason that the fact's judge knows.
    expect(parked.filter(({ reason }) => reason.startsWith("the cloud could not"))).toEqual([]);
    expect(parked.length).toBeLessThan(facts / 2);
    const { levels } = picture(reader.ledger());
    expect(levels).toEqual(picture(late.ledger()).levels);
    const skus = levels.map((row) => String((row as unknown[])[0]));
    const there = await cloud.store().stock(storeId, skus);
    expect(new Set(there.map(({ sku, levelMilli }) => `${sku} ${levelMilli}`))).toEqual(
      new Set((levels as [string, number][]).map(([sku, levelMilli]) => `${sku} ${levelMilli}`)),
    );
    for (const till of [reader, late]) {
      expect(verifyLedger(till.ledger())).toMatchObject({ intact: true });
      till.close();
    }
    await cloud.end();
  },
);
