import { create } from "zustand";
import type { ProductView } from "../../host/contract/views.ts";

interface SearchState {
  readonly results: readonly ProductView[];
  /** The text that `results` answer; they are for nothing else. */
  readonly answeredText: string;
  /** Index of the result that Enter takes. */
  readonly lit: number;
}

/** What the catalogue found for what is being typed. */
export const useSearch = create<SearchState>(() => ({ results: [], answeredText: "", lit: 0 }));
