import type { Database } from "better-sqlite3";

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
  readonly reason: "sale" | "return" | "opening" | "receiving" | "adjustment";
  /** Journal position, minus a store fact's position, or 0 for the store server's own movement. */
  readonly source: number;
}

export interface StockTable {
  levelMilli(sku: string): number;
  list(limit: number, offset: number): StockRow[];
  oversold(limit: number): StockRow[];
  /** For goods already found by a search. */
  of(sku: string): StockRow | null;
  /** Newest first. */
  movements(sku: string, limit: number, offset: number): MovementRow[];
}

export function createStockTable(db: Database): StockTable {
  const columns = `SELECT p.sku, p.name, p.category, p.unit, p.price_minor AS priceMinor,
      coalesce(s.quantity_milli, 0) AS stockMilli,
      (SELECT code FROM product_code c WHERE c.product_id = p.product_id AND c.code NOT LIKE 'plu:%' LIMIT 1) AS gtin
    FROM product p LEFT JOIN stock_level s ON s.sku = p.sku`;
  const level = db.prepare<[string], { quantity_milli: number }>(
    "SELECT quantity_milli FROM stock_level WHERE sku = ?",
  );
  const page = db.prepare<[number, number], StockRow>(
    `${columns} ORDER BY p.name, p.sku LIMIT ? OFFSET ?`,
  );
  const below = db.prepare<[number], StockRow>(
    `${columns} WHERE s.quantity_milli < 0 ORDER BY s.quantity_milli LIMIT ?`,
  );
  const one = db.prepare<[string], StockRow>(`${columns} WHERE p.sku = ?`);
  const movements = db.prepare<[string, string, number, number], MovementRow>(
    `SELECT at_ms AS atMs, delta_milli AS deltaMilli, reason, source FROM stock_movement WHERE sku = ?
     UNION ALL
     SELECT at_ms, delta_milli, reason, 0 FROM store_movement WHERE sku = ?
     ORDER BY atMs DESC LIMIT ? OFFSET ?`,
  );

  return {
    levelMilli: (sku) => level.get(sku)?.quantity_milli ?? 0,
    list: (limit, offset) => page.all(limit, offset),
    oversold: (limit) => below.all(limit),
    of: (sku) => one.get(sku) ?? null,
    movements: (sku, limit, offset) => movements.all(sku, sku, limit, offset),
  };
}
