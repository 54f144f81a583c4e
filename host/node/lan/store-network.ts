import { X509Certificate } from "node:crypto";
import type { Clock, Log } from "../../../domain/values/ports.ts";
import { present } from "../../../domain/values/assert.ts";
import type { Hub, Relay, StoreNetwork } from "../../lan/port.ts";
import { startBeacon, usualBeaconPort } from "./beacon.ts";
import { type Candidate, chooseHub } from "./choose-hub.ts";
import { createHubClient } from "./hub-client.ts";
import { serveHub } from "./hub-server.ts";
import { type LanIdentity, peerOf, signer } from "./identity.ts";
import { createHubLine, type HubTalk } from "./hub-line.ts";
import { createRelayDoor } from "./serve-relay.ts";

export interface StoreNetworkOptions {
  readonly identity: LanIdentity;
  /** This machine's address on the store's network. */
  readonly address: string;
  readonly beaconPort?: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

const lookEveryMs = 1_000;
/** A till that did not answer is not asked again for so long; its beacons may still be heard. */
const shunMs = 5_000;
const claimTimeoutMs = 1_500;

/** [H2] The real store network: TLS between the tills, beacons by which they find each other. */
export function createStoreNetwork(options: StoreNetworkOptions): StoreNetwork {
  const { identity, clock, log } = options;
  const heard = new Map<string, Candidate>();
  const shunned = new Map<string, number>();
  const listeners = new Set<(hub: Hub | null) => void>();
  let chosen: { readonly candidate: Candidate; readonly talk: HubTalk } | null = null;
  let open: OpenRelay | null = null;
  let cancelLook = () => {};
  let closed = false;

  /** Chooses anew; tells it when another till, or another life of it, is the hub now. */
  function look(): void {
    if (open === null || closed) return;
    const self = { ...open.self, heardMs: clock.monotonicMs() };
    const best = chooseHub(heard.values(), self, clock.monotonicMs(), shunned);
    if (
      best?.terminalId === chosen?.candidate.terminalId &&
      best?.life === chosen?.candidate.life
    ) {
      return;
    }
    chosen?.talk.close();
    chosen = best === null ? null : { candidate: best, talk: talkTo(best, open) };
    log.info("lan.hub", { till: best?.tillNumber ?? null });
    for (const listener of listeners) listener(hubOf(best, identity));
  }

  function talkTo(candidate: Candidate, { self, door }: OpenRelay): HubTalk {
    if (candidate.terminalId === self.terminalId) return talkToSelf(door, identity);
    const client = createHubClient(identity, candidate);
    return {
      call: async (message, input, timeoutMs) => {
        try {
          return await client.call(message, input, timeoutMs);
        } catch (error) {
          if (closed || chosen?.candidate !== candidate) throw error;
          log.warn("lan.unanswered", { till: candidate.tillNumber, message, why: String(error) });
          shunned.set(candidate.terminalId, clock.monotonicMs() + shunMs);
          queueMicrotask(look);
          throw error;
        }
      },
      close: () => client.close(),
    };
  }

  const talk = () => chosen?.talk ?? null;
  const line = { talk, sign: signer(identity), terminalId: identity.terminalId };
  return {
    serve(relay) {
      openRelay(options, relay, (candidate) => {
        const isNew = heard.get(candidate.terminalId)?.life !== candidate.life;
        heard.set(candidate.terminalId, candidate);
        if (isNew) look();
      }).then(
        (opened) => {
          if (closed) return opened.close();
          open = opened;
          const again = () => {
            look();
            cancelLook = clock.after(lookEveryMs, again);
          };
          again();
          return undefined;
        },
        (error: unknown) => log.error("lan.off", { why: String(error), address: options.address }),
      );
    },
    line: (acked) => createHubLine({ ...line, acked }),
    onHub(listener) {
      listeners.add(listener);
      listener(hubOf(chosen?.candidate ?? null, identity));
    },
    async claim(suspensionId) {
      const answer = talk()?.call("claim", { suspensionId }, claimTimeoutMs);
      return answer?.then(({ holder }) => holder).catch(() => null) ?? null;
    },
    async close() {
      closed = true;
      cancelLook();
      chosen?.talk.close();
      await open?.close();
    },
  };
}

function hubOf(candidate: Candidate | null, { terminalId }: LanIdentity): Hub | null {
  if (candidate === null) return null;
  const { tillNumber, life } = candidate;
  const isSelf = candidate.terminalId === terminalId;
  return { hubId: `${candidate.terminalId}/${life}`, tillNumber, isSelf };
}

interface OpenRelay {
  readonly self: Candidate;
  readonly door: ReturnType<typeof createRelayDoor>;
  close(): Promise<void>;
}

async function openRelay(
  options: StoreNetworkOptions,
  relay: Relay,
  onHeard: (candidate: Candidate) => void,
): Promise<OpenRelay> {
  const { identity, address, clock } = options;
  const beaconPort = options.beaconPort ?? usualBeaconPort;
  const server = await serveHub({ ...options, relay });
  try {
    const { port } = server;
    const stopBeacon = await startBeacon({ ...options, beaconPort, port, onHeard });
    const { terminalId, tillNumber, life } = identity;
    return {
      self: { terminalId, tillNumber, address, port, life, heardMs: 0 },
      door: createRelayDoor(relay, clock),
      async close() {
        stopBeacon();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** The till is the hub itself: the same messages, without the network. */
function talkToSelf(door: OpenRelay["door"], identity: LanIdentity): HubTalk {
  const certificate = new X509Certificate(identity.certificate);
  const self = present(peerOf(certificate, identity.storeId), "this till's own certificate");
  return {
    call: async (message, input) => (await door(self, message, input)) as never,
    close() {},
  };
}
