import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

/** The rows of `folder/file` (a .csv.gz with a header) as objects keyed by column title. */
export function sourceRows(folder: string, file: string): Record<string, string>[] {
  return parse(sourceText(folder, file), { columns: true, bom: true });
}

export function sourceText(folder: string, file: string): string {
  return gunzipSync(readFileSync(join(folder, file))).toString("utf8");
}

/** A column that the source must have; a missing one means a folder of another shape. */
export function field(row: Readonly<Record<string, string>>, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`the source has no column "${column}"`);
  return value;
}
