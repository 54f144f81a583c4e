import { z } from "zod";
import { assert } from "../../domain/values/assert.ts";
import { tillReportSchema } from "../../sync/protocol/office.ts";
import { unpackFacts } from "../../sync/protocol/packed-facts.ts";
import { mostHearsayAsked } from "../../sync/protocol/wire.ts";
import { toVerdictRuns } from "../../sync/protocol/verdict-runs.ts";
import type { InventoryService } from "../service/inventory-service.ts";
import type { Caller } from "../service/receive-facts.ts";
import { RequestRefused } from "../service/request-refused.ts";
import type { TerminalAccess } from "../service/terminal-access.ts";
import type { ResolverContext } from "./authorize.ts";
import { officeFields } from "./office-fields.ts";

/** A direct Lambda resolver's event, as far as we read it. */
export interface ResolverEvent {
  readonly info: { readonly parentTypeName: string; readonly fieldName: string };
  readonly arguments: unknown;
  readonly identity: { readonly resolverContext: ResolverContext } | null;
}

export type Resolver = (event: ResolverEvent) => Promise<unknown>;

export interface ResolverWorld {
  readonly service: InventoryService;
  readonly access: TerminalAccess;
}

const limit = z.object({ limit: z.int().nonnegative() });
/** A report that cannot be read is passed over: the question under it is the one that matters. */
const headArguments = z.object({
  epoch: z.int().positive(),
  /** How far the till was told that the cloud holds this epoch. */
  acked: z.int().nonnegative().nullish(),
  report: tillReportSchema.nullish().catch(null),
});
const position = z.int().nonnegative();
const changesArguments = z.object({
  after: position,
  limit: position,
  held: z.unknown(),
  stamp: z.string().nullish(),
  known: position.nullish(),
  read: z.string().nullish(),
  protocol: position.nullish(),
  hearsay: z.array(z.string().max(64)).max(mostHearsayAsked).nullish(),
});
const snapshotArguments = z.object({ after: z.string().nullish(), limit: position });
const longestName = 60;
/** Characters of base64: room for any curve that is in use. */
const longestPublicKey = 400;

/**
 * One Lambda behind every root field of the schema: parse the arguments, ask the service, hand the
 * answer back.
 */
export function createResolver({ service, access }: ResolverWorld): Resolver {
  const fields: Readonly<Record<string, (event: ResolverEvent) => Promise<unknown>>> = {
    "Query.head": async (event) => {
      const { epoch, acked, report } = parse(headArguments, event);
      const caller = callerOf(event);
      if (report) await service.office.hear(caller, report);
      return service.head(caller, epoch, acked ?? 0);
    },
    ...officeFields(service.office, { parse, callerOf }),
    "Query.changes": async (event) =>
      service.changes(callerOf(event), parse(changesArguments, event)),
    "Query.snapshot": async (event) => {
      const { after, limit: rows } = parse(snapshotArguments, event);
      return service.snapshot(callerOf(event), { after: after ?? null, limit: rows });
    },
    "Query.exceptions": async (event) =>
      service.exceptions(callerOf(event), parse(limit, event).limit),
    "Query.parked": async (event) => service.parked(callerOf(event), parse(limit, event).limit),
    "Query.stock": async (event) => {
      const { skus } = parse(z.object({ skus: z.array(z.string()) }), event);
      return service.stock(callerOf(event), skus);
    },
    "Mutation.push": async (event) => {
      const caller = callerOf(event);
      const { verdicts, ...answer } = await service.push(caller, unpacked(event.arguments));
      return { ...caller, ...answer, verdicts: toVerdictRuns(verdicts) };
    },
    "Mutation.enrol": async (event) => {
      const name = z.string().trim().min(1).max(longestName);
      const publicKey = z.base64().max(longestPublicKey).nullish();
      const request = parse(z.object({ code: z.string(), name, publicKey }), event);
      return access.enrol({ ...request, publicKey: request.publicKey ?? null });
    },
    // [A3] A terminal listens to its own store. AppSync asks this once, when a subscription begins.
    "Subscription.poked": async (event) => {
      const { storeId } = parse(z.object({ storeId: z.string() }), event);
      if (storeId !== callerOf(event).storeId) {
        throw new RequestRefused("BadRequest", "poked: this is not the terminal's store");
      }
      return null;
    },
  };

  return async (event) => {
    const name = `${event.info.parentTypeName}.${event.info.fieldName}`;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    assert(field !== undefined, `no resolver for ${name}`);
    return field(event);
  };
}

function parse<T>(schema: z.ZodType<T>, { info, arguments: input }: ResolverEvent): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = [info.fieldName, ...(issue?.path ?? [])].join(".");
  throw new RequestRefused("BadRequest", `${where}: ${issue?.message}`);
}

/** [U6] The facts of a push come packed, or as a list. */
function unpacked(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("packed" in input)) return input;
  const { packed, ...request } = input;
  if (typeof packed !== "string") return request;
  const facts = unpackFacts(packed);
  if (!facts.ok) throw new RequestRefused("BadRequest", `push: ${facts.failure}`);
  return { ...request, facts: facts.value };
}

/** [A3] Who speaks is what the authorizer proved, never what the arguments say. */
function callerOf({ identity }: ResolverEvent): Caller {
  const { storeId, terminalId } = identity?.resolverContext ?? {};
  if (storeId === undefined || terminalId === undefined) {
    throw new RequestRefused("BadRequest", "only an enrolled terminal may ask this");
  }
  return { storeId, terminalId };
}
