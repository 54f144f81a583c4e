import assert from "node:assert/strict";
import { canonicalJson } from "../../domain/facts/canonical.ts";
import { createSampleTill } from "../../sync/protocol/sample-till.ts";
import type { TillReport } from "../../sync/protocol/office.ts";
import type { WireFact } from "../../sync/protocol/wire.ts";
import { judgeFact } from "./judge-fact.ts";
import { sha256 } from "./sha256.ts";
import type { StorePort } from "./store-port.ts";

/** The tills that the contract's store has. */
export interface ContractTills {
  readonly storeId: string;
  readonly terminalId: string;
  readonly otherTerminalId: string;
  readonly atMs: number;
}

type Promises = Readonly<Record<string, (store: StorePort) => Promise<void>>>;

/** What every adapter must do for the back office's questions. */
export function officePromises(tills: ContractTills): Promises {
  const { storeId, terminalId, otherTerminalId, atMs } = tills;

  return {
    "[P1] the receipts of a till and business date are found, of no other till, day or kind":
      async (store) => {
        const till = createSampleTill({ terminalId, sha256 });
        for (let i = 0; i < 3; i++) till.sell(["milk"]);
        till.write("drawer.no-sale", { reason: "change" });
        const dated = createSampleTill({ terminalId, sha256, epoch: 2, salt: 7 });
        const days = ["2026-11-22", "2026-11-23", "2026-11-23", "2026-11-23"];
        for (const [i, fact] of till.facts.entries()) dated.writeRaw(onDay(fact, days[i], i + 1));
        await commit(store, tills, dated.facts);
        assert.deepEqual(await store.receiptBodies(terminalId, "2026-11-23"), [
          dated.facts[1]?.body,
          dated.facts[2]?.body,
        ]);
        assert.deepEqual(await store.receiptBodies(otherTerminalId, "2026-11-23"), []);
        const page = { terminalId, epoch: 2, afterSeq: 1, limit: 2 };
        const held = await store.chainFacts(page);
        assert.deepEqual(
          held.map(({ seq, hash, verdict }) => [seq, hash, verdict]),
          [2, 3].map((seq) => [seq, dated.facts[seq - 1]?.hash, "applied"]),
        );
      },

    "[P1] a receipt without a business date is found by the calendar's, as tills keep it": async (
      store,
    ) => {
      const web = createSampleTill({ terminalId, sha256, epoch: 2 });
      const sale = web.sell(["milk"]);
      await commit(store, tills, web.facts);
      assert.deepEqual(await store.receiptBodies(terminalId, "2026-11-23"), [sale.body]);
    },

    "[P1] every till of the store is told of, with what it last said of itself": async (store) => {
      const report: TillReport = {
        epoch: 1,
        seq: 9,
        oldestUnsentAtMs: atMs - 5_000,
        clockSkewMs: -40,
        factsPerMinute: 12,
        program: "Evertill test",
      };
      await store.noteHeard({ terminalId, atMs, report });
      await store.noteHeard({ terminalId, atMs: atMs + 10, report: { ...report, seq: 10 } });
      const [first, second, ...others] = await store.tills(storeId);
      assert.deepEqual(others, []);
      assert.equal(first?.lastHeardAtMs, atMs + 10);
      assert.deepEqual(first?.report, { ...report, seq: 10 });
      assert.deepEqual(second, {
        terminalId: otherTerminalId,
        tillNumber: 2,
        name: "Till",
        epoch: 1,
        seq: 0,
        hash: "0".repeat(64),
        parked: 0,
        lastHeardAtMs: null,
        report: null,
      });
    },
  };
}

function onDay(fact: WireFact, businessDate: string | undefined, seq: number): string {
  const value = JSON.parse(fact.body) as Record<string, string>;
  return canonicalJson({ ...value, businessDate, epoch: 2, seq });
}

async function commit(
  store: StorePort,
  { storeId, terminalId, atMs }: ContractTills,
  facts: readonly WireFact[],
): Promise<void> {
  const committed = await store.commitFacts({
    storeId,
    terminalId,
    expected: { epoch: 2, seq: 0, hash: "0".repeat(64) },
    facts: facts.map((fact, i) => judgeFact(fact, { terminalId, epoch: 2, seq: i + 1 })),
    receivedAtMs: atMs,
  });
  assert.equal(committed, "committed");
}
