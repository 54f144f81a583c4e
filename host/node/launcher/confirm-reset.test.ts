import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { confirmReset } from "./confirm-reset.ts";

function answered(typed: string): Promise<boolean> {
  return confirmReset("the folder", Readable.from([typed]), () => {});
}

it.each([
  ["delete\n", true],
  ["  delete  \n", true],
  ["delete", true],
  ["DELETE\n", false],
  ["yes\n", false],
  ["y\n", false],
  ["\n", false],
  ["", false],
  ["no\ndelete\n", false],
])("%j resets: %s", async (typed, resets) => {
  expect(await answered(typed)).toBe(resets);
});

it("says what is deleted, where, and the word", async () => {
  const said: string[] = [];
  await confirmReset("the folder", Readable.from([""]), (text) => said.push(text));
  expect(said.join("\n")).toMatch(/deletes everything[^]*the folder[^]*Type delete/);
});
