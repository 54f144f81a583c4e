import { useRegister } from "./register-store.ts";

/** Whether a manager is signed in at this till. The host asks again with every command. */
export function useIsManager(): boolean {
  return useRegister(({ view }) => view?.person?.role === "manager");
}
