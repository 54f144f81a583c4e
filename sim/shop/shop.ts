import { generateKeyPairSync } from "node:crypto";
import type { Product } from "../../domain/catalogue/product.ts";
import type { StorePort } from "../../cloud-infra/service/store-port.ts";
import { type Book, createBook, newMemory } from "../oracle/book.ts";
import { type CardBook, createCardBook } from "../oracle/card-book.ts";
import { type CodeBook, createCodeBook } from "../oracle/code-book.ts";
import { createEditBook, type EditBook, type EditBookCopy } from "../oracle/edit-book.ts";
import { type CloudWatch, createCloudWatch } from "../oracle/cloud-watch.ts";
import { type Chance, createChance } from "../world/chance.ts";
import { type Cloud, createCloud } from "../world/cloud.ts";
import type { Disk } from "../world/disk.ts";
import { createFaults, type Faults } from "../world/faults.ts";
import { createSimLan, type SimLan } from "../world/lan.ts";
import { createLink } from "../world/link.ts";
import { createMachineClock } from "../world/machine-clock.ts";
import { createSchedule, type Schedule } from "../world/schedule.ts";
import { createSimCardTerminal } from "./card-terminal.ts";
import { createGoods } from "./goods.ts";
import type { Plan } from "./plan.ts";
import { createSimPrinter } from "./printer.ts";
import { people, storeId, type Templates } from "./template.ts";
import { openWebShop, type WebShop } from "./web-shop.ts";
import {
  createSimTill,
  type Identity,
  type LedgerImage,
  type SimTill,
  type TillPlant,
} from "./till.ts";

/** One store in one seed: tills, cloud, people, and the book of what they saw. */
export interface Shop {
  readonly plan: Plan;
  readonly chance: Chance;
  readonly schedule: Schedule;
  readonly faults: Faults;
  readonly cloud: Cloud;
  /** Null on days without a network of the store's own. */
  readonly lan: SimLan | null;
  readonly watch: CloudWatch;
  readonly book: Book;
  readonly tills: SimTill[];
  /** Disk images that somebody has taken. */
  readonly images: { readonly till: SimTill; readonly image: LedgerImage }[];
  readonly backups: CloudBackup[];
  /** The head office's list of goods, as it was imported last. */
  readonly goods: Map<string, Product>;
  readonly edits: EditBook;
  readonly cards: CardBook;
  readonly codes: CodeBook;
  /** Who may sign in, by the owner's word. */
  readonly people: Set<string>;
  /** A price that nobody ever asked before. */
  freshPrice(): number;
  /** Adds a till: a new one with a new number, or a second machine that thinks it is this one. */
  addTill(of?: { readonly till: SimTill; readonly image: LedgerImage }): Promise<SimTill>;
  readonly trace: (line: string) => void;
  readonly lines: readonly string[];
  /** The first thing seen that must not be. */
  failure(): unknown;
  fail(error: unknown): void;
  readonly web: WebShop;
  /** The cloud stands on an older backup, and its tills may not have learnt of it yet. */
  hasBeenPutBack: boolean;
  end(): Promise<void>;
}

/** A copy of the cloud, and of what its owner had said until then. */
export interface CloudBackup {
  readonly path: string;
  readonly goods: ReadonlyMap<string, Product>;
  readonly people: ReadonlySet<string>;
  readonly edits: EditBookCopy;
  readonly moved: ReadonlyMap<string, number>;
}

/** Bugs put in on purpose, to see whether the checkers see them. */
export interface Plant extends TillPlant {
  readonly store: (store: StorePort, path: string) => StorePort;
}

export const noPlant: Plant = {
  ledger: (ledger) => ledger,
  transport: (transport) => transport,
  store: (store) => store,
};

export interface ShopParts {
  readonly seed: bigint;
  readonly plan: Plan;
  readonly disk: Disk;
  readonly templates: Templates;
  readonly plant: Plant;
  /** Keeps what happened, for a person to read. */
  readonly keepsTrace: boolean;
}

export async function openShop(parts: ShopParts): Promise<Shop> {
  const { seed, plan, disk, templates, plant } = parts;
  const schedule = createSchedule();
  const faults = createFaults();
  const book = createBook();
  const lines: string[] = [];
  const trace = (line: string) => {
    if (parts.keepsTrace)
      lines.push(`${(schedule.nowMs() / 1_000).toFixed(3).padStart(9)} ${line}`);
  };
  const cloudClock = createMachineClock(schedule, plan.opensAtMs, { skewMs: 0, driftPpm: 0 });
  const cloud = createCloud({
    disk,
    clock: cloudClock,
    random: createChance(seed, "cloud"),
    image: templates.cloud,
    plant: plant.store,
    onCrash() {
      faults.note("cloud crashed");
      trace("the cloud loses power");
      restartSoon(() => cloud.start());
    },
  });
  let failure: unknown = null;
  let price = 1_000;
  const fail = (error: unknown) => {
    failure ??= error;
  };
  /** Somebody switches it on again. */
  const restartSoon = (start: () => void | Promise<void>) =>
    schedule.after(restarts.between(200, 30_000), () => {
      void Promise.resolve(start()).catch(fail);
    });
  const restarts = createChance(seed, "restarts");
  const tills: SimTill[] = [];
  const blank = { path: templates.ledger, memory: newMemory };

  function newTill(name: string, identity: Identity, image: LedgerImage): SimTill {
    const link = createLink(schedule, createChance(seed, `${name} link`), faults);
    const chance = createChance(seed, name);
    return createSimTill(
      name,
      identity,
      {
        ...{ disk, book, link, chance, plant, trace, cloudClock },
        clock: createMachineClock(schedule, plan.opensAtMs, plan.clockFaults(chance)),
        door: cloud,
        lan,
        printer: createSimPrinter(createChance(seed, `${name} printer`), faults),
        cards: createSimCardTerminal(createChance(seed, `${name} cards`), faults),
        onCrash(till) {
          faults.note("till crashed");
          restartSoon(() => till.start());
        },
        onViolation: fail,
      },
      image,
    );
  }

  const hasLan = plan.families.has("hub");
  const lan = hasLan ? createSimLan(schedule, createChance(seed, "lan")) : null;

  cloud.start();
  const shop: Shop = {
    ...{ plan, schedule, faults, cloud, book, tills, trace, lines, lan },
    chance: createChance(seed, "steps"),
    watch: createCloudWatch(),
    images: [],
    backups: [],
    goods: new Map(),
    edits: createEditBook(),
    cards: createCardBook(),
    codes: createCodeBook(),
    people: new Set(people.map(({ personId }) => personId)),
    freshPrice() {
      price += 1;
      return price;
    },
    failure: () => failure,
    fail,
    web: await openWebShop(cloud, book),
    hasBeenPutBack: false,
    async addTill(of) {
      const name = of === undefined ? `till ${tills.length + 1}` : `${of.till.name}'s twin`;
      const till = newTill(name, of?.till.identity ?? (await enrol(cloud)), of?.image ?? blank);
      // From now on each of the two hears of the other's numbers.
      for (const twin of of === undefined ? [] : [till, of.till]) twin.remember({ isCopy: true });
      tills.push(till);
      await till.start();
      return till;
    },
    async end() {
      for (const till of tills) till.stop();
      shop.watch.close();
      await cloud.stop();
    },
  };
  await createGoods(shop);
  for (let n = 0; n < plan.tills; n++) await shop.addTill();
  return shop;
}

async function enrol(cloud: Cloud): Promise<Identity> {
  const { access } = cloud.owner();
  const code = await access.createCode(storeId, 60_000);
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const publicKey = pair.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const enrolled = await access.enrol({ code, name: "Simulated till", publicKey });
  return { ...enrolled, publicKey, privateKey };
}

/** Sales that somebody has, which therefore must reach the cloud. */
export function heldSales({ tills, web }: Shop): Set<string> {
  return new Set([...tills.flatMap((till) => till.memory().saleIds), ...web.saleIds()]);
}
