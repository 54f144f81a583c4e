import { createHost } from "../../host/create-host.ts";
import type { Clock, Log } from "../../domain/values/ports.ts";
import type { RegisterView } from "../../host/contract/views.ts";
import type { HostEndpoint } from "../../host/endpoint.ts";
import type { StoreNetwork } from "../../host/lan/port.ts";
import { createStoreNetwork } from "../../host/lan/store-network.ts";
import { type Ledger, openLedger } from "../../ledger/ledger.ts";
import type { Transport } from "../../sync/engine/ports.ts";
import { createGraphqlTransport, usualTimeouts } from "../../sync/transport/graphql-transport.ts";
import type { CrashPlan } from "../world/cloud.ts";
import { peerOf, signerOf } from "../world/lan.ts";
import type { Life } from "../world/machine-clock.ts";
import { createWire } from "../world/wire.ts";
import { storeId } from "./template.ts";
import type { Identity, TillParts } from "./till.ts";

/** Who runs, and for which time. */
export interface RunName extends Identity {
  readonly name: string;
  readonly lives: number;
}

/** One run of a till's program: from the switch to the power cut. */
export interface Run {
  readonly life: Life;
  readonly host: HostEndpoint;
  readonly ledger: Ledger;
}

export interface RunHooks {
  /** Right before and right after every commit. */
  readonly boundary: (when: CrashPlan["when"], life: Life) => void;
  /** The register's screen shows this now. */
  readonly see: (view: RegisterView) => void;
  readonly log: (level: string, event: string, fields: object) => void;
}

/** Starts the real host on the ledger at `path`; only its world is made up. */
export function startRun(
  path: string,
  identity: RunName,
  parts: TillParts,
  { boundary, see, log: hear }: RunHooks,
): Run {
  const life: Life = { isOver: false };
  const clock = parts.clock.forLife(life);
  let ledger: Ledger | null = null;
  const opened = () => {
    if (ledger === null) throw new Error("the ledger is not open yet");
    return ledger;
  };
  const token = `${identity.terminalId}.${identity.secret}`;
  const wire = createWire({ link: parts.link, door: parts.door, clock, life, token });
  const terminal = { storeId, terminalId: identity.terminalId };
  const transport = createGraphqlTransport(wire, terminal, usualTimeouts);
  const logAt =
    (level: string) =>
    (event: string, fields: object = {}) => {
      if (!life.isOver) hear(level, event, fields);
    };
  const log = { info: logAt("info"), warn: logAt("warn"), error: logAt("error") };
  const world = {
    clock,
    random: parts.chance,
    log,
    network: networkOf(identity, parts, { life, clock, log }),
    transport: late(() => parts.plant.transport(transport, opened())),
    devices: {
      printer: parts.printer.forLife(life, clock),
      scanners: [],
      payment: parts.cards.forLife(life, clock),
    },
  };
  const host = createHost(world, {
    ledgerPath: path,
    locale: "en",
    enrolled: { ...terminal, tillNumber: identity.tillNumber },
    program: "simulated",
    open(at) {
      ledger = parts.plant.ledger(watched(openLedger(at), (when) => boundary(when, life)));
      return ledger;
    },
  });
  host.onEvent(({ topic, message }) => {
    if (!life.isOver && topic === "register") see(message);
  });
  return { life, host, ledger: opened() };
}

/** [H2] The till among the others, on days when there is a network to be on. */
function networkOf(
  identity: RunName,
  { lan }: TillParts,
  run: { readonly life: Life; readonly clock: Clock; readonly log: Log },
): StoreNetwork | null {
  if (lan === null) return null;
  const { life, clock, log } = run;
  const lifeName = `${identity.name}, life ${identity.lives}`;
  return createStoreNetwork({
    medium: lan.join({ ...identity, lifeName, life, clock }),
    self: peerOf(identity),
    sign: signerOf(identity.privateKey),
    life: lifeName,
    tillNumber: identity.tillNumber,
    ...{ clock, log },
  });
}

/** The dead do not notice that they are: what they still do is done to a disk that nobody keeps. */
function watched(ledger: Ledger, boundary: (when: CrashPlan["when"]) => void): Ledger {
  return {
    ...ledger,
    write(work) {
      const value = ledger.write(() => {
        const done = work();
        boundary("before");
        return done;
      });
      boundary("after");
      return value;
    },
  };
}

/** The ledger is opened after the transport is made. */
function late(make: () => Transport): Transport {
  let made: Transport | null = null;
  return new Proxy({} as Transport, {
    get: (_, name): unknown => Reflect.get((made ??= make()), name),
  });
}

/** The dead ask for nothing more, once what they were doing has run out. */
export function endRun({ life, ledger }: Run): void {
  life.isOver = true;
  setImmediate(() => ledger.close());
}
