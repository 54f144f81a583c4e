import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Language } from "../i18n/languages.ts";

interface Preferences {
  /** Null: as the host says. */
  readonly language: Language | null;
  readonly colours: "light" | "dark" | "auto";
  readonly muted: boolean;
}

/** What a person chose for this screen. Survives a restart; nothing of the shop's is here. */
export const usePreferences = create<Preferences>()(
  persist((): Preferences => ({ language: null, colours: "auto", muted: false }), {
    name: "evertill.preferences",
  }),
);
