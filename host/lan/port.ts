import type { Head, PushRequest, PushResponse, ChangePage } from "../../sync/protocol/wire.ts";
import type { Transport } from "../../sync/engine/ports.ts";
import type { LanAnswer, LanAsk, LanMessage } from "./messages.ts";

/**
 * [H2] The tills of one store, on their own network. Shells bring the real one (TLS, multicast), the
 * simulator its own.
 */
export interface StoreNetwork {
  /** This till's relay, for whoever chooses it as the hub; from now on others may. */
  serve(relay: Relay): void;
  /**
   * [H3] The line to the hub, whichever till it is at the moment. `acked` is how far the cloud
   * has this till's journal: what a hub that is new to it need not have.
   */
  line(acked: () => Head): Transport;
  /** [H2] The till chosen as the hub; null while there is none. Called at once, and at each change. */
  onHub(listener: (hub: Hub | null) => void): void;
  /** [H4] Asks the hub for a suspended sale: which till may take it; null when no hub answers in time. */
  claim(suspensionId: string): Promise<string | null>;
  /** [H6] Asks the hub. Rejects with `TransportError`. */
  ask<M extends LanMessage>(message: M, input: LanAsk<M>): Promise<LanAnswer<M>>;
  close(): Promise<void>;
}

export interface Hub {
  /** Of one till in one run: what is known of a hub ends with either. */
  readonly hubId: string;
  readonly tillNumber: number;
  readonly isSelf: boolean;
}

/** A till of this store that speaks to the hub, as its certificate proved. */
export interface Peer {
  readonly terminalId: string;
  /** Whether `signature` (base64) is this till's word for a text. */
  signed(text: string, signature: string): boolean;
}

export interface SignedPush extends PushRequest {
  /** [H3] The pusher's word for its chain after the last fact, see `signedText`. */
  readonly signature: string;
}

/**
 * [H3] What a hub does for the store's tills. Calls are synchronous and throw `RelayRefused` for what
 * is wrong in itself.
 */
export interface Relay {
  head(peer: Peer, epoch: number, acked: Head): Head;
  push(peer: Peer, request: SignedPush): Omit<PushResponse, "serverTimeMs">;
  changes(
    peer: Peer,
    after: number,
    limit: number,
    /** [H6] Own facts of the peer are left out up to here, where the hub has the same; without it all. */
    held?: Head | null,
  ): Pick<ChangePage, "cursor" | "upTo" | "changes">;
  /** [H6] Facts of the peer that others told of and its pushes did not; after `after`. */
  lost(peer: Peer, after: number): LostPage;
  /** [H6] Which of the facts are not known here. */
  unknown(facts: readonly TheirFact[]): string[];
  /** [H6] What the peer heard of from another hub. */
  hearsay(bodies: readonly string[]): void;
  /** The position of the last batch: a caller that has read so far waits for more. */
  end(): number;
  onGrowth(listener: () => void): () => void;
  /** The till that may take a suspended sale: whoever asked first. */
  claim(peer: Peer, suspensionId: string): string;
}

/** A fact by its name, and where its terminal said that it stands. */
export interface TheirFact {
  readonly id: string;
  readonly terminalId: string;
  readonly epoch: number;
  readonly seq: number;
}

export interface LostPage {
  /** To go on from. */
  readonly upTo: number;
  readonly bodies: string[];
}

/** The request cannot be served as it is; the message says why. */
export class RelayRefused extends Error {
  override readonly name = "RelayRefused";
}
