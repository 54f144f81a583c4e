import type { Log } from "../../domain/values/ports.ts";
import type { Change } from "../protocol/wire.ts";
import type { Line } from "./line.ts";
import { type SyncLedger, type Transport, TransportError } from "./ports.ts";

export interface PullWorld {
  readonly ledger: SyncLedger;
  readonly transport: Transport;
  readonly line: Line;
  readonly log: Log;
  readonly pageLimit: number;
  readonly snapshotLimit: number;
  readonly onPage: (page: {
    readonly changes: readonly Change[];
    readonly feedEnd: number;
  }) => void;
  /** [R3] The feed has another past: the cloud was put back, and what it holds of us is not known. */
  readonly onRestored: () => void;
  /** [D2] A page of a snapshot was taken over. */
  readonly onSnapshot: () => void;
}

/**
 * One step of the download: [D2] the next page of a snapshot while one is under way, or when nothing
 * was ever read; else [D1] the next page of the store's feed.
 */
export async function pullOnce(world: PullWorld): Promise<"again" | "idle"> {
  const { ledger } = world;
  const underWay = ledger.snapshot();
  if (underWay !== null) return takeSnapshotPage(world, underWay.next);
  if (ledger.isNew()) {
    ledger.beginSnapshot("new-till");
    return "again";
  }
  return takeChanges(world);
}

/** [D1] Applies the next page of the store's feed together with its cursor. */
async function takeChanges(world: PullWorld): Promise<"again" | "idle"> {
  const { ledger, transport, line, log, pageLimit } = world;
  const cursor = ledger.cursor();
  const hearsay = ledger.hearsay();
  const query = hearsay.length === 0 ? ledger.seen() : { ...ledger.seen(), hearsay };
  const { answer: page } = await line.call(() =>
    transport.pull(cursor, pageLimit, ledger.acked(), query),
  );
  if (page.outcome === "snapshot") {
    const why = page.why ?? "too-old";
    log.warn("sync.feed.broken", { why, cursor, feedEnd: page.upTo });
    ledger.beginSnapshot(why);
    if (why === "cloud-restored") world.onRestored();
    return "again";
  }
  if (cursor > 0 && page.stamp !== null && ledger.seen().stamp === null) {
    // [V2] It was read in a version that leaves out what its tills do not know.
    log.warn("sync.feed.anew", { cursor });
    ledger.beginSnapshot("too-old");
    return "again";
  }
  if (page.upTo < cursor || page.cursor < cursor) {
    throw new TransportError(
      "refused",
      `The store's list of changes ends at ${page.upTo}, this till has read up to ${cursor}: ` +
        "the cloud was set back. Sales go on; ask for help to read the list anew.",
    );
  }
  const { stamp, passedOver, chain } = page;
  if (passedOver !== undefined && passedOver.length > 0) {
    log.warn("sync.change.unknown", { kinds: [...new Set(passedOver)].join(" ") });
  }
  if (page.cursor > cursor || stamp !== ledger.seen().stamp) {
    ledger.applyChanges(page.changes, page.cursor, { stamp, passedOver, chain });
  }
  if (hearsay.length > 0) ledger.placeHearsay(page.places ?? []);
  world.onPage({ changes: page.changes, feedEnd: page.upTo });
  return page.cursor < page.upTo ? "again" : "idle";
}

/** [D2] Asks for the next page and takes it over; the last one opens the feed again. */
async function takeSnapshotPage(world: PullWorld, next: string | null): Promise<"again"> {
  const { ledger, transport, line, log, pageLimit, snapshotLimit } = world;
  // A till that sells meanwhile takes less at once.
  const limit = ledger.isNew() ? snapshotLimit : pageLimit;
  const { answer: page } = await line.call(() => transport.snapshot(next, limit));
  if (page.outcome === "restart") {
    log.warn("sync.snapshot.restart", { asOf: page.asOf });
    ledger.beginSnapshot(ledger.snapshot()?.why ?? "too-old");
    return "again";
  }
  ledger.takeSnapshotPage(page);
  if (page.next === null) log.info("sync.snapshot.done", { rows: page.done, asOf: page.asOf });
  world.onSnapshot();
  return "again";
}
