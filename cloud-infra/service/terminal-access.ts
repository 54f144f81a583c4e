import { timingSafeEqual } from "node:crypto";
import { uuidv7 } from "../../domain/values/id.ts";
import type { Clock, Random } from "../../domain/values/ports.ts";
import type { Enrolment } from "../../sync/protocol/wire.ts";
import { newEnrolmentCode, normaliseEnrolmentCode } from "./enrolment-code.ts";
import type { Caller } from "./receive-facts.ts";
import { RequestRefused } from "./request-refused.ts";
import { sha256Bytes } from "./sha256.ts";
import type { StorePort } from "./store-port.ts";

export interface Newcomer {
  readonly code: string;
  readonly name: string;
  /** SPKI, DER, base64: by it the store's other terminals will know this one. */
  readonly publicKey: string | null;
}

/** [H1] Vouches for a terminal's key towards the store's other terminals. */
export interface Certifier {
  /** Null when the key is none that can be vouched for. */
  certify(terminal: CertifiedTerminal): Promise<Certified | null>;
}

export interface CertifiedTerminal {
  readonly storeId: string;
  readonly terminalId: string;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
}

/** PEM both. */
export interface Certified {
  readonly certificate: string;
  readonly authority: string;
}

/** How terminals come to be known, and how they prove it. */
export interface TerminalAccess {
  /**
   * [A1] A code that makes one terminal of the store within `lifetimeMs`. The only time it is seen.
   * [R4] The terminal that it makes takes the place of `replaces`, which is lost. [A4] With `renews` it
   * makes none: that terminal gets another secret.
   */
  createCode(
    storeId: string,
    lifetimeMs: number,
    replaces?: string,
    renews?: string,
  ): Promise<string>;
  /**
   * [A1] Rejects with `RequestRefused` when the code is wrong, used or too old; which one is not
   * said.
   */
  enrol(newcomer: Newcomer): Promise<Enrolment>;
  /** [A2] Who holds `<terminalId>.<secret>`; null when nobody does. */
  authorise(token: string): Promise<Caller | null>;
}

export interface TerminalAccessWorld {
  readonly store: StorePort;
  readonly clock: Pick<Clock, "now">;
  readonly random: Random;
  /** Null where tills of a store do not speak with one another. */
  readonly certifier: Certifier | null;
}

const secretBytes = 32;
/** Compared with when a terminal is unknown, so that the answer takes as long. */
const nobodysHash = sha256Bytes("nobody");

export function createTerminalAccess({
  store,
  clock,
  random,
  certifier,
}: TerminalAccessWorld): TerminalAccess {
  return {
    async createCode(storeId, lifetimeMs, replaces, renews) {
      const code = newEnrolmentCode(random);
      await store.addEnrolmentCode({
        storeId,
        codeHash: sha256Bytes(normaliseEnrolmentCode(code)),
        expiresAtMs: clock.now() + lifetimeMs,
        ...{ replaces, renews },
      });
      return code;
    },

    async enrol({ code, name, publicKey }) {
      const secret = Buffer.from(random.bytes(secretBytes)).toString("base64url");
      const terminal = await store.redeemEnrolmentCode({
        codeHash: sha256Bytes(normaliseEnrolmentCode(code)),
        atMs: clock.now(),
        terminalId: uuidv7(clock, random),
        name,
        // A random secret of 256 bits cannot be guessed, so a fast hash is enough to hide it.
        secretHash: sha256Bytes(secret),
        publicKey,
      });
      if (terminal === null) {
        throw new RequestRefused(
          "BadRequest",
          "this enrolment code is not valid (wrong, already used, or too old); make a new one",
        );
      }
      const { storeId, terminalId, tillNumber } = terminal;
      const certified =
        publicKey === null ? null : await certifier?.certify({ storeId, terminalId, publicKey });
      return { storeId, terminalId, tillNumber, secret, ...certified };
    },

    async authorise(token) {
      const dot = token.indexOf(".");
      const terminal = dot < 0 ? null : await store.terminal(token.slice(0, dot));
      const expected = terminal?.secretHash ?? nobodysHash;
      const isHolder = timingSafeEqual(sha256Bytes(token.slice(dot + 1)), expected);
      if (terminal === null || !isHolder) return null;
      return { storeId: terminal.storeId, terminalId: terminal.terminalId };
    },
  };
}
