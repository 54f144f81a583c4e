import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";

/** Two months of choice; older dates are asked for by name. */
const mostDays = 62;

export const listDays: Query<"proof.days"> = (till) => ok(till.ledger.receipts.days(mostDays));
