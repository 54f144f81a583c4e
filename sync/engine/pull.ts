import type { Change } from "../protocol/wire.ts";
import type { Line } from "./line.ts";
import { type SyncLedger, type Transport, TransportError } from "./ports.ts";

export interface PullWorld {
  readonly ledger: SyncLedger;
  readonly transport: Transport;
  readonly line: Line;
  readonly pageLimit: number;
  readonly onPage: (page: {
    readonly changes: readonly Change[];
    readonly feedEnd: number;
  }) => void;
}

/** [D1] Applies the next page of the store's feed together with its cursor. */
export async function pullOnce(world: PullWorld): Promise<"again" | "idle"> {
  const { ledger, transport, line, pageLimit } = world;
  const cursor = ledger.cursor();
  const { answer: page } = await line.call(() => transport.pull(cursor, pageLimit, ledger.acked()));
  if (page.upTo < cursor || page.cursor < cursor) {
    throw new TransportError(
      "refused",
      `The store's list of changes ends at ${page.upTo}, this till has read up to ${cursor}: ` +
        "the cloud was set back. Sales go on; ask for help to read the list anew.",
    );
  }
  if (page.cursor > cursor) ledger.applyChanges(page.changes, page.cursor);
  world.onPage({ changes: page.changes, feedEnd: page.upTo });
  return page.cursor < page.upTo ? "again" : "idle";
}
