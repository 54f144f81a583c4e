import { create } from "zustand";
import type { AnyFailure } from "../command/failure-text.ts";

export interface Notice {
  readonly id: number;
  readonly failure: AnyFailure;
  /** A scan's failure stays until somebody has seen to it; the line of scans goes on meanwhile. */
  readonly ofScan: boolean;
}

interface NoticeState {
  /** What went wrong and was not seen to yet, the newest first. It never covers the cart. */
  readonly notices: readonly Notice[];
  readonly show: (failure: AnyFailure) => void;
  readonly showScan: (failure: AnyFailure) => void;
  /** Takes away what the next success makes stale; failed scans stay. */
  readonly clear: () => void;
  readonly dismiss: (id: number) => void;
}

const most = 9;
let nextId = 1;

/** One calm banner for whatever went wrong. */
export const useNotice = create<NoticeState>((set) => {
  const add = (failure: AnyFailure, ofScan: boolean) =>
    set(({ notices }) => ({
      notices: [
        { id: nextId++, failure, ofScan },
        ...notices.filter((notice) => notice.ofScan && !isSame(notice.failure, failure)),
      ].slice(0, most),
    }));
  return {
    notices: [],
    show: (failure) => add(failure, false),
    showScan: (failure) => add(failure, true),
    clear: () =>
      set(({ notices }) =>
        notices.every((notice) => notice.ofScan)
          ? { notices }
          : { notices: notices.filter((notice) => notice.ofScan) },
      ),
    dismiss: (id) =>
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  };
});

function isSame(a: AnyFailure, b: AnyFailure): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
