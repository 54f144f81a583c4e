import type { Json } from "../../domain/facts/canonical.ts";
import { payloadSchemas } from "../protocol/payloads.ts";

/** What is read of a schema: as much as the payloads use. */
interface Def {
  readonly type: string;
  readonly format?: string;
  readonly shape: Readonly<Record<string, Schema>>;
  readonly element: Schema;
  readonly innerType: Schema;
  readonly entries: Readonly<Record<string, string>>;
  readonly checks?: readonly { readonly _zod: { readonly def: Record<string, unknown> } }[];
}
interface Schema {
  readonly _zod: { readonly def: Def };
}

export interface OddFact {
  readonly type: string;
  readonly atMs: number;
  readonly payload: Json;
  readonly businessDate?: string;
  readonly shiftId?: string;
  readonly actorId?: string;
}

const huge = Number.MAX_SAFE_INTEGER;
const odd = [0, 1, -1, -1_000, huge, -huge, 8.64e15 + 1, 253_402_300_800_000, 2 ** 31, 2 ** 52];
const plain = [1, 2, 5, 1_000];
const dates = ["2026-11-23", "0001-01-01", "9999-12-31"];
const texts = [
  ...["milk", "tea", "CARD0001", "x/y", "__proto__", "constructor", "\ud800", "\u0000x", "😀"],
  ...["%", "'", "=1", "5.x.y", "1", "2", "oversold", "edit-conflict", "parked", "priceMinor"],
  ...["before", "after", "keep", "take-other", "retry", "seen"],
];
const usualAtMs = 1_795_000_000_000;

/**
 * [U4] Facts of the right shape that no till of ours would write: every type, with whatever its schema lets
 * through. `next`: a number from 0 up to, and without, 1.
 */
export function oddFacts(next: () => number, ids: readonly string[]): () => OddFact {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const types = Object.keys(payloadSchemas) as (keyof typeof payloadSchemas)[];

  function textOf({ format, checks = [] }: Def): string {
    if (format === "guid") return pick(ids);
    if (format === "date") return pick(dates);
    const defs = checks.map((check) => check._zod.def);
    if (defs.some(({ check }) => check === "length_equals")) return "EUR";
    return defs.some(({ format: of }) => of === "regex") ? "04006381333931" : pick(texts);
  }

  function valueOf(schema: Schema): Json | undefined {
    const { def } = schema._zod;
    switch (def.type) {
      case "string":
        return textOf(def);
      case "number":
        return pick(next() < 0.6 ? plain : odd);
      case "boolean":
        return next() < 0.5;
      case "enum":
        return pick(Object.values(def.entries));
      case "nullable":
        return next() < 0.3 ? null : valueOf(def.innerType);
      case "optional":
        return next() < 0.4 ? undefined : valueOf(def.innerType);
      case "array":
        return Array.from({ length: Math.floor(next() * 4) }, () => valueOf(def.element) ?? null);
      case "record":
        return { [pick(texts)]: pick(texts), priceMinor: pick(texts) };
      case "object":
        return Object.fromEntries(
          Object.entries(def.shape).map(([name, member]) => [name, valueOf(member)]),
        );
      default:
        throw new Error(`no odd ${def.type}`);
    }
  }

  return () => {
    const type = pick(types);
    return {
      type,
      atMs: next() < 0.8 ? usualAtMs : pick(odd),
      payload: valueOf(payloadSchemas[type] as unknown as Schema) ?? null,
      ...(next() < 0.7 && { shiftId: pick(ids) }),
      ...(next() < 0.7 && { businessDate: pick(dates) }),
      ...(next() < 0.7 && { actorId: pick(ids) }),
    };
  };
}
