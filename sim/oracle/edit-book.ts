import type { CloudGood, CloudLook } from "./cloud-watch.ts";
import { must } from "./violation.ts";

/**
 * [C3] What people wrote into the catalogue, and what they had before their eyes when they did.
 * Every value is one that was never there before, so that it names its edit.
 */
export interface EditBook {
  edited(edit: SeenEdit): void;
  /** The good is gone, and what was ever written of it with it. */
  removed(sku: string): void;
  copy(): EditBookCopy;
  /** The head office's words are again what they were when the copy was made. */
  putBack(copy: EditBookCopy): void;
  /** `today`: the business date by the cloud's clock. */
  check(look: CloudLook, today: string): void;
}

export interface EditBookCopy {
  readonly edits: readonly SeenEdit[];
  /** Of goods that were removed since. */
  readonly gone: ReadonlySet<SeenEdit>;
}

export interface SeenEdit {
  readonly sku: string;
  /** Null: a planned price is cancelled. */
  readonly priceMinor: number | null;
  /** The price that its author saw, of a plan the planned one; null: none. */
  readonly saw: number | null;
  readonly by: "head office" | "till";
  /** The price, or one that begins on a business date. */
  readonly field: "price" | "plan";
  readonly effectiveOn?: string;
  /** Of a till's: the version that it saw, by which the fact is found. */
  readonly base?: string;
}

/** What stands in the cloud, and what it was told. */
interface Standing {
  readonly goods: ReadonlyMap<string, CloudGood>;
  readonly told: ReadonlySet<number>;
  readonly heard: ReadonlySet<number>;
  readonly today: string;
}

export function createEditBook(): EditBook {
  let edits: SeenEdit[] = [];
  let gone = new Set<SeenEdit>();

  function hasBegun({ field, effectiveOn = "" }: SeenEdit, today: string): boolean {
    return field === "plan" && effectiveOn <= today;
  }

  /** Somebody who saw it wrote something else; or its day was over when another plan's came. */
  function isReplaced(edit: SeenEdit, i: number, { heard, today }: Standing): boolean {
    const isOnPrice = edit.field === "price" || hasBegun(edit, today);
    return edits.some((other, j) => {
      if (other === edit || other.sku !== edit.sku) return false;
      if (other.saw === edit.priceMinor) return true;
      const isHeard = other.by === "head office" || heard.has(other.priceMinor ?? 0);
      if (isOnPrice && hasBegun(other, today) && isHeard) return true;
      // The head office knows its own last word, whether it came by a file or not.
      const isSameField = other.field === edit.field || (isOnPrice && other.field === "price");
      return j > i && isSameField && edit.by === "head office" && other.by === edit.by;
    });
  }

  function checkOne(edit: SeenEdit, i: number, standing: Standing): void {
    const { sku, priceMinor, by, field } = edit;
    const { goods, told, heard, today } = standing;
    const good = goods.get(sku);
    if (good === undefined || priceMinor === null) return;
    const isWaiting = field === "plan" && good.pendingPrice?.priceMinor === priceMinor;
    if (good.priceMinor === priceMinor || isWaiting) return;
    // Of a till whose disk was put back it may never have come here.
    if (by === "till" && !heard.has(priceMinor)) return;
    must(isReplaced(edit, i, standing) || told.has(priceMinor), "conflicts-recorded", () => {
      const { pendingPrice } = good;
      const now = `${good.priceMinor}, planned ${JSON.stringify(pendingPrice)} on ${today}`;
      return `${by} set the ${field} of ${sku} to ${priceMinor}, it is ${now}, nobody is told`;
    });
  }

  /** Who took a planned price back knows whether it is the price all the same. */
  function checkCancelled(edit: SeenEdit, { goods, told }: Standing, heard: Set<string>): void {
    const { sku, saw, base, by } = edit;
    if (edit.priceMinor !== null || saw === null || goods.get(sku)?.priceMinor !== saw) return;
    if (by === "till" && !heard.has(`${sku} ${base}`)) return;
    // Somebody may have said it anew.
    const times = edits.filter((other) => other.sku === sku && other.priceMinor === saw).length;
    must(times > 1 || told.has(saw), "conflicts-recorded", () => {
      return `${by} took back ${saw} of ${sku}, it is the price, and nobody is told`;
    });
  }

  /** What stands is what somebody wrote; a price whose day has come is the price. */
  function checkGood(sku: string, { priceMinor, pendingPrice }: CloudGood, today: string): void {
    const isKnown = edits.some((edit) => {
      const isPrice = edit.field === "price" || hasBegun(edit, today);
      return edit.sku === sku && edit.priceMinor === priceMinor && isPrice;
    });
    must(isKnown, "catalogue", () => `nobody ever set ${sku} to ${priceMinor}`);
    if (pendingPrice === undefined) return;
    const { effectiveOn } = pendingPrice;
    const isPlanned = edits.some(
      (edit) =>
        edit.sku === sku && edit.field === "plan" && edit.priceMinor === pendingPrice.priceMinor,
    );
    must(isPlanned, "planned-prices", () => `nobody planned ${JSON.stringify(pendingPrice)}`);
    must(effectiveOn > today, "planned-prices", () => {
      return `${sku} waits for ${JSON.stringify(pendingPrice)}, and it is ${today}`;
    });
  }

  return {
    edited: (edit) => void edits.push(edit),
    removed(sku) {
      for (const edit of edits) if (edit.sku === sku) gone.add(edit);
    },
    copy: () => ({ edits: [...edits], gone: new Set(gone) }),
    putBack(copy) {
      const byTills = edits.filter((edit) => edit.by === "till" && !copy.edits.includes(edit));
      edits = [...copy.edits, ...byTills];
      gone = new Set(copy.gone);
    },
    check(look, today) {
      const [goods, told, heard] = [look.goods(), look.conflicts(), look.editedPrices()];
      const cancelled = cancelledIn(look);
      for (const [i, edit] of edits.entries()) {
        if (gone.has(edit)) continue;
        checkOne(edit, i, { goods, told, heard, today });
        checkCancelled(edit, { goods, told, heard, today }, cancelled);
      }
      for (const [sku, good] of goods) checkGood(sku, good, today);
    },
  };
}

/** Planned prices that facts of tills took back, by good and the version that was seen. */
function cancelledIn(look: CloudLook): Set<string> {
  const rows = look.rows<{ text: string }>(
    `SELECT (body ->> '$.payload.sku') || ' ' || (body ->> '$.payload.base.pendingPrice') AS text
     FROM fact WHERE type = 'product.edited' AND verdict = 'applied'
       AND json_type(body, '$.payload.changes.pendingPrice') = 'null'`,
  );
  return new Set(rows.map(({ text }) => text));
}
