import { readFileSync } from "node:fs";

/**
 * Adds up the JSON reports of vitest and Playwright and prints `N passed, N failed` as the last line.
 * A suite that left no report did not run to its end, which counts as one failure. Exits 1 on any.
 */

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface UnitReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly success: boolean;
}

interface EndToEndReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly errors: readonly unknown[];
}

function unitCounts(json: string): Counts {
  const report = JSON.parse(json) as UnitReport;
  // A file that could not be loaded fails the run without failing a test.
  const failed = Math.max(report.numFailedTests, report.success ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
}

function endToEndCounts(json: string): Counts {
  const { stats, errors } = JSON.parse(json) as EndToEndReport;
  if (stats.flaky > 0) {
    console.log(
      `${stats.flaky} end-to-end tests passed only at a later try; the list above names them.`,
    );
  }
  const failed = stats.unexpected + errors.length;
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped };
}

function countsOf(path: string, count: (report: string) => Counts): Counts {
  try {
    return count(readFileSync(path, "utf8"));
  } catch (error) {
    console.log(`${path} cannot be read, so its suite did not finish: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const suites = {
  unit: countsOf("test-results/unit.json", unitCounts),
  "end to end": countsOf("test-results/e2e.json", endToEndCounts),
};

let passed = 0;
let failed = 0;
for (const [name, counts] of Object.entries(suites)) {
  passed += counts.passed;
  failed += counts.failed;
  console.log(
    `${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
