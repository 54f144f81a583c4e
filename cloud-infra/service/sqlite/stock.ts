import type { Database } from "better-sqlite3";
import type { StockMovement } from "../../../domain/stock/movement.ts";
import { assertInteger } from "../../../domain/values/assert.ts";

/** A movement of a batch, and which of the batch's facts it belongs to. */
export interface BatchMovement extends StockMovement {
  readonly factIndex: number;
}

/** [C1] A movement that took a good whose stock was stated below zero, and the level it left. */
export interface Oversold extends BatchMovement {
  readonly levelMilli: number;
}

/**
 * [C1] Moves the levels of a batch's goods in one statement, however often each moves, and finds
 * the movements that oversold. Only inside the transaction of the batch. `newlyStated`: goods whose
 * stock these movements state for the first time, and from which fact on.
 */
export type MoveStock = (
  storeNo: number,
  movements: readonly BatchMovement[],
  newlyStated: ReadonlyMap<string, number>,
) => Oversold[];

interface LevelRow {
  readonly sku: string;
  readonly level_milli: number;
}

export function createMoveStock(db: Database): MoveStock {
  const move = db.prepare<[number, string]>(
    `INSERT INTO stock (store_no, sku, level_milli, stated)
     SELECT ?, key, value, 0 FROM json_each(?) WHERE true
     ON CONFLICT (store_no, sku) DO UPDATE SET level_milli = level_milli + excluded.level_milli`,
  );
  // Few goods are below zero, so the index of those answers for each good of the batch in no time.
  const below = db.prepare<[string, number], LevelRow>(
    `SELECT stock.sku, level_milli
     FROM json_each(?) CROSS JOIN stock INDEXED BY stock_below_zero
     WHERE store_no = CAST(? AS INTEGER) AND sku = key AND stated = 1 AND level_milli < 0 ORDER BY stock.sku`,
  );
  return (storeNo, movements, newlyStated) => {
    if (movements.length === 0) return [];
    const totals = totalsOf(movements);
    const json = jsonOf(totals);
    move.run(storeNo, json);
    return below
      .all(json, storeNo)
      .flatMap(({ sku, level_milli }) =>
        oversoldBy(movements, sku, level_milli - (totals.get(sku) ?? 0)),
      )
      .filter(({ sku, factIndex }) => factIndex >= (newlyStated.get(sku) ?? 0));
  };
}

function totalsOf(movements: readonly StockMovement[]): Map<string, number> {
  const totals = new Map<string, number>();
  for (const { sku, deltaMilli } of movements) {
    totals.set(sku, assertInteger((totals.get(sku) ?? 0) + deltaMilli, "stock movement"));
  }
  return totals;
}

/**
 * The totals as one JSON object. Put together by hand: an object with thousands of names that no other
 * batch has costs more than SQLite's work with them.
 */
function jsonOf(totals: ReadonlyMap<string, number>): string {
  let members = "";
  for (const [sku, deltaMilli] of totals) {
    members += `${members === "" ? "" : ","}${JSON.stringify(sku)}:${deltaMilli}`;
  }
  return `{${members}}`;
}

/** Goes through one good's movements again, in order, from the level before the batch. */
function oversoldBy(
  movements: readonly BatchMovement[],
  sku: string,
  levelBeforeMilli: number,
): Oversold[] {
  let levelMilli = levelBeforeMilli;
  return movements
    .filter((movement) => movement.sku === sku)
    .map((movement) => {
      levelMilli += movement.deltaMilli;
      return { ...movement, levelMilli };
    })
    .filter((movement) => movement.deltaMilli < 0 && movement.levelMilli < 0);
}

/**
 * [C1] Notes the goods whose stock movements state. Answers those of which nothing was stated before,
 * with the first fact that does.
 */
export function createStated(db: Database) {
  const state = db
    .prepare<[number, string], string>(
      `INSERT INTO stock (store_no, sku, level_milli, stated)
       SELECT ?, value, 0, 1 FROM json_each(?) WHERE true
       ON CONFLICT (store_no, sku) DO UPDATE SET stated = 1 WHERE stated = 0
       RETURNING sku`,
    )
    .pluck();
  return (storeNo: number, said: readonly BatchMovement[]): ReadonlyMap<string, number> => {
    if (said.length === 0) return nothing;
    const first = new Map<string, number>();
    for (const { sku, factIndex } of said) if (!first.has(sku)) first.set(sku, factIndex);
    const fresh = state.all(storeNo, JSON.stringify([...first.keys()]));
    return new Map(fresh.map((sku) => [sku, first.get(sku) ?? 0]));
  };
}

const nothing: ReadonlyMap<string, number> = new Map();
