import { must } from "./violation.ts";

/**
 * What a person with a pencil would have written down, standing in the shop: the oracle. It knows
 * nothing of journals, hashes, cursors or feeds.
 */
export interface Book {
  /** A till's screen said that this sale is done. */
  sold(sale: SeenSale, till: TillMemory): void;
  has(saleId: string): boolean;
  get(saleId: string): SeenSale;
  sales(): readonly SeenSale[];
  /** Goods that came in or were put right, by the owner: thousandths. */
  moved(sku: string, deltaMilli: number): void;
  /** Levels that follow from these sales and everything that the owner moved. */
  levels(saleIds: ReadonlySet<string>): Map<string, number>;
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

export function createBook(): Book {
  const sales = new Map<string, SeenSale>();
  let moved = new Map<string, number>();

  return {
    sold(sale, till) {
      must(!sales.has(sale.saleId), "sale-ids-differ", () => `two sales have ${sale.saleId}`);
      const number = Number(sale.receiptNumber.split("-")[1]);
      const isNext = till.isCopy ? number > till.lastNumber : number === till.lastNumber + 1;
      must(isNext, "numbers-gap-free", () => {
        return `receipt ${sale.receiptNumber} came after number ${till.lastNumber}`;
      });
      sales.set(sale.saleId, sale);
    },
    has: (saleId) => sales.has(saleId),
    get(saleId) {
      const sale = sales.get(saleId);
      must(sale !== undefined, "no-phantoms", () => `nobody ever saw the sale ${saleId}`);
      return sale;
    },
    sales: () => [...sales.values()],
    moved: (sku, deltaMilli) => void moved.set(sku, (moved.get(sku) ?? 0) + deltaMilli),
    levels(saleIds) {
      const levels = new Map(moved);
      for (const saleId of saleIds) {
        for (const { sku, quantityMilli } of sales.get(saleId)?.lines ?? []) {
          if (sku !== null) levels.set(sku, (levels.get(sku) ?? 0) - quantityMilli);
        }
      }
      return levels;
    },
    stated: () => new Set(moved.keys()),
    copy: () => new Map(moved),
    putBack(copy) {
      moved = new Map(copy);
    },
  };
}

/** The memory after one more sale. */
export function withSale(till: TillMemory, sale: SeenSale): TillMemory {
  const lastNumber = Number(sale.receiptNumber.split("-")[1]);
  return { ...till, saleIds: [...till.saleIds, sale.saleId], lastNumber };
}
