import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openLogFile } from "./log-file.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function folder(): string {
  return temporaryFolder("log");
}

it("each line is JSON with the time, the level and the event", () => {
  const dir = folder();
  const log = openLogFile({ folder: dir, name: "till" });
  log.info("started", { port: 1234 });
  log.error("failed", { why: "a\nb" });
  log.close();
  const lines = readFileSync(join(dir, "till.jsonl"), "utf8").trimEnd().split("\n");
  const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toMatchObject({ level: "info", event: "started", port: 1234 });
  expect(first?.["at"]).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(second).toMatchObject({ level: "error", event: "failed", why: "a\nb" });
});

it("turns over by size and keeps so many files", () => {
  const dir = folder();
  const log = openLogFile({ folder: dir, name: "till", maxBytes: 300, keep: 2 });
  for (let index = 0; index < 40; index++) log.info("tick", { index });
  log.close();
  expect(readdirSync(dir).toSorted()).toEqual(["till.1.jsonl", "till.2.jsonl", "till.jsonl"]);
  expect(readFileSync(join(dir, "till.jsonl"), "utf8")).toContain('"index":39');
  for (const name of readdirSync(dir)) {
    expect(readFileSync(join(dir, name), "utf8").length).toBeLessThanOrEqual(300);
  }
});

it("continues the file of the run before", () => {
  const dir = folder();
  for (const event of ["one", "two"]) {
    const log = openLogFile({ folder: dir, name: "till" });
    log.info(event);
    log.close();
  }
  expect(readFileSync(join(dir, "till.jsonl"), "utf8").trimEnd().split("\n")).toHaveLength(2);
});

it("a disk that refuses makes the log silent, not the program stop", () => {
  const file = join(folder(), "a-file");
  writeFileSync(file, "");
  const log = openLogFile({ folder: join(file, "below-a-file"), name: "till" });
  expect(() => log.warn("nobody hears this")).not.toThrow();
});
