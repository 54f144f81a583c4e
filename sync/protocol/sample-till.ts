import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import { chainHash, genesisHash } from "../../domain/facts/chain.ts";
import type { FactType } from "../../domain/facts/fact.ts";
import type { FactPayloads } from "../../domain/facts/payloads.ts";
import { sampleSale } from "../../domain/stock/sample-sale.ts";
import type { Sha256 } from "../../domain/values/ports.ts";
import type { Head, PushRequest, WireFact } from "./wire.ts";

/**
 * A till that writes well-formed facts without a ledger: for tests and measurements. Deterministic.
 */
export interface SampleTill {
  readonly terminalId: string;
  readonly epoch: number;
  readonly head: Head;
  /** The whole journal; index 0 is seq 1. */
  readonly facts: readonly WireFact[];
  /** A sale of one piece each (or `quantityMilli`) of the goods. */
  sell(skus: readonly string[], quantityMilli?: number): WireFact;
  write<T extends FactType>(type: T, payload: FactPayloads[T]): WireFact;
  /** Puts any text into the chain, with the right hash: what a broken till would send. */
  writeRaw(body: string): WireFact;
  /** The same fact, its id unchanged, at the next place: what a till does in a new epoch. */
  rewrite(fact: WireFact): WireFact;
  /** The push of the facts `fromSeq`…`toSeq` (to the end when left out). */
  push(fromSeq: number, toSeq?: number): PushRequest;
}

export interface SampleTillOptions {
  readonly terminalId: string;
  readonly sha256: Sha256;
  readonly epoch?: number;
  /** Part of the facts' ids: two journals of one terminal differ in it. */
  readonly salt?: number;
}

const startMs = Date.UTC(2026, 10, 23, 8);

export function createSampleTill(options: SampleTillOptions): SampleTill {
  const { terminalId, sha256, epoch = 1, salt = 1 } = options;
  const facts: WireFact[] = [];
  let head: Head = { epoch, seq: 0, hash: genesisHash };

  function writeRaw(body: string): WireFact {
    const fact = { body, hash: chainHash(sha256, head.hash, body) };
    facts.push(fact);
    head = { epoch, seq: head.seq + 1, hash: fact.hash };
    return fact;
  }

  function idOf(seq: number): string {
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
    const tail = `${terminalId.slice(-4)}${hex(seq, 8)}`;
    return `0195d000-${hex(epoch, 4)}-7000-8${hex(salt, 3)}-${tail}`;
  }

  function write<T extends FactType>(type: T, payload: FactPayloads[T]): WireFact {
    const seq = head.seq + 1;
    const atMs = startMs + seq * 1000;
    const fact = { terminalId, epoch, seq, id: idOf(seq), type, atMs, payload };
    return writeRaw(canonicalJson(fact as unknown as Json));
  }

  return {
    terminalId,
    epoch,
    get head() {
      return head;
    },
    facts,
    sell: (skus, quantityMilli = 1000) =>
      write(
        "sale.completed",
        sampleSale({
          saleId: idOf(head.seq + 1),
          receiptNumber: `1-${String(head.seq + 1).padStart(6, "0")}`,
          ...{ skus, quantityMilli },
        }),
      ),
    write,
    writeRaw,
    rewrite: (fact) => {
      const value = JSON.parse(fact.body) as Record<string, Json>;
      return writeRaw(canonicalJson({ ...value, epoch, seq: head.seq + 1 }));
    },
    push: (fromSeq, toSeq = facts.length) => ({
      protocol: 1,
      epoch,
      firstSeq: fromSeq,
      facts: facts.slice(fromSeq - 1, toSeq),
    }),
  };
}
