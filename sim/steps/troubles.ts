import type { PrintJobView } from "../../host/contract/views.ts";
import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { type Cut, fairWeather } from "../world/link.ts";
import { ask } from "./ask.ts";
import { atTill, type Step } from "./step.ts";

const cuts: readonly Exclude<Cut, "open">[] = ["down", "up-lost", "down-lost", "half-open"];

/** A way to the cloud goes, and comes back after a while. */
function cut({ chance, schedule, faults, tills }: Shop): void {
  const till = chance.pick(tills);
  const { link } = till.parts;
  const kind = chance.pick(cuts);
  faults.note(`cut ${kind}`);
  link.setCut(kind);
  schedule.after(chance.between(500, 90_000), () => link.setCut("open"));
}

/** The store's own line goes: no till reaches the cloud. */
function cutAll({ chance, schedule, faults, tills }: Shop): void {
  const kind = chance.pick(cuts);
  faults.note(`cut ${kind} for all`);
  for (const { parts } of tills) parts.link.setCut(kind);
  schedule.after(chance.between(2_000, 180_000), () => {
    for (const { parts } of tills) parts.link.setCut("open");
  });
}

/** A till's cable to the store's own network is out for a while. */
function cutLan({ chance, schedule, faults, lan, tills }: Shop): void {
  const { name } = chance.pick(tills);
  faults.note("cut from the other tills");
  lan?.setCut(name, true);
  schedule.after(chance.between(1_000, 60_000), () => lan?.setCut(name, false));
}

function changeWeather({ chance, plan, tills }: Shop): void {
  const { link } = chance.pick(tills).parts;
  link.setWeather(chance.happens(300) ? fairWeather : plan.weather(chance));
}

function crashTill({ chance }: Shop, till: SimTill): void {
  if (chance.happens(300)) return till.crash();
  till.crashAt({ commits: chance.between(1, 12), when: chance.pick(["before", "after"]) });
}

function crashCloud({ chance, cloud }: Shop): void {
  if (!cloud.isUp()) return;
  if (chance.happens(300)) return cloud.crash();
  cloud.crashAt({ commits: chance.between(1, 25), when: chance.pick(["before", "after"]) });
}

function setClock({ chance, faults }: Shop, till: SimTill): void {
  faults.note("clock set");
  const size = chance.pick([1_000, 60_000, 3_600_000, 90_000_000]);
  till.parts.clock.jump(chance.between(-size, size));
}

const poison = [
  { type: "gift-card.sold", payload: { balanceMinor: 5_000 } },
  { type: "drawer.no-sale", payload: { reason: 7 } },
  { type: "person.signed-out", payload: { personId: "not an id" } },
  { type: "receipt.shredded", payload: {} },
];

/** A fact that this cloud cannot understand: of a newer program, or of a broken one. */
function writePoison({ chance, faults }: Shop, till: SimTill): void {
  faults.note("poison");
  const id = `0195d0ff-0000-7000-8000-${chance.between(2 ** 31, 2 ** 32 - 1).toString(16)}0000`;
  const fact = { ...chance.pick(poison), id, atMs: till.parts.clock.now() };
  const ledger = till.ledger();
  ledger.write(() => void ledger.append(till.identity.terminalId, fact as never));
}

function breakDevices({ chance, faults, schedule }: Shop, till: SimTill): void {
  const { printer, cards } = till.parts;
  faults.note("devices in trouble");
  printer.setTrouble({ offline: chance.happens(500), lostAnswers: 300 });
  cards.setTrouble({ declined: 300, lostAnswers: 300 });
  schedule.after(chance.between(5_000, 60_000), () => mendDevices(till));
}

export function mendDevices({ parts }: SimTill): void {
  parts.printer.setTrouble({ offline: false, lostAnswers: 0 });
  parts.cards.setTrouble({ declined: 0, lostAnswers: 0 });
}

/** A person looks at the paper and says what came out. */
async function lookAtPaper({ chance }: Shop, till: SimTill): Promise<void> {
  const jobs = await ask<PrintJobView[]>(till, "print.jobs");
  const unsure = jobs?.find(({ state }) => state === "unknown");
  if (unsure === undefined) return;
  await ask(till, "print.resolve", { jobId: unsure.jobId, printed: chance.happens(500) });
}

export const troubleSteps: readonly Step[] = [
  { name: "cut", family: "cuts", weight: 12, run: cut },
  { name: "cut all", family: "cuts", weight: 3, run: cutAll },
  { name: "cut from the other tills", family: "hub", weight: 6, run: cutLan },
  { name: "change weather", family: "weather", weight: 6, run: changeWeather },
  { name: "crash a till", family: "till-power", weight: 10, run: atTill(crashTill) },
  { name: "crash the cloud", family: "cloud-power", weight: 6, run: crashCloud },
  { name: "set a clock", family: "clocks", weight: 6, run: atTill(setClock) },
  { name: "write poison", family: "poison", weight: 5, run: atTill(writePoison) },
  { name: "break devices", family: "devices", weight: 5, run: atTill(breakDevices) },
  { name: "look at paper", family: "selling", weight: 4, run: atTill(lookAtPaper) },
];
