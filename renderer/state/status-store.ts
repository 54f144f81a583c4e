import { create } from "zustand";
import type { StatusView } from "../../host/contract/views.ts";

interface StatusState {
  readonly view: StatusView | null;
  /** False while the host is away; a command sent now waits for it and is not lost. */
  readonly connected: boolean;
  /** True when the page is of another contract version than the host: it must be loaded again. */
  readonly outdated: boolean;
}

export const useStatus = create<StatusState>(() => ({
  view: null,
  connected: false,
  outdated: false,
}));
