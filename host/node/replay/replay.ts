import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { demoPeople, demoStore } from "../../../cloud-infra/local/demo-store.ts";
import type { Log } from "../../../domain/values/ports.ts";
import { openLedger } from "../../../ledger/ledger.ts";
import { verifyLedger } from "../../../ledger/verify.ts";
import type { Terminal } from "../../state/terminal.ts";
import { type DataFolder, holdsLedger } from "../data-folder.ts";
import type { Manager } from "./day.ts";
import type { Progress } from "./progress.ts";
import { type FileRungUp, ringUpFile } from "./ring-up-file.ts";
import type { SalesFile } from "./sales-file.ts";
import { isProved, startStoreServer, type StoreServer } from "./store-server.ts";
import { ReplayStopped } from "./till-calls.ts";

export interface ReplayParts {
  readonly file: SalesFile;
  readonly folder: DataFolder;
  readonly withStoreServer: boolean;
  /** Who rings up: the name of a manager and the PIN; null: the demo store's manager. */
  readonly manager: { readonly name: string; readonly pin: string } | null;
  readonly log: Log;
  readonly progress: Progress;
}

/** What the command prints. Amounts in minor units of `currency`. */
export interface ReplayReport extends FileRungUp {
  /** The ledger's chain and every table agree with its facts. */
  readonly verified: boolean;
  /** Till and store server hold the same journal, by number and hash; null without a store server. */
  readonly provedEqual: boolean | null;
  readonly journal: { readonly facts: number; readonly head: string | null };
  /** Facts that the store server set aside for a person to look at. */
  readonly parked: number;
  readonly seconds: number;
  readonly secondsOf: Readonly<Record<"ringUp" | "verify" | "send", number>>;
}

/** Rings the file up, proves the ledger, sends it, proves that both sides hold the same. */
export async function replay(parts: ReplayParts): Promise<ReplayReport> {
  const { folder, withStoreServer, log, progress } = parts;
  if (withStoreServer) refuseLonelyLedger(folder);
  const began = performance.now();
  const server = withStoreServer ? await startStoreServer(folder, log, progress) : null;
  try {
    const terminal = server === null ? await openAlone(folder) : undefined;
    await server?.pull();
    return await ringUpAndProve({ ...parts, terminal }, server, began);
  } finally {
    await server?.stop();
  }
}

async function ringUpAndProve(
  parts: ReplayParts & { readonly terminal: Terminal | undefined },
  server: StoreServer | null,
  began: number,
): Promise<ReplayReport> {
  const { file, folder, terminal, log, progress } = parts;
  const watch = stopwatch();
  const manager = managerOf(folder, parts.manager);
  const ledgerPath = folder.ledger;
  const rungUp = await ringUpFile({ file, ledgerPath, terminal, manager, log, progress });
  const ringUp = watch();
  progress.say(`Rung up ${rungUp.lines} rows of ${rungUp.invoices} invoices. Proving the ledger …`);
  const { verified, ...journal } = prove(folder, progress);
  const verify = watch();
  const view = server === null ? null : await server.push();
  const send = watch();
  return {
    ...rungUp,
    verified,
    provedEqual: view === null ? null : isProved(view),
    journal,
    parked: view?.parked.length ?? 0,
    seconds: secondsSince(began),
    secondsOf: { ringUp, verify, send },
  };
}

function prove(folder: DataFolder, progress: Progress) {
  const ledger = openLedger(folder.ledger);
  try {
    const { position: facts } = ledger.journal.head();
    const verdict = verifyLedger(ledger, (walked) => progress.step("facts proved", walked, facts));
    if (!verdict.intact) progress.say(`The ledger does not agree: ${JSON.stringify(verdict)}`);
    return { verified: verdict.intact, facts, head: verdict.intact ? verdict.headHash : null };
  } finally {
    ledger.close();
  }
}

/** A till that never heard of a store server gets the demo store's settings and people at once. */
async function openAlone(folder: DataFolder): Promise<Terminal | undefined> {
  const { settings, people } = await demoStore();
  const ledger = openLedger(folder.ledger);
  try {
    if (ledger.settings.get("terminal") !== null) return undefined;
    ledger.write(() => {
      ledger.settings.set("store", settings);
      for (const person of people) ledger.people.upsert(person);
    });
    return { terminalId: randomUUID(), storeId: settings.storeId, tillNumber: 1 };
  } finally {
    ledger.close();
  }
}

/** A ledger begins with whose it is: one that began without a store server cannot join one later. */
function refuseLonelyLedger(folder: DataFolder): void {
  if (!holdsLedger(folder) || existsSync(folder.enrolment)) return;
  throw new ReplayStopped(
    `The till in ${folder.root} belongs to no store server. Add --store-server off, or choose another --data folder.`,
  );
}

function managerOf(folder: DataFolder, wanted: ReplayParts["manager"]): Manager {
  const demo = demoPeople.find(({ role }) => role === "manager");
  const { name, pin } = wanted ?? demo ?? { name: "", pin: "" };
  const ledger = openLedger(folder.ledger);
  try {
    const person = ledger.people
      .active()
      .find((candidate) => candidate.name === name && candidate.role === "manager");
    if (person !== undefined) return { personId: person.personId, pin };
    throw new ReplayStopped(
      `The store has no manager named ${name}. Name one with --person, and the PIN in EVERTILL_PIN.`,
    );
  } finally {
    ledger.close();
  }
}

/** Seconds since the last call, or since it was made. */
function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const seconds = secondsSince(since);
    since = performance.now();
    return seconds;
  };
}

function secondsSince(startMs: number): number {
  return Math.round((performance.now() - startMs) / 100) / 10;
}
