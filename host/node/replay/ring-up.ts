import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { assert } from "../../../domain/values/assert.ts";
import type { CartView, RegisterView } from "../../contract/views.ts";
import type { HostEndpoint } from "../../endpoint.ts";
import { createDay, type Manager } from "./day.ts";
import { createLines } from "./line.ts";
import { possibleIds, type ReplayWorld } from "./replay-world.ts";
import type { WallTime } from "./sales-dates.ts";
import type { SalesLine } from "./sales-row.ts";
import { createTillCalls, ReplayStopped, type TillCalls } from "./till-calls.ts";

export interface RingUpParts {
  readonly host: Pick<HostEndpoint, "call">;
  readonly world: ReplayWorld;
  /** The moment at which the store's clock shows a time of the file. */
  readonly momentOf: (time: WallTime) => number;
  readonly manager: Manager;
}

export interface RingUp {
  /**
   * Rings the lines of an invoice up as one sale or return: wholly, or not at all. `there`: an earlier
   * run of the replay did it already.
   */
  invoice(invoice: string, lines: readonly SalesLine[]): Promise<"rung-up" | "there">;
  /** Goods made because the catalogue lacked their code. */
  goodsAdded(): number;
  /** Counts and closes the last day. */
  end(): Promise<void>;
}

/** The most that one tender takes. */
const largestTenderMinor = 999_999_999;

/** Rings up through the till's own commands. Throws `ReplayStopped` where the till is not free for it. */
export async function createRingUp({
  host,
  world,
  momentOf,
  manager,
}: RingUpParts): Promise<RingUp> {
  const till = createTillCalls(host);
  const { terminal } = await till.ask("register.view", {});
  const day = await createDay(till, world, manager);
  const lines = createLines(till, taxCategoryOf(terminal));
  const mayBeThere = (await till.ask("receipt.list", { limit: 1 })).length > 0;

  async function isThere(seed: string, atMs: number): Promise<boolean> {
    if (!mayBeThere) return false;
    for (const saleId of possibleIds(seed, atMs)) {
      if ((await till.attempt("receipt.get", { saleId })).ok) return true;
    }
    return false;
  }

  return {
    async invoice(invoice, wanted) {
      const [first] = wanted;
      assert(first !== undefined, "an invoice to ring up has lines");
      const atMs = momentOf(first.time);
      const seed = seedOf(invoice, wanted);
      if (await isThere(seed, atMs)) {
        world.setTime(atMs);
        return "there";
      }
      await day.on(first.time.date, atMs);
      let cart: CartView | null = null;
      for (const line of wanted) cart = await lines.add(line);
      assert(cart !== null && amountOf(cart) === amountOfLines(wanted), "the sale is the invoice");
      // The document's id follows from what is in it: whoever comes again finds it.
      world.setSeed(seed);
      await pay(till, cart);
      world.setSeed(null);
      await turn(); // The print loop has its say.
      return "rung-up";
    },
    goodsAdded: () => lines.goodsAdded(),
    async end() {
      await day.close();
      await turn();
    },
  };
}

/** What an invoice is: its number and its lines. Another file that holds it as well brings nothing new. */
function seedOf(invoice: string, lines: readonly SalesLine[]): string {
  const hash = createHash("sha256").update(invoice);
  for (const { code, quantity, unitPriceMinor, time } of lines) {
    hash.update(`\n${code}\t${quantity}\t${unitPriceMinor}\t${time.date}\t${time.secondOfDay}`);
  }
  return hash.digest("hex");
}

function taxCategoryOf({ taxCategories }: RegisterView["terminal"]): string {
  const category = taxCategories.find((name) => name === "standard") ?? taxCategories[0];
  if (category === undefined) throw new ReplayStopped("The store has no tax category to sell in.");
  return category;
}

function amountOf({ lines }: CartView): number {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function amountOfLines(lines: readonly SalesLine[]): number {
  return lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
}

/** Exact cash, in as many parts as one tender's limit makes; a refund, and a total of nothing, at once. */
async function pay(till: TillCalls, { dueMinor }: CartView): Promise<void> {
  if (dueMinor <= 0) {
    const { cart } = await till.ask("tender.refund-cash", {});
    assert(cart === null, "what is owed was given back");
    return;
  }
  for (let leftMinor = dueMinor; leftMinor > 0; leftMinor -= largestTenderMinor) {
    const { cart } = await till.ask("tender.cash", {
      amountMinor: Math.min(leftMinor, largestTenderMinor),
    });
    assert((cart === null) === leftMinor <= largestTenderMinor, "exact cash completes the sale");
  }
}
