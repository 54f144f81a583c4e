import { create } from "zustand";
import type { Topics } from "../../host/contract/operations.ts";

interface CardRefusal {
  /**
   * Why the last card payment of this sale ended without approval; null when nothing is to be said.
   */
  readonly why: Topics["card-refused"]["why"] | null;
}

export const useCardRefusal = create<CardRefusal>(() => ({ why: null }));
