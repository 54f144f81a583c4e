import { RequestRefused } from "../../cloud-infra/service/request-refused.ts";
import { goodsAndCards } from "./goods-and-cards.ts";
import { forgetting, losingChanges, type PlantedBug } from "./planted-bug.ts";
import { lostFacts } from "./lost-facts.ts";
import { setAside } from "./set-aside.ts";
import { noPlant } from "../shop/shop.ts";
import { TransportError } from "../../sync/engine/ports.ts";
import type { PushRequest, PushResponse } from "../../sync/protocol/wire.ts";

/** What a cloud says that took everything in. */
function accepted({ epoch, firstSeq, facts }: PushRequest, serverTimeMs: number): PushResponse {
  const verdicts = facts.map((_, i) => ({ seq: firstSeq + i, verdict: "applied" as const }));
  const seq = firstSeq + facts.length - 1;
  const head = { epoch, seq, hash: facts.at(-1)?.hash ?? "" };
  return { outcome: "accepted", head, verdicts, serverTimeMs };
}

const onTheWayUp: readonly PlantedBug[] = [
  {
    name: "the mark moves before the cloud has said a word",
    seenBy: ["acknowledged-is-there"],
    needs: ["weather"],
    plant: {
      ...noPlant,
      makesUpTime: true,
      transport: (real) => ({
        ...real,
        async push(request) {
          real.push(request).catch(() => undefined);
          return accepted(request, 0);
        },
      }),
    },
  },
  {
    name: "the mark moves on a timeout",
    seenBy: ["acknowledged-is-there"],
    needs: ["cuts"],
    plant: {
      ...noPlant,
      makesUpTime: true,
      transport: (real) => ({
        ...real,
        push: (request) =>
          real.push(request).catch((error: unknown) => {
            if (error instanceof TransportError && error.kind === "timeout") {
              return accepted(request, 0);
            }
            throw error;
          }),
      }),
    },
  },
  {
    name: "the last fact of a batch stays behind",
    seenBy: ["acknowledged-is-there"],
    needs: ["cuts"],
    plant: {
      ...noPlant,
      transport: (real) => ({
        ...real,
        async push(request) {
          if (request.facts.length < 2) return real.push(request);
          const answer = await real.push({ ...request, facts: request.facts.slice(0, -1) });
          return accepted(request, answer.serverTimeMs);
        },
      }),
    },
  },
  {
    name: "a fork is taken for an agreement",
    seenBy: ["acknowledged-is-there"],
    needs: ["disks"],
    plant: {
      ...noPlant,
      transport: (real, ledger) => ({
        ...real,
        async push(request) {
          const answer = await real.push(request);
          return answer.outcome === "forked" ? accepted(request, answer.serverTimeMs) : answer;
        },
        async head(epoch) {
          const { seq, hash } = ledger.journal.head();
          const { serverTimeMs } = await real.head(epoch);
          return { epoch, seq, hash, serverTimeMs };
        },
      }),
    },
  },
  {
    name: "an answer tells the time of the one before it",
    seenBy: ["clocks"],
    needs: ["selling"],
    plant: {
      ...noPlant,
      transport(real) {
        let before: number | null = null;
        const late = <T extends { readonly serverTimeMs: number }>(answer: T): T => {
          const serverTimeMs = before ?? answer.serverTimeMs;
          before = answer.serverTimeMs;
          return { ...answer, serverTimeMs };
        };
        return {
          ...real,
          push: async (request) => late(await real.push(request)),
          head: async (...asked) => late(await real.head(...asked)),
        };
      },
    },
  },
];

const onTheWayDown: readonly PlantedBug[] = [
  {
    name: "the cursor moves before the page is applied",
    seenBy: ["stock", "catalogue"],
    needs: ["till-power", "web"],
    plant: {
      ...noPlant,
      transport: (real, ledger) => ({
        ...real,
        async pull(...asked) {
          const page = await real.pull(...asked);
          ledger.write(() => ledger.sync.setCursor(page.cursor));
          return page;
        },
      }),
    },
  },
  {
    name: "the last change of a page gets lost",
    seenBy: ["stock", "catalogue"],
    needs: ["selling"],
    plant: losingChanges((changes) => (changes.length > 1 ? changes.slice(0, -1) : changes)),
  },
  {
    name: "another till's sale counts as our own",
    seenBy: ["numbers-gap-free", "perpetual-totals", "no-defects", "nothing-stuck"],
    needs: ["selling"],
    plant: {
      ...noPlant,
      ledger: (real) => ({
        ...real,
        projections: {
          ...real.projections,
          apply: (fact, source) =>
            real.projections.apply(
              fact,
              fact.type === "sale.completed" && source < 0 ? 1_000_000 - source : source,
            ),
        },
      }),
    },
  },
  {
    name: "another till's sale moves the stock twice",
    seenBy: ["stock"],
    needs: ["selling"],
    plant: {
      ...noPlant,
      ledger: (real) => ({
        ...real,
        projections: {
          ...real.projections,
          apply(fact, source) {
            real.projections.apply(fact, source);
            if (source >= 0 || fact.type !== "sale.completed") return;
            const sku = fact.payload.lines[0]?.sku ?? "";
            const again = "UPDATE stock_level SET quantity_milli = quantity_milli - 1000";
            real.database.prepare(`${again} WHERE sku = ?`).run(sku);
          },
        },
      }),
    },
  },
];

const atTheTill: readonly PlantedBug[] = [
  {
    name: "a number is used again after a crash",
    seenBy: ["no-defects", "numbers-gap-free"],
    needs: ["till-power"],
    plant: {
      ...noPlant,
      ledger(real) {
        let isFirst = true;
        const lower = (count: number) => (isFirst ? Math.max(0, count - 1) : count);
        return {
          ...real,
          shifts: {
            ...real.shifts,
            perpetual() {
              const totals = real.shifts.perpetual();
              return { ...totals, receipts: lower(totals.receipts) };
            },
          },
          receipts: {
            ...real.receipts,
            highestNumber(tillNumber) {
              const highest = lower(real.receipts.highestNumber(tillNumber));
              isFirst = false;
              return highest;
            },
          },
        };
      },
    },
  },
  {
    name: "a job that was being printed in a crash is printed again",
    seenBy: ["printed-once"],
    needs: ["till-power"],
    plant: {
      ...noPlant,
      ledger(real) {
        real.write(() => {
          real.database.exec("UPDATE print_job SET state = 'queued' WHERE state = 'sending'");
        });
        return real;
      },
    },
  },
  {
    name: "facts are sent under another epoch than they name",
    seenBy: ["nothing-stuck"],
    needs: ["selling"],
    plant: {
      ...noPlant,
      transport: (real) => ({
        ...real,
        push: (request) => real.push({ ...request, epoch: request.epoch + 1 }),
      }),
    },
  },
];

const inTheCloud: readonly PlantedBug[] = [
  {
    name: "a poison fact blocks the queue",
    seenBy: ["nothing-stuck"],
    needs: ["poison"],
    plant: {
      ...noPlant,
      store: (real) => ({
        ...real,
        async commitFacts(batch) {
          if (batch.facts.some(({ verdict }) => verdict === "parked")) {
            throw new RequestRefused("BadRequest", "this fact cannot be read");
          }
          return real.commitFacts(batch);
        },
      }),
    },
  },
  {
    name: "a parked fact keeps its reason and loses its body",
    seenBy: ["chain"],
    needs: ["poison"],
    plant: {
      ...noPlant,
      store: (real) => ({
        ...real,
        commitFacts: (batch) =>
          real.commitFacts({
            ...batch,
            facts: batch.facts.map((fact) =>
              fact.verdict === "parked" ? { ...fact, body: "{}" } : fact,
            ),
          }),
      }),
    },
  },
  {
    name: "a poison fact is dropped and the rest moves up",
    seenBy: ["no-defects", "chain"],
    needs: ["poison"],
    plant: {
      ...noPlant,
      store: (real) => ({
        ...real,
        commitFacts: (batch) =>
          real.commitFacts({
            ...batch,
            facts: batch.facts.filter(({ verdict }) => verdict !== "parked"),
          }),
      }),
    },
  },
  {
    name: "the cloud answers before its disk has it",
    seenBy: ["acknowledged-is-there"],
    needs: ["cloud-power"],
    plant: { ...noPlant, store: setAside },
  },
  {
    name: "what the cloud holds already is taken for new",
    seenBy: ["no-false-alarms", "nothing-lost"],
    needs: ["cuts", "weather"],
    plant: { ...noPlant, store: (real) => ({ ...real, heldFacts: async () => [] }) },
  },
  {
    name: "stock is set, not moved",
    seenBy: ["stock"],
    needs: ["selling"],
    plant: {
      ...noPlant,
      store: (real) => ({
        ...real,
        commitFacts: (batch) => {
          const seen = new Set<string>();
          const once = (sku: string) => !seen.has(sku) && seen.add(sku).size > 0;
          return real.commitFacts({
            ...batch,
            facts: batch.facts.map((fact) => ({
              ...fact,
              movements: fact.movements.filter(({ sku }) => once(sku)),
            })),
          });
        },
      }),
    },
  },
  {
    name: "nobody is told that a till forked",
    seenBy: ["conflicts-recorded"],
    needs: ["disks"],
    plant: { ...noPlant, store: (real) => ({ ...real, raiseException: async () => undefined }) },
  },
  {
    name: "nobody is told that more came back than was sold",
    seenBy: ["conflicts-recorded"],
    needs: ["returns"],
    plant: { ...noPlant, store: (real, path) => forgetting(real, path, "over-returned") },
  },
  {
    name: "nobody is told that a good was oversold",
    seenBy: ["conflicts-recorded"],
    needs: ["web"],
    plant: { ...noPlant, store: (real, path) => forgetting(real, path, "oversold") },
  },
];

export const plantedBugs: readonly PlantedBug[] = [
  ...onTheWayUp,
  ...onTheWayDown,
  ...atTheTill,
  ...inTheCloud,
  ...goodsAndCards,
  ...lostFacts,
];
