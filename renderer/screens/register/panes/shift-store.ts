import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { ZReport } from "../../../../domain/shift/z-report.ts";

/** How many pieces of each value were counted so far, by value in minor units. */
export type Pieces = Readonly<Record<number, number>>;

export type CountWay = "pieces" | "amount";

/** A count that is not finished: it survives leaving the pane and a restart of the screen. */
export interface CountDraft {
  readonly way: CountWay;
  readonly pieces: Pieces;
  readonly amountMinor: number;
}

interface ShiftDrafts {
  /** By shift; the float of the next shift under `openingDraft`. */
  readonly drafts: Readonly<Record<string, CountDraft>>;
  readonly reason: string;
}

/** The key of the float's draft, when there is no shift yet. */
export const openingDraft = "opening";

export const emptyCount: CountDraft = { way: "pieces", pieces: {}, amountMinor: 0 };
/** A float is mostly the same every morning: its amount is known before it is counted. */
export const emptyFloat: CountDraft = { ...emptyCount, way: "amount" };

/** What a person has typed and not sent. Nothing of the shop's is here. */
export const useShiftDrafts = create<ShiftDrafts>()(
  persist((): ShiftDrafts => ({ drafts: {}, reason: "" }), { name: "evertill.shift-drafts" }),
);

export function saveDraft(key: string, draft: CountDraft): void {
  useShiftDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }));
}

/** Sent: every draft of an older shift goes with it. */
export function dropDrafts(): void {
  useShiftDrafts.setState({ drafts: {}, reason: "" });
}

interface ShiftClosing {
  /** The close is on its way: the pane stays, whatever the register says meanwhile. */
  readonly closing: boolean;
  /** The stored Z of the shift just closed, until somebody has read it. */
  readonly closed: { readonly z: ZReport; readonly reason: string } | null;
}

export const useShiftClosing = create<ShiftClosing>(() => ({ closing: false, closed: null }));
