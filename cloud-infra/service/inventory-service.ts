import type { Clock } from "../../domain/values/ports.ts";
import {
  type FactPlace,
  type Head,
  headSchema,
  isPushRequest,
  type PushRequest,
  type PushResponse,
  pushRequestSchema,
} from "../../sync/protocol/wire.ts";
import { createOfficeService, type OfficeService } from "./office-service.ts";
import type { SnapshotPage } from "../../sync/protocol/snapshot.ts";
import { createCloneWatch } from "./clone-watch.ts";
import { createPriceCalendar } from "./price-calendar.ts";
import {
  changeKinds1,
  oldestProtocolVersion,
  protocolVersion,
  unspokenVersion,
} from "../../sync/protocol/versions.ts";
import { type Caller, receiveFacts } from "./receive-facts.ts";
import { speaksFor } from "./relayed-caller.ts";
import { RequestRefused } from "./request-refused.ts";
import { sha256 } from "./sha256.ts";
import type { FeedPage, ParkedFact, StockLevel, StoreException, StorePort } from "./store-port.ts";

/** What a terminal may ask of its store's cloud. Inputs are parsed here: they come from outside. */
export interface InventoryService {
  readonly office: OfficeService;
  push(caller: Caller, request: unknown): Promise<PushResponse>;
  /** `acked`: how far the till was told that its epoch is held; [R3] less tells of a backup put back. */
  head(
    caller: Caller,
    epoch: number,
    acked?: number,
  ): Promise<Head & { readonly serverTimeMs: number }>;
  changes(caller: Caller, request: ChangesRequest): Promise<FeedPage>;
  /** [D2] A page of the store as it stands; `after` is what the page before said is next. */
  snapshot(caller: Caller, request: SnapshotRequest): Promise<SnapshotPage>;
  /** [D6] Forgets the feed's entries of facts received before `beforeMs`, in every store. */
  forgetFeedBefore(beforeMs: number): Promise<void>;
  exceptions(caller: Caller, limit: number): Promise<readonly StoreException[]>;
  parked(caller: Caller, limit: number): Promise<readonly ParkedFact[]>;
  stock(caller: Caller, skus: readonly string[]): Promise<readonly StockLevel[]>;
}

export interface ChangesRequest {
  readonly after: number;
  readonly limit: number;
  readonly held: unknown;
  /** [D5] The stamp that came with `after`. */
  readonly stamp?: string | null | undefined;
  /** [D2] Entries up to here a snapshot brought; facts are told all the same. */
  readonly known?: number | null | undefined;
  /** [D5] What the last page of that snapshot said of itself. */
  readonly read?: string | null | undefined;
  /** [V1] Absent from tills of version 1. */
  readonly protocol?: number | null | undefined;
  /** [H6] Ids of facts that only the store's own network told the till. */
  readonly hearsay?: readonly string[] | null | undefined;
}

export interface SnapshotRequest {
  readonly after: string | null;
  readonly limit: number;
}

export interface InventoryServiceWorld {
  readonly store: StorePort;
  readonly clock: Pick<Clock, "now">;
}

/** [D6] Far longer than a till is away, or a customer brings something back. */
export const usualRetentionMs = 90 * 24 * 3_600_000;

const maxPageEntries = 2_000;
/** Well below AppSync's limits, and a page that a till applies without a hitch. */
const maxPageBytes = 700_000;

export function createInventoryService({ store, clock }: InventoryServiceWorld): InventoryService {
  /** [R3] A till knows of what this database does not: a person should know why. */
  const noteRestored = ({ storeId, terminalId }: Caller, missing: number) =>
    store.noteRestored({ storeId, terminalId, atMs: clock.now(), missing });

  const watchClones = createCloneWatch(store, clock);
  const beginPrices = createPriceCalendar(store, clock);

  return {
    office: createOfficeService(store, clock),
    async push(pusher, input) {
      const request = parsePush(input);
      const caller = await speaksFor(store, pusher, request);
      const answer = await receiveFacts({ store, sha256, caller, request, atMs: clock.now() });
      const { ledgerId, epoch } = request;
      const isNew = answer.verdicts.some(({ verdict }) => verdict === "applied");
      if (ledgerId && isNew) await watchClones(caller, { epoch, ledgerId });
      const news = await store.latestNews(caller.storeId);
      return { ...answer, serverTimeMs: clock.now(), news };
    },

    async head(caller, epoch, acked = 0) {
      const head = await store.head(caller.terminalId, epoch);
      if (acked > head.seq) await noteRestored(caller, acked - head.seq);
      return { ...head, serverTimeMs: clock.now() };
    },

    async changes(caller, { after, limit, held, stamp, known, read, protocol, hearsay }) {
      // Those of version 1 do not say so.
      const version = protocol ?? 1;
      assertSpoken(version);
      await beginPrices(caller.storeId);
      const page = await store.changes({
        storeId: caller.storeId,
        after,
        limit: clamp(limit, maxPageEntries),
        maxBytes: maxPageBytes,
        without: await ownFactsHeld(store, caller, held),
        stamp,
        known: known ?? 0,
        read,
        terminalId: caller.terminalId,
      });
      if (page.why === "cloud-restored") await noteRestored(caller, 0);
      if (version === 1) return inVersion1(page);
      return hearsay ? { ...page, places: await placesHere(store, caller, hearsay) } : page;
    },

    snapshot: ({ storeId, terminalId }, { after, limit }) =>
      store.snapshot({
        storeId,
        terminalId,
        after,
        limit: clamp(limit, maxPageEntries),
        maxBytes: maxPageBytes,
      }),

    async forgetFeedBefore(beforeMs) {
      for (const { storeId } of await store.stores()) {
        await store.forgetFeedBefore(storeId, beforeMs);
      }
    },

    exceptions: (caller, limit) => store.exceptions(caller.storeId, clamp(limit, maxPageEntries)),
    parked: (caller, limit) => store.parked(caller.storeId, clamp(limit, maxPageEntries)),
    stock: (caller, skus) => store.stock(caller.storeId, skus.slice(0, maxPageEntries)),
  };
}

/** [H6] [A3] Of the caller's store only. */
async function placesHere(
  store: StorePort,
  { storeId }: Caller,
  ids: readonly string[],
): Promise<FactPlace[]> {
  const places = await store.placesOfIds(ids);
  if (places.size === 0) return [];
  const tills = new Set((await store.tills(storeId)).map(({ terminalId }) => terminalId));
  return [...places].flatMap(([id, { terminalId, epoch, seq }]) =>
    tills.has(terminalId) ? [{ id, terminalId, epoch, seq }] : [],
  );
}

function parsePush(input: unknown): PushRequest {
  if (isPushRequest(input)) {
    assertSpoken(input.protocol);
    return input;
  }
  const parsed = pushRequestSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RequestRefused("BadRequest", `push: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const { protocol } = parsed.data;
  assertSpoken(protocol);
  return parsed.data;
}

/** [V1] */
function assertSpoken(version: number): void {
  if (version >= oldestProtocolVersion && version <= protocolVersion) return;
  throw new RequestRefused("UnsupportedProtocol", unspokenVersion(version));
}

/** [V1] As a till of version 1 understands it. */
function inVersion1(page: FeedPage): FeedPage {
  if (page.outcome === "page") {
    const changes = page.changes.filter(({ kind }) => changeKinds1.has(kind));
    return { ...page, changes };
  }
  throw new RequestRefused(
    "UnsupportedProtocol",
    "this till must read the store anew, which its version cannot; update the till. Sales go on",
  );
}

/**
 * [D1] The terminal's own facts need not travel back. Only those that both sides agree on are left
 * out: a till restored from an old image still gets what it has lost.
 */
async function ownFactsHeld(store: StorePort, caller: Caller, input: unknown) {
  const parsed = headSchema.safeParse(input);
  if (!parsed.success) throw new RequestRefused("BadRequest", "changes: held is not a head");
  const { epoch, seq, hash } = parsed.data;
  if (seq === 0) return null;
  const { terminalId } = caller;
  const place = { terminalId, epoch, fromSeq: seq, toSeq: seq };
  const [held] = await store.heldFacts(place);
  return held?.hash === hash ? { terminalId, epoch, seq } : null;
}

function clamp(limit: number, most: number): number {
  return Math.max(1, Math.min(limit, most));
}
