import type { JudgedFact, RaisedException } from "../store-port.ts";
import type { MoveAccounts } from "./accounts.ts";
import type { CloseOversold } from "./close-oversold.ts";
import type { EditPlace } from "./edit-products.ts";
import type { Exceptions } from "./exceptions.ts";
import type { ApplyEffect } from "./fact-effects.ts";
import type { SettleStock } from "./settle-stock.ts";
import type { Oversold } from "./stock.ts";
import type { Pending } from "./uncovered.ts";

/** A fact that has its row. */
export interface StoredFact {
  readonly fact: JudgedFact;
  readonly factNo: number;
}

/** Where a run of facts of one terminal's epoch takes effect: inside the transaction of its feed. */
export interface FactsPlace extends EditPlace {
  readonly terminalId: string;
  readonly epoch: number;
  /** [U8] Facts that were parked and take effect after this run. */
  readonly pending?: Pending | undefined;
}

/** [U3] Everything that facts cause, whether they just came or were parked until now. */
export type ApplyFacts = (place: FactsPlace, facts: readonly StoredFact[]) => void;

export function createApplyFacts(tools: {
  readonly settleStock: SettleStock;
  readonly exceptions: Exceptions;
  readonly applyEffect: ApplyEffect;
  readonly moveAccounts: MoveAccounts;
  readonly closeOversold: CloseOversold;
}): ApplyFacts {
  const { settleStock, exceptions, applyEffect, moveAccounts, closeOversold } = tools;
  return (place, stored) => {
    const { feed } = place;
    for (const { fact, factNo } of stored) {
      if (fact.inFeed) feed.append({ kind: "fact", subject: "", factNo });
      if (fact.effect !== null) applyEffect(place, fact.effect);
      if (fact.accounts.length > 0) moveAccounts(place, fact.accounts);
    }
    const settled = settleStock(place, stored);
    for (const oversold of eachOnce(settled.oversold)) {
      exceptions.raiseInto(feed, oversoldException(place, stored, oversold));
    }
    closeOversold(place, settled);
  };
}

/** [C1] A good that a batch sold below zero often is one change of its exception. */
function eachOnce(oversold: readonly Oversold[]) {
  const bySku = new Map<string, Oversold & { readonly times: number }>();
  for (const one of oversold) {
    bySku.set(one.sku, { ...one, times: (bySku.get(one.sku)?.times ?? 0) + 1 });
  }
  return bySku.values();
}

/** [C1] */
function oversoldException(
  { storeId, terminalId, epoch, atMs }: FactsPlace,
  stored: readonly StoredFact[],
  oversold: Oversold & { readonly times: number },
): RaisedException {
  const { sku, deltaMilli, levelMilli, factIndex, times } = oversold;
  const fact = stored[factIndex]?.fact;
  const place = { terminalId, epoch, seq: fact?.seq, factId: fact?.identity?.id };
  return {
    ...{ storeId, kind: "oversold", subject: sku, atMs, times },
    detail: JSON.stringify({ sku, deltaMilli, levelMilli, ...place }),
  };
}
