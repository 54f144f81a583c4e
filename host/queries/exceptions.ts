import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";
import { exceptionView } from "../views/exception-view.ts";
import { parkedExport, parkedViews } from "../views/parked-view.ts";

const pageSize = 100;

export const listExceptions: Query<"exceptions.list"> = (till, input) =>
  ok(
    till.ledger.exceptions
      .list({
        withResolved: input.withResolved ?? false,
        terminalId: input.terminalId,
        limit: input.limit ?? pageSize,
        offset: input.offset ?? 0,
      })
      .map((row) => exceptionView(till, row)),
  );

export const listParked: Query<"parked.list"> = (till) => ok(parkedViews(till));

export const exportParked: Query<"parked.export"> = (till) => ok(parkedExport(till));
