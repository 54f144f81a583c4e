import { describe, expect, it } from "vitest";
import { type Column, nextSorting, sortRows } from "./column.ts";

interface Goods {
  readonly name: string;
  readonly price: number | null;
}

const columns: Column<Goods>[] = [
  { key: "name", title: "", width: "1fr", render: () => null, sortValue: (row) => row.name },
  { key: "price", title: "", width: "1fr", render: () => null, sortValue: (row) => row.price },
];
const rows: Goods[] = [
  { name: "Zimt", price: null },
  { name: "Äpfel", price: 300 },
  { name: "Birne 10", price: 20 },
  { name: "Birne 9", price: -5 },
];

describe("sorting a table", () => {
  it("names by the language's alphabet, numbers inside them as numbers", () => {
    const sorted = sortRows(rows, columns, { key: "name", direction: "ascending" }, "de-DE");
    expect(sorted.map((row) => row.name)).toEqual(["Äpfel", "Birne 9", "Birne 10", "Zimt"]);
  });

  it.each(["ascending", "descending"] as const)(
    "%s: what has no figure stands last",
    (direction) => {
      const sorted = sortRows(rows, columns, { key: "price", direction }, "en-GB");
      expect(sorted.at(-1)?.name).toBe("Zimt");
      expect(sorted[0]?.price).toBe(direction === "ascending" ? -5 : 300);
    },
  );

  it("a header goes ascending, descending, as it came", () => {
    const first = nextSorting(null, "name");
    const second = nextSorting(first, "name");
    expect([first?.direction, second?.direction, nextSorting(second, "name")]).toEqual([
      "ascending",
      "descending",
      null,
    ]);
    expect(nextSorting(second, "price")).toEqual({ key: "price", direction: "ascending" });
  });
});
