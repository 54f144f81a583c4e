import type { CloudLook } from "./cloud-watch.ts";
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
  check(look: CloudLook): void;
}

export interface EditBookCopy {
  readonly edits: readonly SeenEdit[];
  /** Of goods that were removed since. */
  readonly gone: ReadonlySet<SeenEdit>;
}

export interface SeenEdit {
  readonly sku: string;
  readonly priceMinor: number;
  /** The price that its author saw; null of a new good. */
  readonly saw: number | null;
  readonly by: "head office" | "till";
}

export function createEditBook(): EditBook {
  let edits: SeenEdit[] = [];
  let gone = new Set<SeenEdit>();

  /** What stands; what somebody saw and replaced; what a person is asked about. Nothing else. */
  function check(look: CloudLook): void {
    const standing = look.goods();
    const told = look.conflicts();
    const heard = look.editedPrices();
    for (const [i, edit] of edits.entries()) {
      const { sku, priceMinor, by } = edit;
      if (gone.has(edit)) continue;
      const good = standing.get(sku);
      if (good === undefined || good.priceMinor === priceMinor) continue;
      // Of a till whose disk was put back it may never have come here.
      if (by === "till" && !heard.has(priceMinor)) continue;
      const isReplaced = edits.some((later, j) => {
        // The head office knows its own last word, whether it came by a file or not.
        const isByItself = j > i && by === "head office" && later.by === by;
        return later.sku === sku && (later.saw === priceMinor || isByItself);
      });
      must(isReplaced || told.has(priceMinor), "conflicts-recorded", () => {
        return `${by} set ${sku} to ${priceMinor}, it is ${good.priceMinor}, nobody is told`;
      });
    }
    for (const [sku, { priceMinor }] of standing) {
      const isKnown = edits.some((edit) => edit.sku === sku && edit.priceMinor === priceMinor);
      must(isKnown, "catalogue", () => `nobody ever set ${sku} to ${priceMinor}`);
    }
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
    check,
  };
}
