import { join } from "node:path";
import type { Bench, BenchParts } from "../bench.ts";
import { atLeast, atMost, type Figure, median } from "../figure.ts";
import { drain } from "./drain.ts";
import { sellAtManyTills } from "./many-tills.ts";
import { drainMonth } from "./month.ts";
import { arePeersInstalled, peerRates } from "./peer-rates.ts";
import { pullGoods } from "./pull.ts";

/** A till, its cloud and the way between them, beside the peers where bench/peers is installed. */
export const syncBench: Bench = {
  name: "sync",
  measures: [
    "sync-drain-rate",
    "sync-drain-of-bare",
    "sync-pull-rate",
    "sync-month-seconds",
    "sync-selling-p99",
    "sync-pull-linear",
    "sync-pull-memory",
    "sync-tills-rate",
    "sync-tills-p99",
    "sync-tills-memory",
    "sync-stores-cost",
  ],
  async run(parts) {
    return [
      ...(await besidePeers(parts)),
      ...(await aMonth(parts)),
      ...(await manyGoods(parts)),
      ...(await manyTills(parts)),
    ];
  },
};

/** Round by round, so that all of them see the same machine. */
async function besidePeers({ sizes, folder, say }: BenchParts): Promise<Figure[]> {
  const { drainSales, pulledGoods, rounds } = sizes.sync;
  const hasPeers = arePeersInstalled();
  if (!hasPeers) say("bench/peers is not installed: PowerSync, RxDB and bare HTTP are left out.");
  const ours: Rates[] = [];
  const theirs: Rates[] = [];
  for (let round = 1; round <= rounds; round++) {
    const at = join(folder, `round-${round}`);
    const sales = { sales: drainSales, movements: 0 };
    const drained = drainSales / (await drain(join(at, "drain"), sales));
    const pulled = pulledGoods / (await pullGoods(join(at, "pull"), pulledGoods)).seconds;
    ours.push({ drained, pulled, bare: 0 });
    const rates = hasPeers ? ratesOfPeers() : null;
    if (rates !== null) theirs.push(rates);
    say(`  ${describe({ drained, pulled, bare: 0 })}${rates ? `; peers ${describe(rates)}` : ""}`);
  }
  if (!hasPeers) return [];
  const middle = (all: readonly Rates[], what: keyof Rates) => median(all.map((one) => one[what]));
  const drained = middle(ours, "drained");
  return [
    atLeast("sync-drain-rate", drained, "sales/s", middle(theirs, "drained")),
    atLeast("sync-drain-of-bare", drained, "sales/s", middle(theirs, "bare") / 2),
    atLeast("sync-pull-rate", middle(ours, "pulled"), "goods/s", middle(theirs, "pulled")),
  ];
}

/** A second each. */
interface Rates {
  readonly drained: number;
  readonly pulled: number;
  /** Bare HTTP between two SQLite files. */
  readonly bare: number;
}

function ratesOfPeers(): Rates {
  return {
    drained: peerRates("powersync").get("drain") ?? 0,
    pulled: peerRates("rxdb").get("pull-products") ?? 0,
    bare: peerRates("bare").get("drain") ?? 0,
  };
}

function describe({ drained, pulled, bare }: Rates): string {
  const besides = bare === 0 ? "" : `, bare HTTP ${Math.round(bare)} sales/s`;
  return `${Math.round(drained)} sales/s up, ${Math.round(pulled)} goods/s down${besides}`;
}

/** [L2] */
async function aMonth({ sizes, folder, say }: BenchParts): Promise<Figure[]> {
  const { monthSales: sales, monthMovements: movements } = sizes.sync;
  const month = await drainMonth(join(folder, "month"), { sales, movements });
  say(`  a month: ${month.seconds.toFixed(1)} s`);
  return [
    atMost("sync-month-seconds", month.seconds, "s", 10),
    atMost("sync-selling-p99", month.busyP99Ms, "ms", 2 * month.idleP99Ms),
  ];
}

async function manyGoods({ sizes, folder }: BenchParts): Promise<Figure[]> {
  const { pulledGoods, manyGoods: goods } = sizes.sync;
  const few = await pullGoods(join(folder, "few"), pulledGoods);
  const many = await pullGoods(join(folder, "many"), goods);
  const slower = many.seconds / goods / (few.seconds / pulledGoods);
  return [
    atMost("sync-pull-linear", slower, "times", 1.25),
    atMost("sync-pull-memory", many.grewMb, "MB", 300),
  ];
}

/** A thousand tills that sell as a thousand cashiers do make 200 sales a second. */
const busyChain = { salesPerSecond: 200, p99Ms: 1_000, serverMb: 500 };

async function manyTills({ sizes, folder, say }: BenchParts): Promise<Figure[]> {
  const { tills, tillSales: sales, stores } = sizes.sync;
  const one = await sellAtManyTills(join(folder, "one-store"), { tills, sales, stores: 1 });
  const many = await sellAtManyTills(join(folder, "stores"), { tills, sales, stores });
  say(`  ${tills} tills: ${Math.round(one.salesPerSecond)} sales/s`);
  const cost = many.serverCpuMsASale / one.serverCpuMsASale;
  return [
    atLeast("sync-tills-rate", one.salesPerSecond, "sales/s", busyChain.salesPerSecond),
    atMost("sync-tills-p99", one.p99Ms, "ms", busyChain.p99Ms),
    atMost("sync-tills-memory", one.serverMb, "MB", busyChain.serverMb),
    atMost("sync-stores-cost", cost, "times", 1.2),
  ];
}
