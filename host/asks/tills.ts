import { ok } from "../../domain/values/result.ts";
import type { TillWord } from "../../sync/protocol/office.ts";
import type { SyncStatus } from "../../sync/engine/ports.ts";
import type { TillLine, TillRowView } from "../contract/office-views.ts";
import type { Till } from "../state/till.ts";
import { syncStatusOf } from "../views/network-view.ts";
import { type Ask, askCloud } from "./ask.ts";

/** A till speaks at least once a minute; two words missed is silence. */
const silentAfterMs = 150_000;

/** Every till of the store: this one as it stands, the others by their own word to the cloud. */
export const listTills: Ask<"tills.list"> = async (till) => {
  const words = await askCloud(till, (line) => line.tills());
  if (words !== null) till.tillWords = { atMs: till.world.clock.now(), words };
  const known = till.tillWords;
  const others = (known?.words ?? []).filter(
    ({ terminalId }) => terminalId !== till.terminal.terminalId,
  );
  const nowMs = till.world.clock.now();
  const { exceptions } = till.ledger;
  const rows = [thisTill(till), ...others.map((word) => otherTill(word, nowMs))].map((row) => {
    return { ...row, openExceptions: exceptions.openCount(row.terminalId) };
  });
  return ok({
    heardAtMs: known?.atMs ?? null,
    isFresh: words !== null,
    openExceptions: exceptions.openCount(),
    tills: rows.toSorted((a, b) => a.tillNumber - b.tillNumber),
  });
};

type Row = Omit<TillRowView, "openExceptions">;

function thisTill(till: Till): Row {
  const status = syncStatusOf(till);
  const { terminalId, tillNumber } = till.terminal;
  const own = till.tillWords?.words.find((word) => word.terminalId === terminalId);
  return {
    terminalId,
    tillNumber,
    name: own?.name ?? "",
    isThis: true,
    lastHeardAtMs: own?.lastHeardAtMs ?? status.provedAtMs,
    unsent: status.unsent,
    oldestUnsentAtMs: status.oldestUnsentAtMs,
    factsPerMinute: till.loops.factsPerMinute(),
    clockSkewMs: status.clockSkewMs,
    parked: till.ledger.sync.parked().length,
    line: lineOf(status),
    program: own?.report?.program ?? null,
  };
}

function lineOf({ connection, lastError }: SyncStatus): TillLine {
  // Down without a reason yet: the first question is on its way.
  return connection === "offline" && lastError === null ? "trying" : connection;
}

function otherTill(word: TillWord, nowMs: number): Row {
  const { report, lastHeardAtMs } = word;
  const isSilent = lastHeardAtMs === null || nowMs - lastHeardAtMs > silentAfterMs;
  const told = unsentOf(word);
  // Nobody knows what a silent one has sold since it said that it had nothing.
  const unsent = isSilent && told === 0 ? null : told;
  return {
    terminalId: word.terminalId,
    tillNumber: word.tillNumber,
    name: word.name,
    isThis: false,
    lastHeardAtMs,
    unsent,
    oldestUnsentAtMs: unsent === 0 ? null : (report?.oldestUnsentAtMs ?? null),
    factsPerMinute: isSilent ? null : (report?.factsPerMinute ?? null),
    clockSkewMs: report?.clockSkewMs ?? null,
    parked: word.parked,
    line: isSilent ? "silent" : "online",
    program: report?.program ?? null,
  };
}

/** Its journal's end by its own word, less what the cloud holds by now. */
function unsentOf({ report, epoch, seq }: TillWord): number | null {
  if (report === null) return null;
  if (report.epoch < epoch) return 0;
  return report.epoch > epoch ? report.seq : Math.max(0, report.seq - seq);
}
