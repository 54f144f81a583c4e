import type { AnyFact, FactPosition } from "../facts/fact.ts";
import type { ClockReading } from "../values/clock-reading.ts";
import { correctedTime } from "../values/clock-reading.ts";
import { present } from "../values/assert.ts";
import { sampleSale } from "./sample-sale.ts";
import { subjectOf } from "./decision.ts";

/**
 * A store's day made up from a seed: some tills with clocks that are wrong, that hear of each other
 * now and then, sell, receive, count the same shelves and answer questions. For tests.
 */
export interface SampleStore {
  /** By terminal, each in the order of its journal. */
  readonly journals: readonly (readonly AnyFact[])[];
  readonly storeMovements: readonly SampleMovement[];
  readonly skus: readonly string[];
}

export interface SampleMovement {
  readonly movementId: string;
  readonly sku: string;
  readonly deltaMilli: number;
  readonly reason: "opening";
  readonly atMs: number;
}

export type Chance = (below: number) => number;

interface SampleTill {
  readonly terminalId: string;
  readonly seed: number;
  readonly number: number;
  readonly skewMs: number;
  readonly facts: AnyFact[];
  epoch: number;
  seq: number;
  reading: ClockReading | null;
  /** How many facts of each other till, and of the store's movements, it has heard. */
  readonly heard: Map<string, number>;
  heardStore: number;
}

const startMs = Date.UTC(2026, 10, 23, 8);
const skus = ["milk", "bread", "tea"] as const;
const pauses = [5, 40, 800, 5_000, 60_000, 4 * 3_600_000];
const skews = [0, 30, -400, 2_500, -90_000, 7_200_000];

/** mulberry32 (public domain): the same seed, the same numbers. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export function sampleStore(seed: number, steps = 60): SampleStore {
  const chance = chanceOf(seed);
  const tills = Array.from({ length: 2 + chance(3) }, (_, i) => newTill(seed, i + 1, chance));
  const storeMovements: SampleMovement[] = [];
  let nowMs = startMs;
  for (let step = 0; step < steps; step++) {
    nowMs += 1 + chance(pick(pauses, chance));
    const till = pick(tills, chance);
    act({ till, tills, storeMovements, nowMs, chance });
  }
  return { journals: tills.map(({ facts }) => facts), storeMovements, skus };
}

/** [H5] The end of an older epoch may be handed on late: each epoch keeps its own order only. */
export function epochsApart({ journals, ...rest }: SampleStore): SampleStore {
  const byEpoch = (journal: readonly AnyFact[]) => Map.groupBy(journal, ({ epoch }) => epoch);
  return { ...rest, journals: journals.flatMap((journal) => [...byEpoch(journal).values()]) };
}

/** All facts in an order that keeps each journal's own; store movements anywhere between. */
export function shuffled(
  { journals, storeMovements }: SampleStore,
  chance: Chance,
): readonly (AnyFact | SampleMovement)[] {
  const queues: (AnyFact | SampleMovement)[][] = [
    ...journals.map((journal) => [...journal]),
    ...storeMovements.map((movement) => [movement]),
  ].filter((queue) => queue.length > 0);
  const order: (AnyFact | SampleMovement)[] = [];
  while (queues.length > 0) {
    const index = chance(queues.length);
    // Now and then a long run of one terminal: it was offline for a while.
    for (let run = chance(3) === 0 ? 20 : 1; run > 0; run--) {
      const next = queues[index]?.shift();
      if (next !== undefined) order.push(next);
    }
    if (queues[index]?.length === 0) queues.splice(index, 1);
  }
  return order;
}

function newTill(seed: number, number: number, chance: Chance): SampleTill {
  return {
    terminalId: `01900000-${seed.toString(16).padStart(4, "0")}-7000-8000-00000000000${number}`,
    seed,
    number,
    skewMs: pick(skews, chance),
    facts: [],
    epoch: 1,
    seq: 0,
    reading: null,
    heard: new Map(),
    heardStore: 0,
  };
}

interface Step {
  readonly till: SampleTill;
  readonly tills: readonly SampleTill[];
  readonly storeMovements: SampleMovement[];
  readonly nowMs: number;
  readonly chance: Chance;
}

function act(step: Step): void {
  const { till, chance } = step;
  const turn = chance(20);
  if (turn < 8) return sell(step);
  if (turn < 9) return move(step);
  if (turn < 12) return count(step);
  if (turn < 16) return hear(step);
  if (turn < 17) return measure(step);
  if (turn < 18) return decide(step);
  if (turn < 19) return stockUp(step);
  if (chance(4) === 0) {
    till.epoch += 1;
    till.seq = 0;
  }
}

function write(
  { till, nowMs }: Pick<Step, "till" | "nowMs">,
  type: AnyFact["type"],
  payload: object,
): void {
  till.seq += 1;
  const { terminalId, epoch, seq } = till;
  const id = idOf(till, epoch, seq);
  const shift = { businessDate: "2026-11-23", shiftId: idOf(till, 0, 0) };
  const fact = { terminalId, epoch, seq, id, type, atMs: nowMs - till.skewMs, ...shift, payload };
  till.facts.push(fact as unknown as AnyFact);
}

function idOf({ seed, number }: SampleTill, epoch: number, seq: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  return `0195d000-${hex(epoch, 4)}-7000-8${hex(number, 3)}-${hex(seed, 4)}${hex(seq, 8)}`;
}

function sell(step: Step): void {
  const { till, chance } = step;
  const sold = [pick(skus, chance), pick(skus, chance)].slice(0, 1 + chance(2));
  const saleId = idOf(till, till.epoch, till.seq + 1).replace("0195d000", "0195d001");
  const receiptNumber = `${till.number}-${till.epoch}${String(till.seq + 1).padStart(5, "0")}`;
  const isReturn = chance(8) === 0;
  const quantityMilli = (isReturn ? -1 : 1) * 1_000 * (1 + chance(3));
  const sale = sampleSale({ saleId, receiptNumber, skus: sold, quantityMilli });
  write(step, isReturn ? "return.completed" : "sale.completed", sale);
}

function move(step: Step): void {
  const { chance } = step;
  const lines = [{ sku: pick(skus, chance), deltaMilli: 1_000 * (1 + chance(9)) }];
  write(step, "stock.moved", { reason: "receiving", lines });
}

function measure(step: Step): void {
  const { till, nowMs, chance } = step;
  const uncertaintyMs = pick([5, 60, 1_500], chance);
  write(step, "clock.measured", { skewMs: till.skewMs, uncertaintyMs });
  till.reading = { atMs: nowMs - till.skewMs, skewMs: till.skewMs, uncertaintyMs };
}

/** Takes in what one other till wrote, or a part of it; and what the store moved. */
function hear({ till, tills, storeMovements, chance }: Step): void {
  till.heardStore += chance(storeMovements.length - till.heardStore + 1);
  const other = pick(tills, chance);
  if (other === till) return;
  const heard = till.heard.get(other.terminalId) ?? 0;
  till.heard.set(other.terminalId, heard + chance(other.facts.length - heard + 1));
}

function count(step: Step): void {
  const { till, nowMs, chance, storeMovements } = step;
  const counted = chance(3) === 0 ? skus : [pick(skus, chance)];
  const known = storeMovements.slice(0, till.heardStore);
  const lines = counted.map((sku) => {
    const times = known.filter((movement) => movement.sku === sku).map(({ atMs }) => atMs);
    const storeAtMs = times.length === 0 ? undefined : Math.max(...times);
    return { sku, countedMilli: 1_000 * chance(20), expectedMilli: 0, storeAtMs };
  });
  const { atMs } = correctedTime(nowMs - till.skewMs, till.reading);
  const countedAtMs = Math.max(atMs, newestKnown(step) + 1);
  write(step, "stock.counted", { lines, countedAtMs, applied: appliedBy(step) });
}

function newestKnown({ till, tills }: Step): number {
  const known = tills.flatMap((other) =>
    other === till ? other.facts : other.facts.slice(0, till.heard.get(other.terminalId) ?? 0),
  );
  const times = known.map((fact) => (fact.type === "stock.counted" ? fact.payload.countedAtMs : 0));
  return Math.max(0, ...times);
}

/** The last fact of each epoch of each other till that this one has heard. */
function appliedBy({ till, tills }: Step): FactPosition[] {
  const applied = new Map<string, FactPosition>();
  for (const other of tills) {
    if (other === till) continue;
    for (const { terminalId, epoch, seq } of other.facts.slice(
      0,
      till.heard.get(other.terminalId) ?? 0,
    )) {
      applied.set(`${terminalId} ${epoch}`, { terminalId, epoch, seq });
    }
  }
  return [...applied.values()];
}

function decide(step: Step): void {
  const { tills, chance } = step;
  const counts = tills.flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.type === "stock.counted" ? [fact] : [])),
  );
  if (counts.length === 0) return;
  const about = pick(counts, chance);
  const other = pick(tills, chance);
  const line = pick(about.payload.lines, chance);
  const { sku } = line;
  write(step, "exception.resolved", {
    exceptionId: "0",
    kind: "count-uncertain",
    subject: subjectOf({ countId: about.id, terminalId: other.terminalId, sku }),
    resolution: pick(["before", "after", "seen"], chance),
    ...(chance(3) === 0 ? {} : { through: { epoch: other.epoch, seq: 1 + chance(other.seq + 3) } }),
  });
}

function stockUp({ storeMovements, nowMs, chance }: Step): void {
  const sku = pick(skus, chance);
  const movementId = `opening:${sku}`;
  // As the cloud does: opening stock is stated once a good.
  if (storeMovements.some((movement) => movement.sku === sku)) return;
  const deltaMilli = 1_000 * (1 + chance(30));
  storeMovements.push({ movementId, sku, deltaMilli, reason: "opening", atMs: nowMs });
}

function pick<T>(list: readonly T[], chance: Chance): T {
  return present(list[chance(list.length)], "something to pick");
}
