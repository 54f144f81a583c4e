import type { Block, TableBlock } from "./document.ts";
import { printableText } from "./printable-text.ts";

/** Every text of a block. */
export function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "text":
      return [block.text];
    case "pair":
      return [block.start, block.end];
    case "table":
      return [...(block.head ?? []), ...block.rows.flatMap((row) => row.cells)];
    default:
      return [];
  }
}

/** The block with texts that paper can take, see `printableText`. */
export function cleaned(block: Block): Block {
  switch (block.kind) {
    case "text":
      return { ...block, text: printableText(block.text) };
    case "pair":
      return { ...block, start: printableText(block.start), end: printableText(block.end) };
    case "table":
      return {
        ...block,
        ...(block.head ? { head: block.head.map(printableText) } : {}),
        rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(printableText) })),
      };
    default:
      return block;
  }
}

/** A table that is too wide, row by row: the first cell, then each other one beside its heading. */
export function rowsAsPairs(block: TableBlock): Block[] {
  return block.rows.flatMap((row) => {
    const { cells, ...style } = row;
    const [first = "", ...others] = cells;
    return [
      { kind: "text", text: first, ...style } as const,
      ...others.flatMap((end, c): Block[] => {
        if (end === "") return [];
        const number = block.columns[c + 1]?.align === "number";
        return [{ kind: "pair", start: `  ${block.head?.[c + 1] ?? ""}`, end, number, ...style }];
      }),
    ];
  });
}
