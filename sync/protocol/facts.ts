import { z } from "zod";
import type { AnyFact, FactType } from "../../domain/facts/fact.ts";
import { failed, ok, type Result } from "../../domain/values/result.ts";
import { unsoundness } from "../../domain/facts/unsound.ts";
import { payloadSchemas } from "./payloads.ts";
import { quickCheck } from "./quick-check.ts";

/** Why a fact cannot be applied, in words for the manager's list of parked facts. */
export interface Unreadable {
  readonly reason: string;
}

const uuid = z.guid();
const envelope = {
  terminalId: uuid,
  epoch: z.number(),
  seq: z.number(),
  id: uuid,
  atMs: z.number(),
  businessDate: z.iso.date().optional(),
  shiftId: uuid.optional(),
  actorId: uuid.optional(),
};

const factSchemas: Readonly<Record<string, z.ZodType<AnyFact>>> = Object.fromEntries(
  Object.entries(payloadSchemas).map(([type, payload]) => [
    type,
    // Typed per entry in `payloadSchemas`; a computed `type` makes the compiler lose the pairing.
    z.object({ ...envelope, type: z.literal(type as FactType), payload }) as z.ZodType<AnyFact>,
  ]),
);

const quickChecks = new Map(
  Object.entries(factSchemas).map(([type, schema]) => [type, quickCheck(schema)]),
);

/**
 * [U4] Reads a fact's canonical text. What does not fit is an answer, not an error: the cloud parks
 * it. Unknown members are passed over, so that a newer till's facts still count in an older cloud.
 */
export function parseFact(body: string): Result<AnyFact, Unreadable> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return failed({ reason: "not JSON" });
  }
  const type = typeOf(value);
  if (type === undefined) return failed({ reason: "no fact type" });
  // Nearly every fact is as it should be: only the others are worth a long look.
  if (quickChecks.get(type)?.(value)) return sound(value as AnyFact);
  if (!hasWholeNumbers(value))
    return failed({ reason: `${type}: a number is not whole, or it is too deep` });
  const schema = Object.hasOwn(factSchemas, type) ? factSchemas[type] : undefined;
  if (schema === undefined) return failed({ reason: `unknown fact type ${quote(type)}` });
  const parsed = schema.safeParse(value);
  return parsed.success ? sound(parsed.data) : failed({ reason: firstIssue(type, parsed.error) });
}

function sound(fact: AnyFact): Result<AnyFact, Unreadable> {
  const fault = unsoundness(fact);
  return fault === null ? ok(fact) : failed({ reason: `${fact.type}: ${fault}` });
}

function typeOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  return typeof value.type === "string" ? value.type : undefined;
}

/** No fact of ours is half as deep; what is deeper than the stack would stop whoever looks. */
const deepest = 32;

/** A fact holds safe integers only, as `canonicalJson` writes them. */
function hasWholeNumbers(value: unknown, depth = 0): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value !== "object" || value === null) return true;
  return depth < deepest && Object.values(value).every((one) => hasWholeNumbers(one, depth + 1));
}

function firstIssue(type: string, error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "fact" : issue.path.join(".");
  return `${type}: ${where}: ${issue?.message ?? "invalid"}`.slice(0, 300);
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
