import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";
import { exceptionView } from "../views/exception-view.ts";
import { parkedExport, parkedViews } from "../views/parked-view.ts";

const pageSize = 100;

export const listExceptions: Query<"exceptions.list"> = (till, { withResolved, limit, offset }) =>
  ok(
    till.ledger.exceptions
      .list({
        withResolved: withResolved ?? false,
        limit: limit ?? pageSize,
        offset: offset ?? 0,
      })
      .map((row) => exceptionView(till, row)),
  );

export const listParked: Query<"parked.list"> = (till) => ok(parkedViews(till));

export const exportParked: Query<"parked.export"> = (till) => ok(parkedExport(till));
