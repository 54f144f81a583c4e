import { ok } from "../../domain/values/result.ts";
import type { Query } from "../commands/command.ts";
import { nameOf } from "../state/till.ts";

const pageSize = 50;

export const listShifts: Query<"shifts.list"> = (till, { limit, offset }) =>
  ok(
    till.ledger.shifts.list(limit ?? pageSize, offset ?? 0).map((shift) => {
      const isOurs = shift.terminalId === till.terminal.terminalId;
      return {
        shiftId: shift.shiftId,
        tillNumber: shift.tillNumber ?? 0,
        businessDate: shift.businessDate,
        openedAtMs: shift.openedAtMs,
        closedAtMs: shift.z?.closedAtMs ?? null,
        openedBy: nameOf(till, shift.openedBy),
        z: shift.z,
        running: isOurs && shift.z === null ? till.ledger.shifts.totals(shift.shiftId) : null,
      };
    }),
  );
