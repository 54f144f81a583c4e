import { join } from "node:path";
import type { Bench, BenchParts, SyncSizes } from "../bench.ts";
import { atLeast, atMost, type Figure, median } from "../figure.ts";
import { drain } from "./drain.ts";
import { sellAtManyTills } from "./many-tills.ts";
import { drainMonth, type Month } from "./month.ts";
import { arePeersInstalled, peerRates } from "./peer-rates.ts";
import { pullGoods } from "./pull.ts";
import { sellAlone } from "./sell.ts";

/** A till, its cloud and the way between them, beside the peers where bench/peers is installed. */
export const syncBench: Bench = {
  name: "sync",
  measures: [
    "sync-sale-of-powersync",
    "sync-sale-of-bare",
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
  const hasPeers = arePeersInstalled();
  if (!hasPeers) say("bench/peers is not installed: PowerSync, RxDB and bare HTTP are left out.");
  const ours: Rates[] = [];
  const theirs: PeerRates[] = [];
  for (let round = 1; round <= sizes.sync.rounds; round++) {
    const rates = await ourRates(sizes.sync, join(folder, `round-${round}`));
    ours.push(rates);
    say(`  Evertill: ${describe(rates)}`);
    if (!hasPeers) continue;
    const peers = ratesOfPeers();
    theirs.push(peers);
    const { powersync, rxdb, bare } = peers;
    say(`  PowerSync: ${describe(powersync)}; RxDB: ${describe(rxdb)}; bare: ${describe(bare)}`);
  }
  return hasPeers ? compared(ours, theirs) : [];
}

function compared(ours: readonly Rates[], theirs: readonly PeerRates[]): Figure[] {
  const our = (what: keyof Rates) => median(ours.map((one) => one[what] ?? 0));
  const their = (peer: keyof PeerRates, what: keyof Rates) =>
    median(theirs.map((one) => one[peer][what] ?? 0));
  const [sold, drained] = [our("sold"), our("drained")];
  return [
    atLeast("sync-sale-of-powersync", sold, "sales/s", 3 * their("powersync", "sold")),
    atLeast("sync-sale-of-bare", sold, "sales/s", 0.8 * their("bare", "sold")),
    atLeast("sync-drain-rate", drained, "sales/s", their("powersync", "drained")),
    atLeast("sync-drain-of-bare", drained, "sales/s", their("bare", "drained") / 2),
    atLeast("sync-pull-rate", our("pulled"), "goods/s", their("rxdb", "pulled")),
  ];
}

/** A second each; what is not there was not measured. */
interface Rates {
  /** Sales at a till by itself, each on the disk. */
  readonly sold?: number | undefined;
  /** Sales on their way to the server. */
  readonly drained?: number | undefined;
  /** Goods that an empty till takes in. */
  readonly pulled?: number | undefined;
}

interface PeerRates {
  readonly powersync: Rates;
  readonly rxdb: Rates;
  /** SQLite alone, and HTTP between two SQLite files. */
  readonly bare: Rates;
}

async function ourRates(sizes: SyncSizes, at: string): Promise<Rates> {
  const { soldAlone, drainSales, pulledGoods } = sizes;
  const backlog = { sales: drainSales, movements: 0 };
  return {
    sold: await sellAlone(join(at, "sell"), soldAlone),
    drained: drainSales / (await drain(join(at, "drain"), backlog)),
    pulled: pulledGoods / (await pullGoods(join(at, "pull"), pulledGoods)).seconds,
  };
}

function ratesOfPeers(): PeerRates {
  const of = (peer: "powersync" | "rxdb" | "bare"): Rates => {
    const rates = peerRates(peer);
    return {
      sold: rates.get("insert"),
      drained: rates.get("drain"),
      pulled: rates.get("pull-products"),
    };
  };
  return { powersync: of("powersync"), rxdb: of("rxdb"), bare: of("bare") };
}

function describe({ sold, drained, pulled }: Rates): string {
  const parts = [
    [sold, "sales/s at the till"],
    [drained, "sales/s up"],
    [pulled, "goods/s down"],
  ] as const;
  return parts
    .flatMap(([rate, what]) => (rate === undefined ? [] : [`${Math.round(rate)} ${what}`]))
    .join(", ");
}

/** The slowest hundredth of a few hundred sales is four of them: one month says little. */
const monthRounds = 3;

/** [L2] */
async function aMonth({ sizes, folder, say }: BenchParts): Promise<Figure[]> {
  const { monthSales: sales, monthMovements: movements } = sizes.sync;
  const months: Month[] = [];
  for (let round = 1; round <= monthRounds; round++) {
    const month = await drainMonth(join(folder, `month ${round}`), { sales, movements });
    say(`  a month: ${month.seconds.toFixed(1)} s`);
    months.push(month);
  }
  const seconds = median(months.map((month) => month.seconds));
  const busyP99Ms = median(months.map((month) => month.busyP99Ms));
  const idleP99Ms = median(months.map((month) => month.idleP99Ms));
  return [
    atMost("sync-month-seconds", seconds, "s", 10),
    atMost("sync-selling-p99", busyP99Ms, "ms", 2 * idleP99Ms),
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
