import { setTimeout as pause } from "node:timers/promises";
import type { StatusView, SyncView } from "../../host/contract/views.ts";
import { sendCommand } from "../../renderer/command/send-command.ts";
import { originalsOf, readPaper } from "../../renderer/e2e/proof/records.ts";
import { lastFactOfOthers } from "./cloud-books.ts";
import type { Shop, ShopTill } from "./shop.ts";

/**
 * After the violence everybody rests, and within this time every till must be proved equal with the
 * cloud, know everything of the others, and have printed what waited.
 */
const restWithinMs = 30_000;

export interface Rest {
  /** Until all tills were at rest. */
  readonly tookMs: number;
  /** What was waited for last. */
  readonly lastOpen: string;
}

/** Resolves when all tills are at rest; rejects with what was still open. */
export async function untilAtRest(shop: Shop): Promise<Rest> {
  await Promise.all(shop.tills.map(({ cashier }) => cashier.rest()));
  for (const { cashier } of shop.tills) if (cashier.complaint !== null) throw cashier.complaint;
  const beganMs = performance.now();
  let lastOpen = "";
  for (;;) {
    const { database } = shop.server;
    const asked = await Promise.all(shop.tills.map((till) => openQuestion(till, database)));
    const open = asked.filter((what) => what !== null);
    const tookMs = Math.round(performance.now() - beganMs);
    if (open.length === 0) return { tookMs, lastOpen };
    lastOpen = open.join("; ");
    if (tookMs > restWithinMs) {
      throw new Error(`not at rest ${restWithinMs} ms after the violence: ${lastOpen}`);
    }
    await pause(40);
  }
}

/** What this till still waits for, or null. */
async function openQuestion(till: ShopTill, cloud: string): Promise<string | null> {
  const [sync, status] = await Promise.all([
    till.channel.call("sync.view", {}),
    till.channel.call("status.view", {}),
  ]);
  if (!sync.ok || !status.ok) return `${till.name} does not answer`;
  const why =
    whyNotSynced(sync.value, lastFactOfOthers(cloud, till.terminalId)) ??
    whyNotPrinted(status.value);
  return why === null ? null : `${till.name}: ${why}`;
}

function whyNotSynced(view: SyncView, lastChange: number): string | null {
  const { network, local, cloud, cursor } = view;
  if (!network.provedEqual || cloud?.seq !== local.seq || cloud.hash !== local.hash) {
    return `not proved equal (${network.state}, ${network.unsent} unsent, ${view.lastError ?? ""})`;
  }
  // By the cloud's books: a till that heard of nothing new would agree with itself.
  return cursor >= lastChange ? null : `at ${cursor} of ${lastChange} changes`;
}

function whyNotPrinted({ printQueue, ledgerProblem }: StatusView): string | null {
  if (ledgerProblem !== null) return `its ledger stands: ${ledgerProblem}`;
  return printQueue.waiting === 0 ? null : `${printQueue.waiting} print jobs wait`;
}

/**
 * A person looks at the paper for each job of unknown outcome, and says what is there. How many
 * there were.
 */
export async function answerForPaper({ channel, devices }: ShopTill): Promise<number> {
  const jobs = await channel.call("print.jobs", {});
  if (!jobs.ok) throw new Error("the till does not list its print jobs");
  const unknown = jobs.value.filter(({ state, kind }) => state === "unknown" && kind === "receipt");
  for (const { jobId, title } of unknown) {
    const printed = originalsOf(readPaper(devices), title).length > 0;
    await sendCommand(channel, "print.resolve", { jobId, printed });
  }
  return unknown.length;
}
