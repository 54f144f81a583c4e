import { setImmediate as nextTurn } from "node:timers/promises";
import type { Log } from "../../domain/values/ports.ts";
import { createHost } from "../create-host.ts";
import type { HostEndpoint } from "../endpoint.ts";
import { cloudOffice, cloudTransport } from "./cloud-transport.ts";
import { makeDataFolder } from "./data-folder.ts";
import { newToken, openDoor } from "./door.ts";
import { enrolment, type KeptEnrolment } from "./enrolment.ts";
import { lanIdentity } from "./lan/identity.ts";
import { openStoreNetwork } from "./lan/store-network.ts";
import { openLogFile } from "./log-file.ts";
import { realClock, realRandom } from "./machine.ts";
import { closeDevices, openDevices } from "./open-devices.ts";
import { programName } from "./program-name.ts";
import { serveTill, type TillServer } from "./serve.ts";
import type { TillOptions } from "./till-options.ts";
import { whenCaughtUp } from "./when-caught-up.ts";

/** A till in this process, whatever shows its screens: plain Node and Electron share this one file. */
export interface RunningTill {
  readonly endpoint: HostEndpoint;
  readonly locale: string;
  /** Addresses for a browser, each good once; null when none are served. */
  readonly register: string | null;
  readonly backOffice: string | null;
  /** Resolves when a first sale can be rung up. */
  readonly sellable: Promise<void>;
  close(): Promise<void>;
}

/** After the till could sell, its first page comes before the client of the cloud is loaded. */
const pageFirstMs = 250;

/** Opens everything of a till. Throws what `explainStart` explains; nothing stays open then. */
export async function openTill(options: TillOptions): Promise<RunningTill> {
  makeDataFolder(options.folder);
  const log = openLogFile({ folder: options.folder.logs, name: "till" });
  const open: (() => Promise<void> | void)[] = [() => log.close(), () => log.info("till closed")];
  const closeAll = async () => {
    for (const close of open.splice(0).toReversed()) await close();
  };
  try {
    const enrolled = await enrol(options);
    const devices = openDevices(options, enrolled?.terminalId ?? "till", log);
    open.push(() => closeDevices(devices));
    const gate = Promise.withResolvers<void>();
    const transport = enrolled === null ? null : cloudTransport(enrolled, gate.promise, log);
    open.push(() => transport?.close());
    const office = enrolled === null ? null : cloudOffice(enrolled);
    const network = enrolled === null ? null : storeNetwork(enrolled, options, log);
    const machine = { clock: realClock, random: realRandom, log };
    const world = { ...machine, transport, office, devices, network };
    const endpoint = createHost(world, {
      ledgerPath: options.folder.ledger,
      locale: options.locale,
      enrolled: enrolled ?? undefined,
      program: programName(),
    });
    open.push(() => endpoint.close());
    const tokens = options.tokens.length > 0 ? options.tokens : [newToken(), newToken()];
    const server = await serve({ ...options, tokens }, endpoint, log);
    open.push(() => server?.close());
    const sellable = sellableOf(endpoint, options, gate.resolve);
    log.info("till opened", { pid: process.pid, port: server?.port ?? null });
    const { locale } = options;
    return { endpoint, locale, ...addresses(server, tokens), sellable, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function storeNetwork(enrolled: KeptEnrolment, { lan }: TillOptions, log: Log) {
  if (lan === null) return null;
  const identity = lanIdentity(enrolled);
  if (identity !== null) return openStoreNetwork({ ...lan, identity, clock: realClock, log });
  log.warn("lan.off", { why: "this till was enrolled without a certificate: enrol it again" });
  return null;
}

function enrol({ folder, store, ca, enrolmentCode }: TillOptions): Promise<KeptEnrolment | null> {
  return enrolment({ file: folder.enrolment, endpoint: store, ca, code: enrolmentCode });
}

/**
 * A till that knows its goods sells first and speaks to the cloud then; a new one, or one that was told to
 * wait for the catalogue, needs the cloud at once.
 */
async function sellableOf(
  endpoint: HostEndpoint,
  options: TillOptions,
  openGate: () => void,
): Promise<void> {
  let isSellable = false;
  const sellable = endpoint.whenSellable().then(() => {
    isSellable = true;
  });
  await nextTurn();
  if (isSellable && !options.waitForCatalogue) {
    realClock.after(pageFirstMs, openGate);
    return;
  }
  openGate();
  await sellable;
  if (options.waitForCatalogue) await whenCaughtUp(endpoint, realClock);
}

function serve(options: TillOptions, endpoint: HostEndpoint, log: Log): Promise<TillServer | null> {
  const { port, locale, pages, folder, tokens } = options;
  if (port === null) return Promise.resolve(null);
  const door = openDoor(folder.door, tokens);
  return serveTill({ endpoint, door, pages, locale, log, port });
}

/** The addresses of the launcher's tokens, in its order; a till started by hand makes its own. */
function addresses(server: TillServer | null, tokens: readonly string[]) {
  if (server === null) return { register: null, backOffice: null };
  return {
    register: `${server.origin}/?token=${tokens[0] ?? ""}`,
    backOffice: `${server.origin}/?token=${tokens[1] ?? ""}#/back-office`,
  };
}
