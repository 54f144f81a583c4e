import type { ParkedExport, ParkedView } from "../contract/exception-views.ts";
import { exceptionDetailOf } from "../../sync/protocol/exceptions.ts";
import type { Till } from "../state/till.ts";

const mostExceptions = 1_000;

/** [U8] What the cloud could not apply: of this till by its own verdicts, of others by their exceptions. */
export function parkedViews(till: Till): ParkedView[] {
  const told = toldByExceptions(till);
  const own = ownParked(till).map((parked) => ({
    ...parked,
    exceptionId: told.find((other) => isSamePlace(other, parked))?.exceptionId ?? null,
  }));
  const others = told.filter((other) => !own.some((parked) => isSamePlace(other, parked)));
  return [...own, ...others];
}

/** Everything that is known here about what is parked; the cloud's own list has the rest. */
export function parkedExport(till: Till): ParkedExport {
  const facts = parkedViews(till).map((view) => ({ ...view, body: bodyOf(till, view) }));
  const { storeId, tillNumber } = till.terminal;
  const content = { program: "Evertill", storeId, tillNumber, facts };
  return {
    fileName: `parked-till-${tillNumber}.json`,
    facts: facts.length,
    json: JSON.stringify(content, null, 2),
  };
}

function ownParked(till: Till): ParkedView[] {
  const { terminalId, tillNumber } = till.terminal;
  return till.ledger.sync.parked().map(({ epoch, seq, reason }) => {
    const fact = factAt(till, epoch, seq);
    const { type = null, atMs = null } = fact ?? {};
    return { terminalId, tillNumber, epoch, seq, reason, type, atMs, exceptionId: null };
  });
}

function toldByExceptions(till: Till): ParkedView[] {
  const filter = { withResolved: false, kind: "parked", limit: mostExceptions, offset: 0 };
  return till.ledger.exceptions.list(filter).flatMap(({ exceptionId, kind, detail }) => {
    const told = exceptionDetailOf(kind, detail);
    if (told?.kind !== "parked") return [];
    const { terminalId, reason, facts } = told.detail;
    const tillNumber = till.ledger.terminals.tillNumber(terminalId);
    const unseen = { type: null, atMs: null };
    return facts.map((place) => ({
      ...{ terminalId, tillNumber, ...place, reason, ...unseen, exceptionId },
    }));
  });
}

function isSamePlace(a: ParkedView, b: ParkedView): boolean {
  return a.terminalId === b.terminalId && a.epoch === b.epoch && a.seq === b.seq;
}

function entryAt(till: Till, epoch: number, seq: number) {
  return till.ledger.journal.entries(epoch, seq - 1, 1)[0];
}

/** Of this till's own journal, where it can be read. */
function factAt(till: Till, epoch: number, seq: number) {
  const position = entryAt(till, epoch, seq)?.position;
  return position === undefined ? null : till.ledger.journal.at(position);
}

function bodyOf(till: Till, { terminalId, epoch, seq }: ParkedView): string | null {
  if (terminalId !== till.terminal.terminalId) return null;
  return entryAt(till, epoch, seq)?.body ?? null;
}
