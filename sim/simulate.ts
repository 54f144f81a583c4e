import type { SyncView } from "../host/contract/views.ts";
import { checkRest } from "./oracle/check-rest.ts";
import { checkStep } from "./oracle/check-step.ts";
import { dateInShop } from "./oracle/shop-date.ts";
import { prepared } from "./oracle/prepared.ts";
import { must, Violation } from "./oracle/violation.ts";
import { drawPlan, type Family } from "./shop/plan.ts";
import { noPlant, openShop, type Plant, type Shop } from "./shop/shop.ts";
import type { Templates } from "./shop/template.ts";
import { ask } from "./steps/ask.ts";
import { steps } from "./steps/table.ts";
import { mendDevices } from "./steps/troubles.ts";
import { createChance } from "./world/chance.ts";
import type { Disk } from "./world/disk.ts";
import { fairWeather } from "./world/link.ts";

/** What became of one seed. */
export interface Outcome {
  readonly seed: bigint;
  readonly steps: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly sales: number;
  /** How long the shop needed, in simulated time, until everything was proved equal. */
  readonly restMs: number;
  /** Null when the seed held. */
  readonly failure: { readonly rule: string; readonly what: string } | null;
  readonly trace: readonly string[];
}

export interface SimulateOptions {
  readonly seed: bigint;
  readonly disk: Disk;
  readonly templates: Templates;
  readonly plant?: Plant;
  readonly needs?: readonly Family[];
  readonly keepsTrace?: boolean;
}

/**
 * After the last fault everything must be proved equal within this simulated time: two polls of a
 * till that hears no pokes, one patient wait of a till that was refused, and the way there.
 */
const restLimitMs = 120_000;
const lookEveryMs = 2_000;

/** Runs one day in one shop. The same seed is the same day, to the last byte. */
export async function simulate(options: SimulateOptions): Promise<Outcome> {
  const { seed, disk, templates, plant = noPlant, needs, keepsTrace = false } = options;
  const plan = drawPlan(createChance(seed, "plan"), needs);
  const shop = await openShop({ seed, plan, disk, templates, plant, keepsTrace });
  let restMs = 0;
  let failure: Outcome["failure"] = null;
  try {
    await shop.schedule.run(5_000);
    for (let n = 0; n < plan.steps; n++) await oneStep(shop);
    restMs = await comeToRest(shop);
    checkStep(shop);
    checkRest(shop);
  } catch (error) {
    failure = describe(error);
  }
  await shop.end();
  return {
    seed,
    steps: plan.steps,
    faults: shop.faults.counts(),
    sales: shop.book.sales().length,
    restMs,
    failure,
    trace: shop.lines,
  };
}

function describe(error: unknown): { rule: string; what: string } {
  if (error instanceof Violation) return { rule: error.rule, what: error.message };
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { rule: "no-exceptions", what };
}

async function oneStep(shop: Shop): Promise<void> {
  const { chance, plan, schedule } = shop;
  const step = chance.weighed(steps.filter(({ family }) => plan.families.has(family)));
  shop.trace(`step: ${step.name}`);
  await step.run(shop);
  await schedule.run(chance.happens(20) ? 90_000 : chance.between(1, 2 * plan.paceMs));
  look(shop);
}

function look(shop: Shop): void {
  if (shop.failure() !== null) throw shop.failure();
  checkStep(shop);
}

/** Every fault ends; then the clock runs until nobody has anything left to say. */
async function comeToRest(shop: Shop): Promise<number> {
  shop.trace("every fault ends");
  const { cloud, tills, schedule, web } = shop;
  cloud.crashAt(null);
  cloud.start();
  for (const till of tills) {
    till.crashAt(null);
    till.parts.link.setWeather(fairWeather);
    till.parts.link.setCut("open");
    till.parts.lan?.setCut(till.name, false);
    mendDevices(till);
    await till.start();
  }
  web.sendAgain();
  await web.flush();
  const startMs = schedule.nowMs();
  for (;;) {
    await schedule.run(lookEveryMs);
    look(shop);
    const unrest = await unrestOf(shop);
    if (unrest === null) return schedule.nowMs() - startMs;
    const spentMs = schedule.nowMs() - startMs;
    must(spentMs < restLimitMs, "nothing-stuck", () => `after ${spentMs} ms still: ${unrest}`);
  }
}

const openSql = `
  SELECT (SELECT count(*) FROM card_payment WHERE state IN ('waiting', 'unknown', 'reversing'))
    + (SELECT count(*) FROM print_job WHERE state IN ('queued', 'sending')) AS count`;
const hearsaySql = "SELECT count(*) AS count FROM hearsay";

/** Who is not done yet, and why; null when all are. */
async function unrestOf({ tills, web, watch, cloud }: Shop): Promise<string | null> {
  if (!web.isAtRest()) return "the online shop has unsent sales";
  const now = watch.look(cloud.path());
  const feedEnd = now.feedEnd();
  const today = dateInShop(cloud.nowMs());
  for (const [sku, { pendingPrice }] of now.goods()) {
    if (pendingPrice !== undefined && pendingPrice.effectiveOn <= today) {
      return `the planned price of ${sku} has not begun`;
    }
  }
  for (const till of tills) {
    const view = await ask<SyncView>(till, "sync.view");
    const isDone = view?.network.provedEqual === true && view.cursor === feedEnd;
    if (!isDone) return `${till.name} (feed ends at ${feedEnd}): ${JSON.stringify(view)}`;
    const { database } = till.ledger();
    const open = prepared<[], { count: number }>(database, openSql).get()?.count;
    if (open !== 0) return `${till.name} has ${open} open payments and print jobs`;
    const hearsay = prepared<[], { count: number }>(database, hearsaySql).get()?.count;
    if (hearsay !== 0) return `${till.name} knows ${hearsay} facts that the cloud does not tell of`;
  }
  return null;
}
