import type { Uuid } from "../values/id.ts";
import type { BusinessDate } from "../values/time.ts";
import type { FactPayloads } from "./payloads.ts";

/** Every kind of fact a terminal can put in its journal. */
export type FactType = keyof FactPayloads;

/** Where a fact stands: gap-free per `(terminalId, epoch)`, `seq` from 1. */
export interface FactPosition {
  readonly terminalId: Uuid;
  /** Grows when a ledger is restored from an old image or made anew; never reused. */
  readonly epoch: number;
  readonly seq: number;
}

/** What happened. Immutable for ever; its canonical text is what the hash chain covers. */
export interface Fact<T extends FactType = FactType> extends FactPosition {
  readonly id: Uuid;
  readonly type: T;
  readonly atMs: number;
  /** Absent outside a shift (enrolment, sign-in before opening). */
  readonly businessDate?: BusinessDate | undefined;
  readonly shiftId?: Uuid | undefined;
  /** The person who did it; absent for what the machine did by itself. */
  readonly actorId?: Uuid | undefined;
  readonly payload: FactPayloads[T];
}

/** A fact of any type whose `type` tells its payload: what `switch (fact.type)` wants. */
export type AnyFact = { [T in FactType]: Fact<T> }[FactType];
