import { useRegister } from "../../state/register-store.ts";

/**
 * Whether cash may be on the screen: to a manager always, to others only while no drawer of this till is
 * waiting for its blind count.
 */
export function useMaySeeCash(): boolean {
  return useRegister(
    ({ view }) =>
      view === null ||
      view.person?.role === "manager" ||
      view.shift === null ||
      view.shift.counted !== null,
  );
}
