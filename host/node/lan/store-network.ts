import { X509Certificate } from "node:crypto";
import { present } from "../../../domain/values/assert.ts";
import type { Clock, Log } from "../../../domain/values/ports.ts";
import type { StoreNetwork } from "../../lan/port.ts";
import { createStoreNetwork, type Medium } from "../../lan/store-network.ts";
import { startBeacon, usualBeaconPort } from "./beacon.ts";
import { createHubClient } from "./hub-client.ts";
import { serveHub } from "./hub-server.ts";
import { type LanIdentity, peerOf, signer } from "./identity.ts";

export interface StoreNetworkOptions {
  readonly identity: LanIdentity;
  /** This machine's address on the store's network. */
  readonly address: string;
  readonly beaconPort?: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** [H2] The real store network: TLS between the tills, beacons by which they find each other. */
export function openStoreNetwork(options: StoreNetworkOptions): StoreNetwork {
  const { identity, clock, log } = options;
  const certificate = new X509Certificate(identity.certificate);
  return createStoreNetwork({
    medium: realMedium(options),
    self: present(peerOf(certificate, identity.storeId), "this till's own certificate"),
    tillNumber: identity.tillNumber,
    life: identity.life,
    sign: signer(identity),
    ...{ clock, log },
  });
}

function realMedium(options: StoreNetworkOptions): Medium {
  const { identity, address, beaconPort = usualBeaconPort } = options;
  return {
    async open(relay, onHeard) {
      const server = await serveHub({ ...options, relay });
      const { port } = server;
      try {
        const stopBeacon = await startBeacon({ ...options, beaconPort, port, onHeard });
        return {
          ...{ address, port },
          async close() {
            stopBeacon();
            await server.close();
          },
        };
      } catch (error) {
        await server.close();
        throw error;
      }
    },
    connect: (candidate) => createHubClient(identity, candidate),
  };
}
