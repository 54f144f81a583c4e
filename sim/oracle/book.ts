import { must } from "./violation.ts";

/**
 * What a person with a pencil would have written down, standing in the shop: the oracle. It knows
 * nothing of journals, hashes, cursors or feeds.
 */
export interface Book {
  /**
   * A till's screen said that this sale is done. `moment`: when it was, where that was learnt
   * later.
   */
  sold(sale: SeenSale, till: TillMemory, moment?: number): void;
  /** Now, in the order of what really happened. */
  moment(): number;
  /** Goods were brought in or put right at a till, by a note that nobody else writes. */
  broughtIn(move: SeenMove): void;
  /** Somebody counted a good. */
  counted(count: SeenCount): void;
  /** Somebody counted, and the power went: whether it was written nobody knows. */
  mayBeCounted(sku: string): void;
  has(saleId: string): boolean;
  get(saleId: string): SeenSale;
  sales(): readonly SeenSale[];
  /** Goods that came in or were put right, by the owner: thousandths. */
  moved(sku: string, deltaMilli: number): void;
  /**
   * [C2] Levels that follow from what is written: the last count, and what really happened after
   * it; of a good that nobody counted, everything.
   */
  levels(written: Written): Map<string, number>;
  /** Goods that somebody counted. */
  countedGoods(): ReadonlySet<string>;
  /** Goods of which it is not known whether a count was written. */
  unsure(): ReadonlySet<string>;
  /** Goods whose stock somebody ever stated. */
  stated(): ReadonlySet<string>;
  /** The owner's movements, to be put back with a backup. */
  copy(): ReadonlyMap<string, number>;
  putBack(copy: ReadonlyMap<string, number>): void;
}

export interface SeenSale {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly totalMinor: number;
  readonly lines: readonly SeenLine[];
  readonly cardMinor: number;
  /** [C5] What it put on gift cards and took from them. */
  readonly giftCards: readonly CardMove[];
}

export interface CardMove {
  /** The kind of account and its number: `gift-card/GC01`. */
  readonly account: string;
  readonly deltaMinor: number;
}

export interface SeenMove {
  readonly sku: string;
  readonly deltaMilli: number;
  readonly note: string;
}

export interface SeenCount {
  readonly sku: string;
  readonly countedMilli: number;
  readonly countId: string;
}

/** What of all that happened is in the cloud. */
export interface Written {
  readonly saleIds: ReadonlySet<string>;
  readonly notes: ReadonlySet<string>;
  readonly countIds: ReadonlySet<string>;
}

export interface SeenLine {
  readonly sku: string | null;
  readonly quantityMilli: number;
}

/** What the people at one till know of its ledger; copied when its disk is. */
export interface TillMemory {
  readonly saleIds: readonly string[];
  /** The number of the last receipt. */
  readonly lastNumber: number;
  /** An older copy was put back, or another machine has one: numbers may be passed over. */
  readonly isCopy: boolean;
}

export const newMemory: TillMemory = { saleIds: [], lastNumber: 0, isCopy: false };

interface Moment {
  readonly at: number;
}

export function createBook(): Book {
  const sales = new Map<string, SeenSale & Moment>();
  const moves: (SeenMove & Moment)[] = [];
  const counts: (SeenCount & Moment)[] = [];
  const unsure = new Set<string>();
  let moved = new Map<string, number>();
  let now = 0;
  const moment = () => {
    now += 1;
    return now;
  };

  function levelOf(sku: string, changes: readonly Change[], { countIds }: Written): number {
    const written = counts.filter((count) => count.sku === sku && countIds.has(count.countId));
    const last = written.toSorted((a, b) => b.at - a.at)[0];
    return changes
      .filter(({ at }) => last === undefined || at > last.at)
      .reduce((level, { deltaMilli }) => level + deltaMilli, last?.countedMilli ?? 0);
  }

  function levels(written: Written): Map<string, number> {
    const { saleIds, notes } = written;
    const sold = [...sales.values()].filter(({ saleId }) => saleIds.has(saleId));
    const bySku = new Map<string, Change[]>();
    const add = (sku: string, change: Change) => {
      bySku.set(sku, [...(bySku.get(sku) ?? []), change]);
    };
    for (const [sku, deltaMilli] of moved) add(sku, { deltaMilli, at: 0 });
    for (const { note, sku, deltaMilli, at } of moves) {
      if (notes.has(note)) add(sku, { deltaMilli, at });
    }
    for (const { lines, at } of sold) {
      for (const { sku, quantityMilli } of lines) {
        if (sku !== null) add(sku, { deltaMilli: -quantityMilli, at });
      }
    }
    for (const { sku } of counts) bySku.set(sku, bySku.get(sku) ?? []);
    return new Map([...bySku].map(([sku, changes]) => [sku, levelOf(sku, changes, written)]));
  }

  return {
    sold(sale, till, at = moment()) {
      must(!sales.has(sale.saleId), "sale-ids-differ", () => `two sales have ${sale.saleId}`);
      const number = Number(sale.receiptNumber.split("-")[1]);
      const isNext = till.isCopy ? number > till.lastNumber : number === till.lastNumber + 1;
      must(isNext, "numbers-gap-free", () => {
        return `receipt ${sale.receiptNumber} came after number ${till.lastNumber}`;
      });
      sales.set(sale.saleId, { ...sale, at });
    },
    moment,
    broughtIn: (move) => void moves.push({ ...move, at: moment() }),
    counted: (count) => void counts.push({ ...count, at: moment() }),
    mayBeCounted: (sku) => void unsure.add(sku),
    has: (saleId) => sales.has(saleId),
    get(saleId) {
      const sale = sales.get(saleId);
      must(sale !== undefined, "no-phantoms", () => `nobody ever saw the sale ${saleId}`);
      return sale;
    },
    sales: () => [...sales.values()],
    moved: (sku, deltaMilli) => void moved.set(sku, (moved.get(sku) ?? 0) + deltaMilli),
    levels,
    countedGoods: () => new Set(counts.map(({ sku }) => sku)),
    unsure: () => unsure,
    stated: () => new Set(moved.keys()),
    copy: () => new Map(moved),
    putBack(copy) {
      moved = new Map(copy);
    },
  };
}

interface Change extends Moment {
  readonly deltaMilli: number;
}

/** The memory after one more sale. */
export function withSale(till: TillMemory, sale: SeenSale): TillMemory {
  const lastNumber = Number(sale.receiptNumber.split("-")[1]);
  return { ...till, saleIds: [...till.saleIds, sale.saleId], lastNumber };
}
