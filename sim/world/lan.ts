import { createPublicKey, sign, verify } from "node:crypto";
import type { Clock } from "../../domain/values/ports.ts";
import type { Candidate } from "../../host/lan/choose-hub.ts";
import type { HubTalk } from "../../host/lan/hub-line.ts";
import { lanMessages } from "../../host/lan/messages.ts";
import type { Peer, Relay } from "../../host/lan/port.ts";
import { createRelayDoor } from "../../host/lan/relay-door.ts";
import type { Medium } from "../../host/lan/store-network.ts";
import { TransportError } from "../../sync/engine/ports.ts";
import type { Chance } from "./chance.ts";
import type { Life } from "./machine-clock.ts";
import type { Schedule } from "./schedule.ts";

/** The store's own network: one wire between all tills, and a cable from each to it. */
export interface SimLan {
  /** The cable of this till is out, or in again. */
  setCut(name: string, isCut: boolean): void;
  /** What one run of a till's program has of the network. */
  join(machine: LanMachine): Medium;
}

export interface LanMachine {
  readonly name: string;
  readonly terminalId: string;
  readonly tillNumber: number;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
  /** Of this run; also the name by which others find its relay. */
  readonly lifeName: string;
  readonly life: Life;
  readonly clock: Clock;
}

interface Member extends LanMachine {
  readonly door: ReturnType<typeof createRelayDoor>;
  readonly hear: (candidate: Candidate) => void;
}

const beaconMs = 1_000;

/** Messages are text, so that nothing is shared; who dies while it answers says nothing more. */
export function createSimLan(schedule: Schedule, chance: Chance): SimLan {
  const members = new Map<string, Member>();
  const cut = new Set<string>();
  const travelMs = () => chance.between(1, 8);
  const reaches = (a: string, b: string) => !cut.has(a) && !cut.has(b);

  function say(member: Member): void {
    if (member.life.isOver) return;
    const { terminalId, tillNumber, lifeName, name } = member;
    const beacon = { terminalId, tillNumber, life: lifeName, address: name, port: 1 };
    for (const other of members.values()) {
      if (other.terminalId === terminalId || !reaches(name, other.name)) continue;
      schedule.after(travelMs(), () => {
        if (!other.life.isOver) other.hear({ ...beacon, heardMs: other.clock.monotonicMs() });
      });
    }
    member.clock.after(beaconMs, () => say(member));
  }

  return {
    setCut(name, isCut) {
      if (isCut) cut.add(name);
      else cut.delete(name);
    },
    join: (machine) => ({
      async open(relay: Relay, hear) {
        const member = { ...machine, hear, door: createRelayDoor(relay, machine.clock) };
        members.set(machine.lifeName, member);
        say(member);
        return {
          address: machine.name,
          port: 1,
          close: async () => void members.delete(machine.lifeName),
        };
      },
      connect: ({ life }) =>
        createTalk(machine, {
          hub: () => {
            const hub = members.get(life);
            return hub?.life.isOver === false && reaches(machine.name, hub.name) ? hub : null;
          },
          after: (task) => void schedule.after(travelMs(), task),
        }),
    }),
  };
}

interface Way {
  /** Null while it cannot be reached. */
  readonly hub: () => Member | null;
  readonly after: (task: () => void) => void;
}

function createTalk({ life, clock, ...machine }: LanMachine, { hub, after }: Way): HubTalk {
  const underWay = new Set<(error: TransportError) => void>();
  const peer = peerOf(machine);

  /** A person waits for the answer to a claim, and the world with them: it takes no time. */
  const travels = (message: string, task: () => void) =>
    message === "claim" ? task() : after(task);

  return {
    call(message, input, timeoutMs) {
      // The dead send nothing.
      if (life.isOver) return new Promise(() => undefined);
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const fail = (error: TransportError) => {
        if (!underWay.delete(fail) || life.isOver) return;
        cancel();
        reject(error);
      };
      const lost = () => fail(new TransportError("unreachable", "the till does not answer"));
      const cancel = clock.after(timeoutMs, () => fail(new TransportError("timeout", "silence")));
      underWay.add(fail);
      const text = JSON.stringify(input);
      travels(message, () => {
        const there = hub();
        if (there === null) return lost();
        const answered = there.door(peer, message, JSON.parse(text)).then(
          (answer) => ({ text: JSON.stringify(answer) }),
          (error: unknown) => ({ error: new TransportError("refused", String(error)) }),
        );
        void answered.then((answer) =>
          travels(message, () => {
            if (hub() !== there) return lost();
            if ("error" in answer) return fail(answer.error);
            if (!underWay.delete(fail) || life.isOver) return;
            cancel();
            resolve(lanMessages[message].answer.parse(JSON.parse(answer.text)));
          }),
        );
      });
      return promise as never;
    },
    close() {
      for (const end of underWay) end(new TransportError("unreachable", "closed"));
    },
  };
}

/** A till by its key. */
export function peerOf({
  terminalId,
  publicKey,
}: Pick<LanMachine, "terminalId" | "publicKey">): Peer {
  const spki = { key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" } as const;
  const key = createPublicKey(spki);
  return {
    terminalId,
    signed: (text, word) => verify("sha256", Buffer.from(text), key, Buffer.from(word, "base64")),
  };
}

/** Always of one length, so that chance in the signature makes no message longer. */
export function signerOf(privateKey: string): (text: string) => string {
  return (text) => {
    for (;;) {
      const word = sign("sha256", Buffer.from(text), privateKey).toString("base64");
      if (word.length === usualWordLength) return word;
    }
  };
}

/** Nearly all words of P-256 in DER come to 70 to 72 bytes. */
const usualWordLength = 96;
