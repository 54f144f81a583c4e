import type { Till } from "./fixtures.ts";
import type { StoreProcess } from "./store-process.ts";

/** Signs the demo store's manager in and opens the shift. */
export async function openShiftAsManager(till: Till, store: StoreProcess): Promise<void> {
  const manager = store.people.find(({ role }) => role === "manager");
  if (manager === undefined) throw new Error("the demo store has no manager");
  await till.signIn(manager);
  await till.openShift();
}
