import type { Clock, Log } from "../../domain/values/ports.ts";
import { TransportError } from "../../sync/engine/ports.ts";
import { type Candidate, chooseHub, silenceMs } from "./choose-hub.ts";
import { createHubLine, type HubTalk } from "./hub-line.ts";
import type { LanMessage } from "./messages.ts";
import type { Hub, Peer, Relay, StoreNetwork } from "./port.ts";
import { createRelayDoor } from "./relay-door.ts";

/** How tills hear one another: TLS and multicast, or a simulated wire. */
export interface Medium {
  /** Opens a door to this till's relay and says that it is here, until closed. Hears the others. */
  open(relay: Relay, onHeard: (candidate: Candidate) => void): Promise<OpenMedium>;
  /** A connection to another till's relay. */
  connect(candidate: Candidate): HubTalk;
}

export interface OpenMedium {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface StoreNetworkOptions {
  readonly medium: Medium;
  /** This till, as its own relay knows it. */
  readonly self: Peer;
  readonly tillNumber: number;
  /** Of this run of the till: what others know of its relay ends with it. */
  readonly life: string;
  /** This till's word for a text, base64. */
  readonly sign: (text: string) => string;
  readonly clock: Clock;
  readonly log: Log;
}

const lookEveryMs = 1_000;
/** A till that did not answer is not asked again for so long; its beacons may still be heard. */
const shunMs = 5_000;
/** A machine is often up before its network is. */
const openAgainMs = 5_000;
const claimTimeoutMs = 1_500;
const askTimeoutMs = 10_000;

interface Open {
  readonly own: Candidate;
  readonly toSelf: HubTalk;
  readonly medium: OpenMedium;
}

/** [H2] The till's place among the others: which of them is the hub, and what is said to it. */
export function createStoreNetwork(options: StoreNetworkOptions): StoreNetwork {
  const { medium, self, clock, log } = options;
  const { terminalId } = self;
  const heard = new Map<string, Candidate>();
  const superseded = new Set<string>();
  const shunned = new Map<string, number>();
  const listeners = new Set<(hub: Hub | null) => void>();
  let chosen: { readonly candidate: Candidate; readonly talk: HubTalk } | null = null;
  let open: Open | null = null;
  let cancelLook = () => {};
  let closed = false;

  const hubNow = () => chosen && hubOf(chosen.candidate, terminalId);

  /** Chooses anew; tells it when another till, or another life of it, is the hub now. */
  function look(): void {
    if (open === null || closed) return;
    const nowMs = clock.monotonicMs();
    const best = chooseHub(heard.values(), { ...open.own, heardMs: nowMs }, nowMs, shunned);
    const now = chosen?.candidate;
    if (best?.terminalId === now?.terminalId && best?.life === now?.life) return;
    chosen?.talk.close();
    chosen = best === null ? null : { candidate: best, talk: talkTo(best, open) };
    log.info("lan.hub", { till: best?.tillNumber ?? null });
    for (const listener of listeners) listener(hubNow());
  }

  function talkTo(candidate: Candidate, { toSelf }: Open): HubTalk {
    if (candidate.terminalId === terminalId) return toSelf;
    const talk = medium.connect(candidate);
    return {
      call: async (message, input, timeoutMs) => {
        try {
          return await talk.call(message, input, timeoutMs);
        } catch (error) {
          if (closed || chosen?.candidate !== candidate || isHubStill(message, error)) throw error;
          log.warn("lan.unanswered", { till: candidate.tillNumber, message, why: String(error) });
          shunned.set(candidate.terminalId, clock.monotonicMs() + shunMs);
          queueMicrotask(look);
          throw error;
        }
      },
      close: () => talk.close(),
    };
  }

  function hear(candidate: Candidate): void {
    const known = heard.get(candidate.terminalId);
    if (known !== undefined && known.life !== candidate.life) {
      // [R2] A cloned disk: of two machines with one name the one heard last is spoken to, as long as it is there.
      const isBack = superseded.has(candidate.life);
      if (isBack && clock.monotonicMs() - known.heardMs < silenceMs) return;
      superseded.delete(candidate.life);
      superseded.add(known.life);
    }
    heard.set(candidate.terminalId, candidate);
    if (known?.life !== candidate.life) look();
  }

  function lookOn(): void {
    look();
    cancelLook = clock.after(lookEveryMs, lookOn);
  }

  /** Tries until the network is there; says once that it is not. */
  function serve(relay: Relay, said = ""): void {
    const opening = medium.open(relay, hear).then((opened) => begin(relay, opened));
    opening.catch((error: unknown) => {
      const why = String(error);
      if (why !== said) log.error("lan.off", { why });
      if (closed || open !== null) return;
      cancelLook = clock.after(openAgainMs, () => serve(relay, why));
    });
  }

  function begin(relay: Relay, opened: OpenMedium): void {
    if (closed) return void opened.close();
    const { address, port } = opened;
    const { tillNumber, life } = options;
    const own = { terminalId, tillNumber, life, address, port, heardMs: 0 };
    open = { own, toSelf: talkToSelf(relay, options), medium: opened };
    lookOn();
  }

  const talk = () => chosen?.talk ?? null;
  return {
    serve: (relay) => serve(relay),
    line: (acked) => createHubLine({ talk, sign: options.sign, terminalId, acked }),
    onHub(listener) {
      listeners.add(listener);
      listener(hubNow());
    },
    async claim(suspensionId) {
      const answer = talk()?.call("claim", { suspensionId }, claimTimeoutMs);
      return answer?.then(({ holder }) => holder).catch(() => null) ?? null;
    },
    async ask(message, input) {
      const now = talk();
      if (now === null) throw new TransportError("unreachable", "No other till is heard.");
      return now.call(message, input, askTimeoutMs);
    },
    async close() {
      closed = true;
      cancelLook();
      chosen?.talk.close();
      await open?.medium.close();
    },
  };
}

/**
 * Whether the hub is one all the same: [U6] what is too large was never sent, and is sent again in parts;
 * [V3] one of the version before does not know the messages of [H6].
 */
function isHubStill(message: LanMessage, error: unknown): boolean {
  if (!(error instanceof TransportError)) return false;
  const isOfH6 = message === "lost" || message === "unknown" || message === "hearsay";
  return error.kind === "too-large" || (isOfH6 && error.kind === "refused");
}

/** The till is the hub itself: the same messages, without the network. */
function talkToSelf(relay: Relay, { self, clock }: StoreNetworkOptions): HubTalk {
  const door = createRelayDoor(relay, clock);
  return {
    call: async (message, input) => (await door(self, message, input)) as never,
    close() {},
  };
}

function hubOf({ terminalId, life, tillNumber }: Candidate, selfId: string): Hub {
  return { hubId: `${terminalId}/${life}`, tillNumber, isSelf: terminalId === selfId };
}
