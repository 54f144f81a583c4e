import { codeSteps } from "./codes.ts";
import { customerSteps } from "./customers.ts";
import { disasterSteps } from "./disasters.ts";
import { giftCardSteps } from "./gift-cards.ts";
import { oddWishSteps } from "./odd-wishes.ts";
import { officeSteps } from "./office.ts";
import { ownerSteps } from "./owner.ts";
import { plannedPriceSteps } from "./planned-prices.ts";
import { shiftSteps } from "./shifts.ts";
import type { Step } from "./step.ts";
import { stockSteps } from "./stock.ts";
import { troubleSteps } from "./troubles.ts";

/** Everything that may happen in a shop; a new feature is a new entry. */
export const steps: readonly Step[] = [
  ...customerSteps,
  ...oddWishSteps,
  ...shiftSteps,
  ...troubleSteps,
  ...disasterSteps,
  ...ownerSteps,
  ...officeSteps,
  ...stockSteps,
  ...giftCardSteps,
  ...plannedPriceSteps,
  ...codeSteps,
];
