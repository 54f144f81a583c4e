import { create } from "zustand";
import type { AnyFailure } from "../command/failure-text.ts";

interface NoticeState {
  /** The last failure a person has not got past yet; it never covers the cart. */
  readonly failure: AnyFailure | null;
  readonly show: (failure: AnyFailure) => void;
  readonly clear: () => void;
}

/** One calm banner for whatever went wrong last. */
export const useNotice = create<NoticeState>((set) => ({
  failure: null,
  show: (failure) => set({ failure }),
  clear: () => set({ failure: null }),
}));
