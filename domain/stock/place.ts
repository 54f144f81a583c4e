import type { FactPosition } from "../facts/fact.ts";

/** [C2] Store movements (opening stock) stand in no terminal's chain: they have this place. */
export const storePlace: FactPosition = {
  terminalId: "00000000-0000-0000-0000-000000000000",
  epoch: 1,
  seq: 1,
};

/** Negative when `a` stands before `b` in the journal of one terminal. */
export function comparePlaces(
  a: Pick<FactPosition, "epoch" | "seq">,
  b: Pick<FactPosition, "epoch" | "seq">,
): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}

/** Whether the chains up to `heads` hold the fact at `place`. */
export function covers(heads: readonly FactPosition[], place: FactPosition): boolean {
  return heads.some(
    ({ terminalId, epoch, seq }) =>
      terminalId === place.terminalId && epoch === place.epoch && seq >= place.seq,
  );
}
