import { expect, it } from "vitest";
import { jobRemedy, printerRemedy } from "./print-remedy.ts";

it.each([
  [{ state: "ready", detail: null }, null],
  [{ state: "attention", detail: "paper-near-end" }, "paper-near-end"],
  [{ state: "attention", detail: "connecting" }, null],
  [{ state: "stopped", detail: "cover-open" }, "cover-open"],
  [{ state: "stopped", detail: null }, "other"],
  [{ state: "absent", detail: null }, "absent"],
] as const)("a printer that is %j: %s", (printer, remedy) => {
  expect(printerRemedy(printer)).toBe(remedy);
});

it.each([
  [null, null],
  ["too-late", "too-late"],
  ["no such code", "other"],
])("a job because of %s: %s", (why, remedy) => {
  expect(jobRemedy(why)).toBe(remedy);
});
