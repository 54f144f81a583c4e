import type { Chance } from "../world/chance.ts";
import type { ClockFaults } from "../world/machine-clock.ts";
import { fairWeather, type Weather } from "../world/link.ts";

/**
 * What kind of day a seed is. Each draws its own few kinds of trouble (Groce and others, "Swarm
 * testing", 2012): where everything goes wrong at once, much never comes to pass.
 */
export interface Plan {
  readonly tills: number;
  readonly steps: number;
  /** Usual time between two steps, milliseconds. */
  readonly paceMs: number;
  /** Families of steps that this day has. */
  readonly families: ReadonlySet<Family>;
  /** True time when the shop opens, milliseconds since 1970. */
  readonly opensAtMs: number;
  clockFaults(chance: Chance): ClockFaults;
  weather(chance: Chance): Weather;
}

export type Family = (typeof families)[number] | (typeof laterFamilies)[number];

/** Selling is in every plan. */
const families = [
  "selling",
  "returns",
  "cuts",
  "weather",
  "till-power",
  "cloud-power",
  "disks",
  "twins",
  "backups",
  "clocks",
  "poison",
  "owner",
  "counts",
  "office",
  "people",
  "forgetting",
  "web",
  "devices",
  "shifts",
  "hub",
] as const;

/** Drawn after everything else: days of older seeds that have none of these are as they were. */
const laterFamilies = ["odd-wishes", "gift-cards", "planned-prices", "codes"] as const;

/** In 1,000 plans. What lames a shop for the rest of the day is rarer. */
const howOften: Readonly<Record<Family, number>> = {
  selling: 1_000,
  returns: 250,
  cuts: 600,
  weather: 600,
  "till-power": 500,
  "cloud-power": 400,
  disks: 250,
  twins: 150,
  backups: 200,
  clocks: 350,
  poison: 250,
  owner: 500,
  counts: 350,
  office: 400,
  people: 250,
  forgetting: 200,
  web: 400,
  devices: 300,
  shifts: 400,
  hub: 350,
  "odd-wishes": 300,
  "gift-cards": 300,
  "planned-prices": 250,
  codes: 200,
};

const tillCounts = [
  { count: 1, weight: 3 },
  { count: 2, weight: 5 },
  { count: 3, weight: 4 },
  { count: 4, weight: 2 },
  { count: 5, weight: 1 },
  { count: 6, weight: 1 },
  { count: 7, weight: 1 },
  { count: 8, weight: 1 },
] as const;

/** When the simulated shops open: 2026-11-23, 09:00 UTC. */
const morningMs = Date.UTC(2026, 10, 23, 9);
/** When 2026-11-24 begins in the shop. */
export const midnightMs = Date.UTC(2026, 10, 23, 23);

/** `needs`: families that this day has whatever chance says. */
export function drawPlan(chance: Chance, needs: readonly Family[] = []): Plan {
  const drawn = families.filter((family) => chance.happens(howOften[family]));
  const has = new Set<Family>([...drawn, ...needs]);
  // A till's disk and the cloud's both put back to before a sale: only other tills have heard of it.
  // With a network of their own they give it back ([H6]); without one a person must. So a person must
  // where a cloud forgot which of two machines with one name it believed.
  const isLost = has.has("disks") && !has.has("hub");
  if (has.has("twins") || isLost) has.delete("backups");
  const wildClocks = has.has("clocks");
  const tills = chance.weighed(tillCounts).count;
  const steps = chance.between(20, 52);
  const paceMs = chance.pick([300, 1_000, 3_000]);
  for (const family of laterFamilies) if (chance.happens(howOften[family])) has.add(family);
  return {
    ...{ tills, steps, paceMs },
    // Three minutes before a new business date begins in Berlin.
    opensAtMs: has.has("planned-prices") ? midnightMs - 180_000 : morningMs,
    families: has,
    clockFaults: (own) => ({
      skewMs: wildClocks ? own.between(-600_000, 600_000) : own.between(-2_000, 2_000),
      driftPpm: own.between(-200, 200),
    }),
    weather: (own) => (has.has("weather") ? drawWeather(own) : fairWeather),
  };
}

function drawWeather(chance: Chance): Weather {
  return {
    leastMs: chance.pick([2, 20, 200]),
    mostMs: chance.pick([300, 600, 2_000]),
    drop: chance.pick([0, 20, 100, 300]),
    duplicate: chance.pick([0, 50, 300]),
    delay: chance.pick([0, 50, 300]),
    delayMs: chance.pick([500, 5_000, 20_000]),
    bytesPerSecond: chance.pick([0, 0, 7_000, 50_000]),
  };
}
