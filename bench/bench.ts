import type { Figure } from "./figure.ts";

/** How much is measured. */
export interface Sizes {
  readonly goods: number;
  readonly starts: number;
  readonly scans: number;
  readonly searches: number;
  readonly sales: number;
  readonly sync: SyncSizes;
}

export interface SyncSizes {
  readonly rounds: number;
  readonly soldAlone: number;
  readonly drainSales: number;
  readonly pulledGoods: number;
  readonly monthSales: number;
  readonly monthMovements: number;
  readonly manyGoods: number;
  readonly tills: number;
  readonly tillSales: number;
  readonly stores: number;
}

export const fullSizes: Sizes = {
  goods: 200_000,
  starts: 5,
  scans: 400,
  searches: 4_000,
  sales: 1_500,
  sync: {
    rounds: 5,
    soldAlone: 2_000,
    drainSales: 10_000,
    pulledGoods: 50_000,
    monthSales: 20_000,
    monthMovements: 60_000,
    manyGoods: 1_000_000,
    tills: 1_000,
    tillSales: 10_000,
    stores: 100,
  },
};

/** Enough to see that every part runs; the figures mean nothing. */
export const smokeSizes: Sizes = {
  goods: 2_000,
  starts: 1,
  scans: 12,
  searches: 200,
  sales: 40,
  sync: {
    rounds: 1,
    soldAlone: 20,
    drainSales: 200,
    pulledGoods: 300,
    monthSales: 50,
    monthMovements: 150,
    manyGoods: 900,
    tills: 6,
    tillSales: 60,
    stores: 3,
  },
};

/** What a benchmark is given. */
export interface BenchParts {
  readonly sizes: Sizes;
  /** A folder of its own, deleted afterwards. */
  readonly folder: string;
  /** The folder of larger real data that EVERTILL_DATA names, if any. */
  readonly dataFolder: string | undefined;
  /** A sentence for the person who waits. */
  readonly say: (sentence: string) => void;
}

export interface Bench {
  readonly name: string;
  readonly measures: readonly string[];
  run(parts: BenchParts): Promise<Figure[]>;
}
