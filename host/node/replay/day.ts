import { assert } from "../../../domain/values/assert.ts";
import type { CartView, RegisterView } from "../../contract/views.ts";
import { isMadeByReplay, type ReplayWorld } from "./replay-world.ts";
import { ReplayStopped, type TillCalls } from "./till-calls.ts";

export interface Manager {
  readonly personId: string;
  readonly pin: string;
}

/** Who is signed in and which business day is open. */
export interface Day {
  /** Signs in, and opens a shift for `date` at `atMs`; closes the one of another day before it. */
  on(date: string, atMs: number): Promise<void>;
  /** Counts the drawer and closes the shift. */
  close(): Promise<void>;
}

const largestCountMinor = 9_999_999_999;

/** Throws `ReplayStopped` where a sale or a shift of somebody's own is open. */
export async function createDay(
  till: TillCalls,
  world: ReplayWorld,
  manager: Manager,
): Promise<Day> {
  const view = await till.ask("register.view", {});
  refuseForeignWork(view);
  let openDate = view.shift?.businessDate ?? null;
  let isSignedIn = false;

  async function signIn(): Promise<void> {
    if (isSignedIn) return;
    const answer = await till.attempt("session.sign-in", manager);
    if (!answer.ok) {
      const why = answer.failure.type;
      throw new ReplayStopped(`The manager could not sign in (${why}). Check --person and --pin.`);
    }
    isSignedIn = true;
    if (answer.value.cart !== null) await clearCounter(till, answer.value.cart);
  }

  async function close(): Promise<void> {
    if (openDate === null) return;
    await signIn();
    const { expectedMinor } = await till.ask("shift.count", { countedMinor: 0, denominations: [] });
    // More may have been given back than was taken in; a drawer holds no less than nothing.
    const countedMinor = Math.min(Math.max(0, expectedMinor), largestCountMinor);
    if (countedMinor > 0) await till.ask("shift.count", { countedMinor, denominations: [] });
    const reason = "No drawer holds what the file's day comes to";
    await till.ask("shift.close", countedMinor === expectedMinor ? {} : { reason });
    openDate = null;
  }

  return {
    async on(date, atMs) {
      // The day before ends with its last invoice, unless this run has not seen it.
      if (!isSignedIn) world.setTime(atMs);
      await signIn();
      if (openDate !== date) await close();
      world.setTime(atMs);
      if (openDate === date) return;
      const opened = await till.ask("shift.open", { floatMinor: 0 });
      assert(opened.shift?.businessDate === date, `the shift is of the file's day, ${date}`);
      openDate = date;
    },
    close,
  };
}

function refuseForeignWork({ cart, shift }: RegisterView): void {
  const hasForeignCart =
    cart !== null && cart.lines.length + cart.tenders.length > 0 && !isMadeByReplay(cart.cartId);
  if (hasForeignCart) {
    throw new ReplayStopped(
      "A sale is open at this till. Complete, suspend or void it first, or choose another --data folder.",
    );
  }
  if (shift !== null && !isMadeByReplay(shift.shiftId)) {
    throw new ReplayStopped(
      `The shift of ${shift.businessDate} is open at this till. Close it first, or choose another --data folder.`,
    );
  }
}

/** What an interrupted replay left on the counter goes, so that its invoice is rung up whole. */
async function clearCounter(till: TillCalls, cart: CartView): Promise<void> {
  for (const { tenderId } of cart.tenders) await till.ask("tender.remove", { tenderId });
  if (cart.lines.length > 0) {
    await till.ask("cart.void", { reason: "The replay was interrupted" });
  }
}
