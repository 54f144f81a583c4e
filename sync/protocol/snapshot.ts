import { z } from "zod";
import { headSchema } from "./wire.ts";

/**
 * [D2] The store as it stands, page by page: what a till takes over whole when it cannot go on from
 * where it is in the feed.
 */

const position = z.number().int().nonnegative();

/**
 * Rows of one kind, as the text of a JSON array; of kind `stock` one `StockBases`. Goods and levels
 * come in the order of their SKU's UTF-8 bytes and are all that the store has in `(after, upTo]`;
 * null: from the beginning, to the end.
 */
export const sectionSchema = z.object({
  /** A kind that this version does not know is passed over. */
  kind: z.string(),
  text: z.string(),
  after: z.string().nullable(),
  upTo: z.string().nullable(),
});
export type SnapshotSection = z.infer<typeof sectionSchema>;

/**
 * `restart`: the snapshot under way has expired or the cloud was set back: begin again. Then, and at
 * the end, `next` is null.
 */
export const snapshotPageSchema = z.object({
  outcome: z.enum(["page", "restart"]),
  /** The feed's stamp and end when the first page was made: the same on every page. */
  stamp: z.string(),
  asOf: position,
  /** The feed is whole after this position; and its stamp there. */
  floor: position,
  stampAtFloor: z.string(),
  /** [D5] The feed's end, and its stamp there, when this page was made; to be handed back as it is. */
  read: z.string().nullish(),
  /** [C5] The asking terminal's newest chain, as the cloud had it when this page was read. */
  chain: headSchema.nullish(),
  done: position,
  total: position,
  /** What to ask the next page with. */
  next: z.string().nullable(),
  sections: z.array(sectionSchema),
});
export type SnapshotPage = z.infer<typeof snapshotPageSchema>;
