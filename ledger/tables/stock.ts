import type { Database } from "better-sqlite3";
import type { MoveReason } from "../../domain/stock/stock-facts.ts";

export interface StockRow {
  readonly sku: string;
  readonly name: string;
  readonly gtin: string | null;
  readonly category: string | null;
  readonly unit: "each" | "kg";
  readonly priceMinor: number | null;
  readonly stockMilli: number;
}

export interface MovementRow {
  readonly atMs: number;
  readonly deltaMilli: number;
  /** A count's change is its variance: so all of a good's movements add up to its level. */
  readonly reason: "sale" | "return" | "opening" | "count" | MoveReason;
  /** Journal position, minus a store fact's position, or 0 for the store server's own movement. */
  readonly source: number;
}

export interface StockOrder {
  readonly by: "name" | "sku" | "category" | "price" | "level";
  readonly descending: boolean;
}

export interface StockTable {
  levelMilli(sku: string): number;
  /** Every good; what has no category or price stands last. */
  list(limit: number, offset: number, order: StockOrder): StockRow[];
  oversold(limit: number): StockRow[];
  /** For goods already found by a search. */
  of(sku: string): StockRow | null;
  /** Newest first. */
  movements(sku: string, limit: number, offset: number): MovementRow[];
}

const sortedBy: Readonly<Record<StockOrder["by"], string>> = {
  name: "p.name",
  sku: "p.sku",
  category: "p.category",
  price: "p.price_minor",
  level: "coalesce(s.quantity_milli, 0)",
};

/** Statements are prepared when they are asked for, once. */
function memo<S>(prepare: (order: StockOrder) => S): (order: StockOrder) => S {
  const prepared = new Map<string, S>();
  return (order) => {
    const key = `${order.by} ${order.descending}`;
    const statement = prepared.get(key) ?? prepare(order);
    prepared.set(key, statement);
    return statement;
  };
}

export function createStockTable(db: Database): StockTable {
  const columns = `SELECT p.sku, p.name, p.category, p.unit, p.price_minor AS priceMinor,
      coalesce(s.quantity_milli, 0) AS stockMilli,
      (SELECT code FROM product_code c WHERE c.product_id = p.product_id AND c.code NOT LIKE 'plu:%' LIMIT 1) AS gtin
    FROM product p LEFT JOIN stock_level s ON s.sku = p.sku`;
  const level = db.prepare<[string], { quantity_milli: number }>(
    "SELECT quantity_milli FROM stock_level WHERE sku = ?",
  );
  // The page is chosen first: a code is looked up for its rows only, not for the whole catalogue.
  const page = memo(({ by, descending }: StockOrder) => {
    const order = `${sortedBy[by]} IS NULL, ${sortedBy[by]} ${descending ? "DESC" : "ASC"}, p.sku`;
    return db.prepare<[number, number], StockRow>(
      `${columns} WHERE p.product_id IN (
         SELECT p.product_id FROM product p LEFT JOIN stock_level s ON s.sku = p.sku
         ORDER BY ${order} LIMIT ? OFFSET ?
       ) ORDER BY ${order}`,
    );
  });
  const below = db.prepare<[number], StockRow>(
    `${columns} WHERE s.quantity_milli < 0 ORDER BY s.quantity_milli LIMIT ?`,
  );
  const one = db.prepare<[string], StockRow>(`${columns} WHERE p.sku = ?`);
  const movements = db.prepare<[string, string, string, number, number], MovementRow>(
    `SELECT at_ms AS atMs, delta_milli AS deltaMilli, reason, source FROM stock_movement WHERE sku = ?
     UNION ALL
     SELECT at_ms, delta_milli, reason, 0 FROM store_movement WHERE sku = ?
     UNION ALL
     SELECT m.local_at_ms, c.counted_milli - c.before_milli, 'count', m.source
     FROM stock_count c JOIN count_mark m USING (count_id) WHERE c.sku = ?
     ORDER BY atMs DESC LIMIT ? OFFSET ?`,
  );

  return {
    levelMilli: (sku) => level.get(sku)?.quantity_milli ?? 0,
    list: (limit, offset, order) => page(order).all(limit, offset),
    oversold: (limit) => below.all(limit),
    of: (sku) => one.get(sku) ?? null,
    movements: (sku, limit, offset) => movements.all(sku, sku, sku, limit, offset),
  };
}
