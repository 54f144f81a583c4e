import type { Database } from "better-sqlite3";
import { foldForSearch } from "../../domain/catalogue/fold.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import type { CatalogueTable } from "../tables/catalogue.ts";

export type SearchCatalogue = (text: string, limit: number) => Product[];

/** How many matches are looked at before the best `limit` are chosen; keeps "a" as quick as "aubergine". */
const candidates = 200;

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
  const byBoth = db.prepare<[string, string, number], { id: number }>(
    `SELECT rowid AS id FROM product_trigram WHERE product_trigram MATCH ?
       AND rowid IN (SELECT rowid FROM product_word WHERE product_word MATCH ?) LIMIT ?`,
  );
  const byCode = db.prepare<[string, string, number], { id: number }>(
    "SELECT product_id AS id FROM product_code WHERE code >= ? AND code < ? LIMIT ?",
  );
  const bySku = db.prepare<[string, string, number], { id: number }>(
    "SELECT product_id AS id FROM product WHERE sku >= ? AND sku < ? LIMIT ?",
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
    }
    return ids.map((row) => row.id);
  }

  function textIds(words: readonly string[]): number[] {
    const long = words.filter((word) => letters(word) >= trigram).map((word) => `"${word}"`);
    const short = words.filter((word) => letters(word) < trigram).map((word) => `"${word}"*`);
    if (long.length === 0) return idsOf(byWordStart.all(short.join(" AND "), candidates));
    if (short.length === 0) return idsOf(byText.all(long.join(" AND "), candidates));
    return idsOf(byBoth.all(long.join(" AND "), short.join(" AND "), candidates));
  }

  return (text, limit) => {
    const folded = foldForSearch(text);
    if (folded === "") return [];
    const exact = codeIds(text);
    const named = catalogue
      .byIds(textIds(folded.split(" ")).filter((id) => !exact.includes(id)))
      .map((product) => ({ product, key: foldForSearch(product.name) }))
      .toSorted((a, b) => rank(a.key, folded) - rank(b.key, folded) || (a.key < b.key ? -1 : 1))
      .map(({ product }) => product);
    return [...catalogue.byIds([...new Set(exact)]), ...named].slice(0, limit);
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
