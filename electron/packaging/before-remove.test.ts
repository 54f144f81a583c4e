import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { exitCodes } from "../../host/node/exit-codes.ts";

const isLinux = process.platform === "linux";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "evertill-homes-"));
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

/** What the script ends with where the program answers `code`, and what it asked the program. */
function beforeRemove(step: string, code: number): { ended: number | null; asked: string } {
  const data = join(home, "dana", ".local", "share", "evertill", "demo");
  mkdirSync(join(data, "till"), { recursive: true });
  writeFileSync(join(data, "till", "ledger.sqlite"), "");
  const program = join(home, "evertill");
  writeFileSync(program, `#!/bin/sh\necho "$@" >> "${home}/asked"\nexit ${code}\n`);
  chmodSync(program, 0o755);
  writeFileSync(join(home, "asked"), "");
  const { status } = spawnSync("/bin/sh", [join(import.meta.dirname, "before-remove.sh"), step], {
    env: { ...process.env, EVERTILL_PROGRAM: program, EVERTILL_HOMES: join(home, "*") },
  });
  const asked = readFileSync(join(home, "asked"), "utf8").replaceAll(data, "DATA").trim();
  return { ended: status, asked };
}

it.runIf(isLinux).each([
  ["remove", exitCodes.unsent, 1, "--leave-check uninstall --data DATA"],
  ["remove", exitCodes.inUse, 1, "--leave-check uninstall --data DATA"],
  ["remove", 0, 0, "--leave-check uninstall --data DATA"],
  ["upgrade", exitCodes.unsent, 1, "--leave-check update --data DATA"],
  ["failed-upgrade", exitCodes.unsent, 1, "--leave-check update --data DATA"],
  // A ledger that cannot be read keeps nobody: the folder stays where it is.
  ["remove", exitCodes.ledgerProblem, 0, "--leave-check uninstall --data DATA"],
  ["deconfigure", exitCodes.unsent, 0, ""],
])("[P2] dpkg's %s ends with its word where the till answers %i", (step, code, ended, asked) => {
  expect(beforeRemove(step, code)).toEqual({ ended, asked });
});
