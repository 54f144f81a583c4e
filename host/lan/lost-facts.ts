import type { Log } from "../../domain/values/ports.ts";
import type { Hearsay } from "../../ledger/tables/hearsay.ts";
import { parseBody } from "../../ledger/tables/journal.ts";
import { TransportError } from "../../sync/engine/ports.ts";
import { writeInLoop } from "../loops/write.ts";
import type { Till } from "../state/till.ts";
import type { Hub, StoreNetwork } from "./port.ts";

/** How often a till looks after what only the store's own network has told it. */
const everyMs = 5_000;
/** Facts at once. */
const pageOf = 500;
/** Of a request: a fact of some scripts takes three bytes a character. */
const charactersOfAPart = 700_000;

export interface LostFactsWorld {
  readonly till: Till;
  readonly network: Pick<StoreNetwork, "ask">;
  readonly hub: () => Hub | null;
  /** [H3] The hub has every fact of this till. */
  readonly isShared: () => boolean;
  /** Takes lost facts of our own in, inside a transaction. */
  readonly takeLost: (bodies: readonly string[]) => void;
  /** Facts were taken in. */
  readonly onFacts: () => void;
  readonly log: Log;
}

/**
 * [H6] What a till lost when its disk was put back to an older copy comes back from whoever heard of it:
 * every till tells a hub that is new to it what it heard of from others, asks it for its own, and
 * journals again what the cloud does not tell of.
 */
export function createLostFacts(world: LostFactsWorld): { stop(): void } {
  const { till, log } = world;
  const { clock } = till.world;
  const retell = createRetell(till);
  const tell = createTell(world);
  const fetch = createFetch(world);
  /** [V3] A hub of a version that knows nothing of this. */
  let deafHub = "";
  let stopped = false;
  let cancel = clock.after(everyMs, look);

  function look(): void {
    void once().finally(() => {
      if (!stopped) cancel = clock.after(everyMs, look);
    });
  }

  async function once(): Promise<void> {
    const hub = world.hub();
    try {
      retell();
      if (hub === null || hub.isSelf || hub.hubId === deafHub || !world.isShared()) return;
      await tell(hub);
      if (!stopped) await fetch(hub);
    } catch (error) {
      if (error instanceof TransportError && error.kind === "refused") deafHub = hub?.hubId ?? "";
      log.warn("lost-facts.failed", { why: String(error) });
    }
  }

  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}

/** What this till heard of, and the hub did not. */
function createTell({ till, network, hub }: LostFactsWorld): (to: Hub) => Promise<void> {
  let told = { hubId: "", upTo: 0 };
  return async (to) => {
    if (told.hubId !== to.hubId) told = { hubId: to.hubId, upTo: 0 };
    for (;;) {
      const rows = till.ledger.hearsay.after(told.upTo, pageOf);
      const last = rows.at(-1);
      if (last === undefined) return;
      const facts = rows.map(({ id, terminalId, epoch, seq }) => ({ id, terminalId, epoch, seq }));
      const { ids } = await network.ask("unknown", { facts });
      const unknown = new Set(ids);
      const bodies = rows.filter(({ id }) => unknown.has(id)).map(({ body }) => body);
      for (const part of inParts(bodies)) await network.ask("hearsay", { bodies: part });
      // Meanwhile another till may have become the hub.
      if (hub()?.hubId !== to.hubId) return;
      told = { ...told, upTo: last.no };
    }
  };
}

function inParts(bodies: readonly string[]): string[][] {
  const parts: string[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const body of bodies) {
    characters += body.length;
    if (characters > charactersOfAPart) {
      parts.push([]);
      characters = body.length;
    }
    parts.at(-1)?.push(body);
  }
  return parts;
}

/** Own facts that the hub heard of from others. */
function createFetch({ till, network, hub, takeLost, onFacts }: LostFactsWorld) {
  let read = { hubId: "", upTo: 0 };
  return async (from: Hub): Promise<void> => {
    if (read.hubId !== from.hubId) read = { hubId: from.hubId, upTo: 0 };
    for (;;) {
      const { upTo, bodies } = await network.ask("lost", { after: read.upTo });
      if (hub()?.hubId !== from.hubId || upTo === read.upTo) return;
      writeInLoop(till, () => takeLost(bodies));
      read = { ...read, upTo };
      onFacts();
    }
  };
}

/**
 * Lost facts of our own that the cloud, asked twice, has not told of: they are journaled again and reach it
 * by the ordinary way. [U3] One that it has after all has no second effect there.
 */
function createRetell(till: Till): () => void {
  const { ledger, terminal } = till;
  let waiting = new Set<number>();

  const isCaughtUp = () => {
    const status = till.loops.syncStatus();
    return status?.connection === "online" && status.cursor === status.feedEnd;
  };

  return () => {
    if (!isCaughtUp()) {
      waiting.clear();
      return;
    }
    const lost = ledger.hearsay.of(terminal.terminalId, 0, pageOf);
    const due = lost.filter(({ position }) => waiting.has(position));
    waiting = new Set(lost.map(({ position }) => position));
    if (due.length === 0) return;
    writeInLoop(till, () => {
      for (const fact of due) retellOne(till, fact);
      // [C2] They have places now.
      ledger.projections.settleStockAnew();
    });
    till.world.log.warn("ledger.lost-facts", { journaledAgain: due.length });
    till.loops.wakeSync();
  };
}

function retellOne({ ledger }: Till, { position, body }: Hearsay): void {
  const at = ledger.journal.retell(parseBody(body));
  ledger.hearsay.remove(position);
  ledger.hearsay.retold(position, at);
}
