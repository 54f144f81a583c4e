import { z } from "zod";
import { quickCheck } from "./quick-check.ts";
import { stockBasesSchema } from "./stock-bases.ts";
import { relayedSchema } from "./relayed.ts";
import { exceptionSchema } from "./exceptions.ts";

/**
 * The messages between a terminal and the cloud. Versioned as a whole (`versions.ts`): a till sends the
 * version it speaks, the cloud answers in it. A field is only ever added as optional, and one that is
 * not known is passed over: [V3]. Field by field in `sync/SPEC.md`.
 */

const hash = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits");
const position = z.number().int().nonnegative();

/**
 * One fact on the wire: its canonical text, exactly the bytes that were hashed, and its chain hash.
 */
export const wireFactSchema = z.object({ body: z.string().min(2), hash });
export type WireFact = z.infer<typeof wireFactSchema>;

export const pushRequestSchema = z.object({
  protocol: z.number().int().positive(),
  epoch: z.number().int().positive(),
  /** The seq of the first fact: its place is known even when its body cannot be read. */
  firstSeq: z.number().int().positive(),
  /** Contiguous, ascending by seq, at least one. */
  facts: z.array(wireFactSchema).min(1),
  /** [H5] Present when the caller hands on another terminal's facts. */
  relayed: relayedSchema.nullish(),
  /** [R2] Which ledger speaks. */
  ledgerId: z.string().max(64).nullish(),
});
export type PushRequest = z.infer<typeof pushRequestSchema>;

/** Whether it is one as a till sends it; where not, the schema tells why or takes it all the same. */
export const isPushRequest = quickCheck(pushRequestSchema) as (
  value: unknown,
) => value is PushRequest;

/**
 * [U4] What became of one fact. A parked one is stored, shown to the manager, and in nobody's way.
 */
export const verdictSchema = z.object({
  seq: position,
  verdict: z.enum(["applied", "duplicate", "parked"]),
  reason: z.string().optional(),
  /** [U3] Of a `duplicate`: where else in this terminal's chains the id is held. */
  heldAt: z.object({ epoch: z.number().int().positive(), seq: position }).optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/**
 * How far the cloud holds this terminal's epoch: the last contiguous seq and the chain hash there.
 */
export const headSchema = z.object({ epoch: z.number().int().positive(), seq: position, hash });
export type Head = z.infer<typeof headSchema>;

/**
 * - `accepted`: every fact got a verdict, `head` moved past the last one.
 * - `gap`: [U2] the first fact does not follow `head`; send again from `head.seq + 1`.
 * - `forked`: [U2] the chain differs from what the cloud holds at that seq; a new epoch is needed.
 */
export const pushResponseSchema = z.object({
  outcome: z.enum(["accepted", "gap", "forked"]),
  head: headSchema,
  verdicts: z.array(verdictSchema),
  serverTimeMs: z.number().int(),
  /** [D1] Where the feed's last change stands that is no fact; absent from clouds that do not tell. */
  news: position.nullish(),
});
export type PushResponse = z.infer<typeof pushResponseSchema>;

export const productSchema = z.object({
  sku: z.string().min(1),
  name: z.string().min(1),
  brand: z.string().optional(),
  category: z.string().optional(),
  favourite: z.string().optional(),
  gtins: z.array(z.string().regex(/^\d{14}$/)),
  plu: z.string().optional(),
  priceMinor: z.number().int().nonnegative().nullable(),
  unit: z.enum(["each", "kg"]),
  taxCategory: z.string().min(1),
  /** [C3] A price that begins on a business date; applied by whoever holds it. */
  pendingPrice: z
    .object({ effectiveOn: z.iso.date(), priceMinor: z.number().int().nonnegative() })
    .optional(),
  /** [C3] Of the fields that were edited one by one; see domain/catalogue/field-version.ts. */
  versions: z.record(z.string(), z.string()).optional(),
});

export const personSchema = z.object({
  personId: z.string().min(1),
  name: z.string().min(1),
  role: z.enum(["cashier", "manager"]),
  /** scrypt, encoded as `scrypt$N$r$p$salt$key` (base64url). Never a PIN. */
  pinHash: z.string().min(1),
  /** [C6] A person who left stays known by name and can no longer sign in. */
  active: z.boolean(),
});
export type WirePerson = z.infer<typeof personSchema>;

/** [C5] What an account holds, by the cloud's fold of every till's facts. */
export const accountSchema = z.object({
  account: z.enum(["gift-card", "points"]),
  accountId: z.string().min(1),
  balanceMinor: z.number().int(),
});

export const storeSettingsSchema = z.object({
  storeId: z.string().min(1),
  storeName: z.string().min(1),
  addressLines: z.array(z.string()),
  receiptFooter: z.array(z.string()),
  /** IANA name, e.g. "Europe/Berlin": business dates and receipts follow the store's own clock. */
  timeZone: z.string().min(1),
  pricing: z.object({
    currency: z.string().length(3),
    pricesIncludeTax: z.boolean(),
    taxRatesPpm: z.record(z.string(), z.number().int().nonnegative()),
    taxRounding: z.enum(["line", "receipt"]),
    rounding: z.enum(["half-away", "half-even", "down", "up"]),
  }),
  /** In-store EAN-13 prefixes of weighed goods, see hardware/scanner. */
  weighedTemplates: z.array(z.string()),
  offlineRedemptionMinor: z.number().int().nonnegative().optional(),
});
export type StoreSettings = z.infer<typeof storeSettingsSchema>;

/**
 * [D1] One entry of a store's feed. `fact` carries the canonical text of a fact of any terminal of
 * the store (a terminal skips its own); the ledger folds it with the same reducer as its own facts.
 */
export const changeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("settings"), settings: storeSettingsSchema }),
  z.object({ kind: z.literal("person"), person: personSchema }),
  z.object({ kind: z.literal("product"), product: productSchema }),
  z.object({ kind: z.literal("product-removed"), sku: z.string().min(1) }),
  z.object({ kind: z.literal("fact"), body: z.string().min(2) }),
  z.object({ kind: z.literal("exception"), exception: exceptionSchema }),
  z.object({ kind: z.literal("account"), account: accountSchema }),
  /** [C2] For tills that came by a snapshot: how goods stand after a late count or a decision. */
  z.object({ kind: z.literal("stock"), stock: stockBasesSchema }),
  z.object({
    kind: z.literal("movement"),
    movementId: z.string().min(1),
    sku: z.string().min(1),
    deltaMilli: z.number().int(),
    reason: z.enum(["opening", "receiving", "adjustment"]),
    atMs: z.number().int(),
  }),
]);
export type Change = z.infer<typeof changeSchema>;

/** Those that this version knows. */
export const changeKinds: ReadonlySet<string> = new Set(
  changeSchema.options.map(({ shape }) => shape.kind.value),
);

/** [H6] Where the cloud holds a fact. */
export const factPlaceSchema = z.object({
  id: z.string().min(1),
  terminalId: z.string().min(1),
  epoch: z.number().int().positive(),
  seq: z.number().int().positive(),
});
export type FactPlace = z.infer<typeof factPlaceSchema>;

/** [H6] So many ids are asked about with one page. */
export const mostHearsayAsked = 200;

/**
 * A page of the feed. `cursor` is how far the cloud looked: the position of the last change in the
 * page, or `upTo`, the feed's end, when nothing for this terminal follows.
 */
export const changePageSchema = z.object({
  /** `snapshot`: [D2] the feed cannot go on from the cursor that was sent. */
  outcome: z.enum(["page", "snapshot"]),
  why: z.enum(["too-old", "cloud-restored"]).nullish(),
  /** [D5] Which life of the cloud's database wrote `cursor`; null from one that does not tell. */
  stamp: z.string().nullable(),
  cursor: position,
  upTo: position,
  changes: z.array(changeSchema),
  /** [C5] The asking terminal's newest chain, as the cloud had it when this page was read. */
  chain: headSchema.nullish(),
  /** [H6] Of the facts that were asked about those that the cloud holds. */
  places: z.array(factPlaceSchema).nullish(),
  /** [V2] Kinds of the page's changes that this version does not know. */
  passedOver: z.array(z.string()).optional(),
});
export type ChangePage = z.infer<typeof changePageSchema>;

/**
 * What an enrolment code buys, once. The secret is shown to the terminal only and stored hashed.
 */
export const enrolmentSchema = z.object({
  storeId: z.string().min(1),
  terminalId: z.uuid(),
  tillNumber: z.number().int().positive(),
  secret: z.string().min(32),
  /**
   * [H1] By which the store's terminals know one another without the cloud: PEM of this terminal's
   * certificate and of the authority that signed it. Absent when no public key was sent, and from a
   * cloud that has no authority.
   */
  certificate: z.string().nullish(),
  authority: z.string().nullish(),
});
export type Enrolment = z.infer<typeof enrolmentSchema>;
