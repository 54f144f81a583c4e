import { canonicalJson, type Json } from "../../domain/facts/canonical.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import type { SyncLedger } from "../../sync/engine/ports.ts";
import { type FactPlace, mostHearsayAsked } from "../../sync/protocol/wire.ts";
import type { Terminal } from "../state/terminal.ts";
import { takeFact } from "./take-fact.ts";

/**
 * [H6] Asks the cloud where it holds what only the store's own network told. A terminal may have said it
 * again at another place, the feed have told of that before a snapshot was read instead, and the
 * snapshot have it in its levels: here it would count twice.
 */
export function createHearsayPlaces(
  ledger: Ledger,
  terminal: Terminal,
  write: (work: () => void) => void,
): Pick<SyncLedger, "hearsay" | "placeHearsay"> {
  let asked = { since: "", upTo: 0 };
  let askingUpTo = 0;

  /** The snapshot and the life of the cloud since which the feed told of everything. */
  function since(): string {
    const { stamp, read } = ledger.snapshot.seen();
    return `${stamp} ${read}`;
  }

  return {
    hearsay() {
      if (asked.since !== since()) asked = { since: since(), upTo: 0 };
      const rows = ledger.hearsay.after(asked.upTo, mostHearsayAsked);
      askingUpTo = rows.at(-1)?.no ?? asked.upTo;
      return rows.map(({ id }) => id);
    },
    placeHearsay(places) {
      asked = { ...asked, upTo: askingUpTo };
      if (places.length === 0) return;
      write(() => {
        const moved = places.map((place) => placeOne(ledger, terminal, place));
        if (moved.includes(true)) ledger.projections.settleStockAnew();
      });
    },
  };
}

/** As if the feed had told it. */
function placeOne(ledger: Ledger, terminal: Terminal, place: FactPlace): boolean {
  const known = ledger.sync.storeFactOf(place.id);
  if (known === null || known.terminalId !== place.terminalId) return false;
  const fact = parseBody(ledger.sync.storeFact(known.position));
  const { epoch, seq } = place;
  return takeFact(ledger, terminal, canonicalJson({ ...fact, epoch, seq } as unknown as Json));
}
