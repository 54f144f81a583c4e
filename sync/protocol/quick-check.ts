import type { z } from "zod";

/**
 * Whether a value is what a schema asks for and nothing besides. False says little: the schema itself
 * then tells why, or takes the value without the members that it does not know.
 */
export type QuickCheck = (value: unknown) => boolean;

/**
 * Reads a schema once into plain functions, for what a chain of stores sends ten million times a day: zod
 * builds its answer anew, member by member, where a look is enough. Numbers must be safe integers. What
 * is not understood here is never let through, so the answer differs from the schema's in speed only.
 */
export function quickCheck(schema: z.core.$ZodType): QuickCheck {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
      return checkText(schema as z.core.$ZodString);
    case "number":
      return checkNumber(def.checks ?? []);
    case "boolean":
      return (value) => typeof value === "boolean";
    case "enum": {
      const allowed = new Set<unknown>(Object.values(def.entries));
      return (value) => allowed.has(value);
    }
    case "literal": {
      const allowed = new Set<unknown>(def.values);
      return (value) => allowed.has(value);
    }
    case "nullable": {
      const inner = quickCheck(def.innerType);
      return (value) => value === null || inner(value);
    }
    // JSON has no undefined: an optional member is there or is not.
    case "optional":
      return quickCheck(def.innerType);
    case "array": {
      const element = quickCheck(def.element);
      const isLong = checkLength(def.checks ?? []);
      return (value) => Array.isArray(value) && isLong(value) && value.every(element);
    }
    case "object":
      return checkObject(def);
    default:
      return refuse;
  }
}

const refuse: QuickCheck = () => false;

function hasChecks({ checks }: { readonly checks?: readonly unknown[] | undefined }): boolean {
  return checks !== undefined && checks.length > 0;
}

function checkObject({ shape, catchall, checks }: z.core.$ZodObjectDef): QuickCheck {
  if (catchall !== undefined || hasChecks({ checks })) return refuse;
  const members = new Map(Object.entries(shape).map(([name, one]) => [name, quickCheck(one)]));
  const isOptional = (one: z.core.$ZodType) => one._zod.def.type === "optional";
  const optional = new Set(
    Object.keys(shape).filter((name) => isOptional(shape[name] as z.core.$ZodType)),
  );
  const required = members.size - optional.size;
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    let found = 0;
    for (const name in value) {
      const check = members.get(name);
      if (check === undefined || !check((value as Record<string, unknown>)[name])) return false;
      if (!optional.has(name)) found += 1;
    }
    return found === required;
  };
}

/** Whole anyway; what else may be asked of one is to be more than something. */
function checkNumber(checks: readonly z.core.$ZodCheck[]): QuickCheck {
  let least = Number.NEGATIVE_INFINITY;
  for (const check of checks) {
    const { def } = (check as unknown as z.core.$ZodChecks)._zod;
    if (def.check === "number_format" && def.format === "safeint") continue;
    if (def.check !== "greater_than" || typeof def.value !== "number") return refuse;
    least = Math.max(least, def.inclusive ? def.value : Math.floor(def.value) + 1);
  }
  return (value) => Number.isSafeInteger(value) && (value as number) >= least;
}

/** Formats that are their pattern and nothing else. */
const patternFormats: ReadonlySet<string | undefined> = new Set(["guid", "date"]);

function checkText(schema: z.core.$ZodString): QuickCheck {
  const def = schema._zod.def as z.core.$ZodStringDef & {
    readonly format?: string;
    readonly pattern?: RegExp;
  };
  if (def.format !== undefined) {
    const { pattern, format } = def;
    const isPlain = patternFormats.has(format) && pattern !== undefined && !pattern.global;
    return isPlain && !hasChecks(def) ? checkPattern(pattern) : refuse;
  }
  const [only, ...others] = def.checks ?? [];
  const pattern = only === undefined ? null : patternOf(only);
  if (pattern !== null && others.length === 0) return checkPattern(pattern);
  const isLong = checkLength(def.checks ?? []);
  return (value) => typeof value === "string" && isLong(value);
}

function patternOf(check: z.core.$ZodCheck): RegExp | null {
  const { def } = (check as unknown as z.core.$ZodChecks)._zod;
  if (def.check !== "string_format" || def.format !== "regex") return null;
  const { pattern = null } = def;
  return pattern === null || pattern.global || pattern.sticky ? null : pattern;
}

function checkLength(
  checks: readonly z.core.$ZodCheck[],
): (value: { readonly length: number }) => boolean {
  const lengths = checks.map(lengthsOf);
  if (lengths.includes(null)) return refuse;
  const least = Math.max(0, ...lengths.map((range) => range?.[0] ?? 0));
  const most = Math.min(...lengths.map((range) => range?.[1] ?? Number.POSITIVE_INFINITY));
  return ({ length }) => length >= least && length <= most;
}

/** One till's facts carry the same ids again and again. */
function checkPattern(pattern: RegExp): QuickCheck {
  let last: string | null = null;
  return (value) => {
    if (value === last) return value !== null;
    if (typeof value !== "string" || !pattern.test(value)) return false;
    last = value;
    return true;
  };
}

/** Lengths that a check allows; null for a check that is about something else. */
function lengthsOf(check: z.core.$ZodCheck): readonly [number, number] | null {
  const { def } = (check as unknown as z.core.$ZodChecks)._zod;
  switch (def.check) {
    case "min_length":
      return [def.minimum, Number.POSITIVE_INFINITY];
    case "max_length":
      return [0, def.maximum];
    case "length_equals":
      return [def.length, def.length];
    default:
      return null;
  }
}
