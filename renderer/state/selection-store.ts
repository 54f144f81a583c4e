import { create } from "zustand";

interface Selection {
  /** The line that somebody chose with the arrows or a finger; null: the last one is meant. */
  readonly lineId: string | null;
}

export const useSelection = create<Selection>(() => ({ lineId: null }));
