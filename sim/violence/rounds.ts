import { setTimeout as pause } from "node:timers/promises";
import { createChance, type Chance } from "../world/chance.ts";
import { wrongAtAnyInstant, wrongAtRest, wrongWithAcknowledged } from "./checks.ts";
import { type CloudBooks, readCloudBooks } from "./cloud-books.ts";
import { commit, type FaultKind, faultKinds, needsStrace } from "./faults.ts";
import { onFrozenCopy } from "./frozen.ts";
import type { Member } from "./member.ts";
import { answerForPaper, untilAtRest } from "./rest.ts";
import { openShop, type Shop, type ShopTill } from "./shop.ts";
import { whyNoStrace } from "./strace.ts";
import { readTillBooks } from "./till-books.ts";

export interface ViolenceWish {
  readonly rounds: number;
  readonly seed: bigint;
  readonly tills: number;
  /** One line a round, for whoever watches. */
  readonly say: (line: string) => void;
  /**
   * The books are read and proved at rest every so many rounds; the tills' are proved at every
   * death.
   */
  readonly proveEvery: number;
  /** These kinds alone; all when it is empty. */
  readonly only: readonly FaultKind[];
}

export interface ViolenceReport {
  readonly seed: string;
  readonly rounds: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly skipped: readonly string[];
  /** Sales and returns that a till confirmed to its cashier. */
  readonly sales: number;
  readonly commands: number;
  readonly kinds: Readonly<Record<string, number>>;
  /**
   * Receipts of which a till did not know whether they were printed: it asked, and did not print
   * again.
   */
  readonly printedUnknown: number;
  /** Times at which a ledger was copied at any instant and proved. */
  readonly proofs: number;
  readonly restMs: { readonly median: number; readonly longest: number };
  readonly seconds: number;
  /** What was wrong; empty when every round held. */
  readonly failures: readonly string[];
  /** Kept when a round failed. */
  readonly folder: string | null;
}

/**
 * Real processes, real disks, real sockets, and violence: stops at the first round that does not
 * hold.
 */
export async function commitViolence(wish: ViolenceWish): Promise<ViolenceReport> {
  const beganMs = performance.now();
  const shop = await openShop({ tills: wish.tills, seed: wish.seed });
  const run = new Run(wish, shop);
  try {
    await run.all();
  } finally {
    await shop.close(run.failures.length > 0);
  }
  return run.report(Math.round((performance.now() - beganMs) / 100) / 10);
}

class Run {
  readonly failures: string[] = [];
  readonly #wish: ViolenceWish;
  readonly #shop: Shop;
  readonly #pick: Chance;
  readonly #counts = new Map<FaultKind, number>();
  readonly #restMs: number[] = [];
  readonly #noStrace = whyNoStrace();
  #done = 0;
  #proofs = 0;
  #unknown = 0;

  constructor(wish: ViolenceWish, shop: Shop) {
    this.#wish = wish;
    this.#shop = shop;
    this.#pick = createChance(wish.seed, "faults");
  }

  async all(): Promise<void> {
    let deck: FaultKind[] = [];
    for (let round = 1; round <= this.#wish.rounds && this.failures.length === 0; round++) {
      if (deck.length === 0) deck = this.#shuffledKinds();
      const kind = deck.pop() ?? "till killed";
      try {
        this.#wish.say(`${round}: ${kind}: ${await this.#round(round, kind)}`);
      } catch (error) {
        this.failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
      if (this.failures.length > 0) {
        this.#wish.say(`${round}: ${kind}: FAILED\n${this.failures.join("\n")}`);
      } else this.#done++;
    }
  }

  /** Every kind once before any comes again. */
  #shuffledKinds(): FaultKind[] {
    const { only } = this.#wish;
    const wanted = faultKinds.filter((kind) => only.length === 0 || only.includes(kind));
    const left = wanted.filter((kind) => this.#noStrace === null || !needsStrace(kind));
    const deck: FaultKind[] = [];
    while (left.length > 0) deck.push(...left.splice(this.#pick.below(left.length), 1));
    return deck;
  }

  async #round(round: number, kind: FaultKind): Promise<string> {
    const { tills } = this.#shop;
    for (const { cashier } of tills) cashier.goOn();
    await pause(this.#pick.between(50, 500));
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const onDead = (member: Member) => this.#proveDead(member);
    const what = await commit(kind, { shop: this.#shop, pick: this.#pick, round, onDead });
    await pause(this.#pick.between(50, 400));
    await this.#proveTill(this.#pick.pick(tills));
    const { tookMs, lastOpen } = await untilAtRest(this.#shop);
    this.#restMs.push(tookMs);
    for (const till of tills) this.#unknown += await answerForPaper(till);
    const isProof = round % this.#wish.proveEvery === 0 || round === this.#wish.rounds;
    if (isProof) await this.#proveAtRest();
    const waited = tookMs < 5_000 ? "" : ` (last: ${lastOpen})`;
    return `${what}; at rest after ${tookMs} ms${waited}`;
  }

  /** A till's own ledger, and for a server whose files were just left: what it owes the tills. */
  async #proveDead(member: Member): Promise<void> {
    const till = this.#shop.tills.find(({ name }) => name === member.name);
    if (till !== undefined) return this.#proveTill(till);
    const cloud = await this.#cloudBooks();
    for (const each of this.#shop.tills) await this.#proveTill(each, cloud);
  }

  async #proveTill(till: ShopTill, dead: CloudBooks | null = null): Promise<void> {
    const confirmed = [...till.cashier.notebook.confirmed];
    const books = await onFrozenCopy(till, (copy) => readTillBooks(copy, this.#shop.skus));
    this.failures.push(...wrongAtAnyInstant(till, books, confirmed));
    const cloud = dead ?? (await this.#cloudBooks());
    this.failures.push(...wrongWithAcknowledged(till, books, cloud));
    this.#proofs++;
  }

  async #proveAtRest(): Promise<void> {
    // What a person said of the paper is a fact, too.
    await untilAtRest(this.#shop);
    const cloud = await this.#cloudBooks();
    for (const till of this.#shop.tills) {
      const books = await onFrozenCopy(till, (copy) => readTillBooks(copy, this.#shop.skus));
      this.failures.push(...wrongAtAnyInstant(till, books, till.cashier.notebook.confirmed));
      this.failures.push(...wrongAtRest(this.#shop, till, books, cloud));
      this.#proofs++;
    }
  }

  #cloudBooks(): Promise<CloudBooks> {
    return onFrozenCopy(this.#shop.server, readCloudBooks);
  }

  report(seconds: number): ViolenceReport {
    const notebooks = this.#shop.tills.map(({ cashier }) => cashier.notebook);
    const sum = (each: (index: number) => number) =>
      notebooks.reduce((total, _, index) => total + each(index), 0);
    const kinds = Object.fromEntries(
      (["sale", "return", "card", "suspended", "copy"] as const).map((kind) => [
        kind,
        sum((index) => notebooks[index]?.kinds[kind] ?? 0),
      ]),
    );
    const sorted = this.#restMs.toSorted((a, b) => a - b);
    return {
      seed: String(this.#wish.seed),
      rounds: this.#done,
      faults: Object.fromEntries(this.#counts),
      skipped: this.#noStrace === null ? [] : [`power cuts: ${this.#noStrace}`],
      sales: sum((index) => notebooks[index]?.confirmed.length ?? 0),
      commands: sum((index) => notebooks[index]?.commands ?? 0),
      kinds,
      printedUnknown: this.#unknown,
      proofs: this.#proofs,
      restMs: { median: sorted[sorted.length >> 1] ?? 0, longest: sorted.at(-1) ?? 0 },
      seconds,
      failures: this.failures,
      folder: this.failures.length > 0 ? this.#shop.folder : null,
    };
  }
}
