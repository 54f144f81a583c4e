import { genesisHash } from "../../domain/facts/chain.ts";
import type { Head, PushRequest, PushResponse, WireFact } from "../protocol/wire.ts";

type Taken = Omit<PushResponse, "serverTimeMs">;

/**
 * [U2] [U4] One terminal's chains by the rules, in few words: hashes are compared, not computed.
 */
export interface ScriptedChains {
  readonly chainOf: (epoch: number) => WireFact[];
  readonly headOf: (epoch: number) => Head;
  readonly take: (request: PushRequest) => Taken;
  readonly parkThoseWith: (text: string) => void;
}

export function createScriptedChains(): ScriptedChains {
  const chains = new Map<number, WireFact[]>();
  let parkText: string | null = null;

  function chainOf(epoch: number): WireFact[] {
    const chain = chains.get(epoch) ?? [];
    chains.set(epoch, chain);
    return chain;
  }

  function headOf(epoch: number): Head {
    const chain = chainOf(epoch);
    return { epoch, seq: chain.length, hash: chain.at(-1)?.hash ?? genesisHash };
  }

  function take({ epoch, firstSeq, facts }: PushRequest): Taken {
    const chain = chainOf(epoch);
    if (firstSeq > chain.length + 1) return { outcome: "gap", head: headOf(epoch), verdicts: [] };
    const isFork = facts.some(({ hash }, i) => {
      const held = chain[firstSeq - 1 + i];
      return held !== undefined && held.hash !== hash;
    });
    if (isFork) return { outcome: "forked", head: headOf(epoch), verdicts: [] };
    const verdicts = facts.map((fact, i) => {
      const seq = firstSeq + i;
      const isNew = seq > chain.length;
      if (isNew) chain.push(fact);
      if (parkText !== null && fact.body.includes(parkText)) {
        return { seq, verdict: "parked", reason: "scripted" } as const;
      }
      return { seq, verdict: isNew ? "applied" : "duplicate" } as const;
    });
    return { outcome: "accepted", head: headOf(epoch), verdicts };
  }

  return {
    chainOf,
    headOf,
    take,
    parkThoseWith: (text) => {
      parkText = text;
    },
  };
}
