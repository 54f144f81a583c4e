import type { Socket } from "node:net";
import { machineClock } from "../../cloud-infra/local/machine.ts";
import { openTcpProxy } from "../../cloud-infra/local/tcp-proxy.ts";

/** A link as a mobile modem has it. The way back is as bad as the way there. */
export interface LinkQuality {
  readonly bitsPerSecond: number;
  /** There and back. */
  readonly roundTripMs: number;
  /** Of 1,000 packets so many are lost, and sent again by TCP when nobody confirms them. */
  readonly lostPerMille: number;
  readonly seed: number;
}

/** A TCP proxy with such a link in the middle; what goes through it shares the link. */
export interface SlowLine {
  readonly port: number;
  /** Bytes that came through, both ways. */
  carried(): number;
  close(): Promise<void>;
}

/** What fits one packet of Ethernet. */
const packetBytes = 1_400;
/** A sender stops when so much of its data waits for the link. */
const windowBytes = 32_768;

export async function createSlowLine(targetPort: number, quality: LinkQuality): Promise<SlowLine> {
  const there = createLink(quality);
  const back = createLink({ ...quality, seed: quality.seed + 1 });
  const proxy = await openTcpProxy(targetPort, ({ near, far }) => {
    there.carry(near, far);
    back.carry(far, near);
  });
  return {
    port: proxy.port,
    carried: () => there.carried() + back.carried(),
    close: () => proxy.close(),
  };
}

function createLink({ bitsPerSecond, roundTripMs, lostPerMille, seed }: LinkQuality) {
  const random = createRandom(seed);
  let freeAtMs = 0;
  let carried = 0;

  /** When a packet that is sent now has arrived, however often it must be sent. */
  function arrivalMs(bytes: number): number {
    let sentAtMs = machineClock.monotonicMs();
    for (let tries = 0; ; tries++) {
      freeAtMs = Math.max(freeAtMs, sentAtMs) + (bytes * 8_000) / bitsPerSecond;
      if (random() * 1_000 >= lostPerMille || tries > 6) return freeAtMs + roundTripMs / 2;
      // TCP sees that the ones after it are confirmed, and sends it again: RFC 5681, 3.2.
      sentAtMs = freeAtMs + roundTripMs;
    }
  }

  return {
    carried: () => carried,
    carry(from: Socket, to: Socket): void {
      let waiting = 0;
      let lastMs = 0;
      from.on("data", (data) => {
        for (let at = 0; at < data.length; at += packetBytes) {
          const packet = data.subarray(at, at + packetBytes);
          // TCP hands on in order: what comes after a lost packet waits for it.
          lastMs = Math.max(lastMs, arrivalMs(packet.length));
          waiting += packet.length;
          setTimeout(() => {
            waiting -= packet.length;
            carried += packet.length;
            if (!to.destroyed) to.write(packet);
            if (waiting < windowBytes) from.resume();
          }, lastMs - machineClock.monotonicMs());
        }
        if (waiting >= windowBytes) from.pause();
      });
    },
  };
}

/** Numerical Recipes' generator: from 0 up to but not 1, the same for a seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
