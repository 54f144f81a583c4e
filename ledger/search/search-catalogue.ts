import type { Database } from "better-sqlite3";
import { foldForSearch } from "../../domain/catalogue/fold.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { CatalogueTable } from "../tables/catalogue.ts";

export type SearchCatalogue = (text: string, limit: number) => Product[];

/** How many matches are looked at before the best `limit` are chosen; keeps "a" as quick as "aubergine". */
const candidates = 100;

/**
 * Finds goods by the start of a GTIN, SKU or PLU, and by any part of a name or brand in any script.
 * All words must occur. Words of one or two letters match the start of a word only.
 * Exact codes come first, then names that start with the text, then the rest by name.
 */
export function createCatalogueSearch(db: Database, catalogue: CatalogueTable): SearchCatalogue {
  const byText = db.prepare<[string, number], { id: number }>(
    "SELECT rowid AS id FROM product_trigram WHERE product_trigram MATCH ? LIMIT ?",
  );
  const byWordStart = db.prepare<[string, number], { id: number }>(
    "SELECT rowid AS id FROM product_word WHERE product_word MATCH ? LIMIT ?",
  );
  const byCode = db.prepare<[string, string, number], { id: number }>(
    "SELECT product_id AS id FROM product_code WHERE code >= ? AND code < ? LIMIT ?",
  );
  const bySku = db.prepare<[string, string, number], { id: number }>(
    "SELECT product_id AS id FROM product WHERE sku >= ? AND sku < ? LIMIT ?",
  );

  const nameOf = db.prepare<[string], { id: number; name: string }>(
    `SELECT product_id AS id, name || ' ' || coalesce(brand, '') AS name FROM product
     WHERE product_id IN (SELECT value FROM json_each(?))`,
  );

  function codeIds(text: string): number[] {
    const key = text.trim();
    if (!/^[\w.-]+$/.test(key)) return [];
    const starts = [key, key.toUpperCase()];
    const ids = starts.flatMap((start) => bySku.all(start, end(start), 20));
    if (/^\d+$/.test(key)) {
      ids.push(...byCode.all(`plu:${key}`, end(`plu:${key}`), 20));
      // The stored form has fourteen digits: what is printed is shorter by its leading zeros.
      for (const zeros of ["", "0", "00", "000000"]) {
        ids.push(...byCode.all(zeros + key, end(zeros + key), 20));
      }
      // A whole number typed without its leading zeros.
      const padded = key.padStart(14, "0");
      ids.push(...byCode.all(padded, end(padded), 1));
    }
    return ids.map((row) => row.id);
  }

  /** Goods whose text has `folded` in one piece, then goods that have all its words anywhere. */
  function textIds(folded: string): number[] {
    const words = folded.split(" ");
    const long = words.filter((word) => letters(word) >= trigram).map((word) => `"${word}"`);
    if (long.length === 0) {
      const starts = words.map((word) => `"${word}"*`).join(" AND ");
      return idsOf(byWordStart.all(starts, candidates));
    }
    const whole = idsOf(byText.all(`"${folded}"`, candidates));
    if (words.length === 1 || whole.length === candidates) return whole;
    return [...new Set([...whole, ...idsOf(byText.all(long.join(" AND "), candidates))])];
  }

  return (text, limit) => {
    const folded = foldForSearch(text);
    if (folded === "") return [];
    const exact = codeIds(text);
    const words = folded.split(" ");
    const named = nameOf
      .all(JSON.stringify(textIds(folded)))
      .map(({ id, name }) => ({ id, key: foldForSearch(name) }))
      .filter(({ key }) => words.every((word) => key.includes(word)))
      .toSorted((a, b) => rank(a.key, folded) - rank(b.key, folded) || (a.key < b.key ? -1 : 1))
      .map(({ id }) => id);
    return catalogue.byIds([...new Set([...exact, ...named])].slice(0, limit));
  };
}

function rank(name: string, text: string): number {
  if (name === text) return 0;
  if (name.startsWith(text)) return 1;
  return ` ${name}`.includes(` ${text}`) ? 2 : 3;
}

function idsOf(rows: { id: number }[]): number[] {
  return rows.map((row) => row.id);
}

/** The trigram index finds nothing shorter. */
const trigram = 3;

/** Unicode code points: what the index counts. */
function letters(word: string): number {
  return Array.from(word).length;
}

/** The first string after every string that starts with `prefix`. */
function end(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
