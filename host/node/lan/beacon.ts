import { createHash } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { z } from "zod";
import type { Clock, Log } from "../../../domain/values/ports.ts";
import type { Candidate } from "../../lan/choose-hub.ts";
import type { LanIdentity } from "./identity.ts";

/** Of the range for use within one organisation (RFC 2365, 239.192.0.0/14), and a port nobody has. */
const group = "239.195.47.80";
export const usualBeaconPort = 47_480;
const everyMs = 1_000;

const beaconSchema = z.object({
  evertill: z.literal(1),
  store: z.string().length(16),
  terminalId: z.guid(),
  tillNumber: z.int().positive(),
  port: z.int().min(1).max(65_535),
  life: z.string().min(1).max(32),
});

export interface BeaconOptions {
  readonly identity: LanIdentity;
  /** This machine's address on the store's network. */
  readonly address: string;
  /** UDP port of the beacons; the same on all tills of a store. */
  readonly beaconPort: number;
  /** Where this till's relay listens. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly onHeard: (candidate: Candidate) => void;
}

/**
 * [H2] Says each second that this till is here, and hears the others. A beacon proves nothing: it only
 * says where to knock; TLS says who opens. Resolves to a function that ends it.
 */
export async function startBeacon(options: BeaconOptions): Promise<() => void> {
  const { identity, address, beaconPort, port, clock, log, onHeard } = options;
  const { terminalId, tillNumber, life } = identity;
  const store = storeMark(identity.storeId);
  const said = Buffer.from(
    JSON.stringify({ evertill: 1, store, terminalId, tillNumber, port, life }),
  );
  const socket = await openSocket(address, beaconPort);
  let cancel = () => {};
  const say = () => {
    // A cable that is out is no news: the next beacon is a second away.
    socket.send(said, beaconPort, group, () => undefined);
    cancel = clock.after(everyMs, say);
  };
  socket.on("error", (error) => log.warn("lan.beacon", { why: error.message }));
  socket.on("message", (bytes, from) => {
    const beacon = readBeacon(bytes);
    if (beacon === null || beacon.store !== store || beacon.terminalId === terminalId) return;
    const { evertill: _, store: __, ...candidate } = beacon;
    onHeard({ ...candidate, address: from.address, heardMs: clock.monotonicMs() });
  });
  say();
  return () => {
    cancel();
    socket.close();
  };
}

function readBeacon(bytes: Buffer) {
  try {
    const parsed = beaconSchema.safeParse(JSON.parse(bytes.toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Tells stores on one wire apart without naming them. */
function storeMark(storeId: string): string {
  return createHash("sha256").update(storeId).digest("hex").slice(0, 16);
}

/** Rejects with the system's error: an address that is not this machine's, a network without multicast. */
function openSocket(address: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: "udp4", reuseAddr: true });
    socket.once("error", reject);
    socket.bind(port, () => {
      try {
        socket.addMembership(group, address);
        socket.setMulticastInterface(address);
        socket.setMulticastLoopback(true);
        socket.setMulticastTTL(1);
      } catch (error) {
        socket.close();
        reject(error);
        return;
      }
      socket.off("error", reject);
      resolve(socket);
    });
  });
}
