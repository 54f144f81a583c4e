import type { Clock } from "../../domain/values/ports.ts";
import {
  type Head,
  headSchema,
  protocolVersion,
  type PushResponse,
  pushRequestSchema,
} from "../../sync/protocol/wire.ts";
import { createOfficeService, type OfficeService } from "./office-service.ts";
import { type Caller, receiveFacts } from "./receive-facts.ts";
import { RequestRefused } from "./request-refused.ts";
import { sha256 } from "./sha256.ts";
import type { FeedPage, ParkedFact, StockLevel, StoreException, StorePort } from "./store-port.ts";

/** What a terminal may ask of its store's cloud. Inputs are parsed here: they come from outside. */
export interface InventoryService {
  readonly office: OfficeService;
  push(caller: Caller, request: unknown): Promise<PushResponse>;
  head(caller: Caller, epoch: number): Promise<Head & { readonly serverTimeMs: number }>;
  changes(caller: Caller, request: ChangesRequest): Promise<FeedPage>;
  exceptions(caller: Caller, limit: number): Promise<readonly StoreException[]>;
  parked(caller: Caller, limit: number): Promise<readonly ParkedFact[]>;
  stock(caller: Caller, skus: readonly string[]): Promise<readonly StockLevel[]>;
}

export interface ChangesRequest {
  readonly after: number;
  readonly limit: number;
  readonly held: unknown;
}

export interface InventoryServiceWorld {
  readonly store: StorePort;
  readonly clock: Pick<Clock, "now">;
}

const maxPageEntries = 2_000;
/** Well below AppSync's limits, and a page that a till applies without a hitch. */
const maxPageBytes = 700_000;

export function createInventoryService({ store, clock }: InventoryServiceWorld): InventoryService {
  return {
    office: createOfficeService(store, clock),
    async push(caller, input) {
      const request = parsePush(input);
      const answer = await receiveFacts({ store, sha256, caller, request, atMs: clock.now() });
      return { ...answer, serverTimeMs: clock.now() };
    },

    async head(caller, epoch) {
      const head = await store.head(caller.terminalId, epoch);
      return { ...head, serverTimeMs: clock.now() };
    },

    async changes(caller, { after, limit, held }) {
      return store.changes({
        storeId: caller.storeId,
        after,
        limit: clamp(limit, maxPageEntries),
        maxBytes: maxPageBytes,
        without: await ownFactsHeld(store, caller, held),
      });
    },

    exceptions: (caller, limit) => store.exceptions(caller.storeId, clamp(limit, maxPageEntries)),
    parked: (caller, limit) => store.parked(caller.storeId, clamp(limit, maxPageEntries)),
    stock: (caller, skus) => store.stock(caller.storeId, skus.slice(0, maxPageEntries)),
  };
}

function parsePush(input: unknown) {
  const parsed = pushRequestSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RequestRefused("BadRequest", `push: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const { protocol } = parsed.data;
  if (protocol !== protocolVersion) {
    throw new RequestRefused(
      "UnsupportedProtocol",
      `this cloud speaks version ${protocolVersion}, the till sent ${protocol}; ` +
        `update the ${protocol > protocolVersion ? "cloud" : "till"}`,
    );
  }
  return parsed.data;
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
