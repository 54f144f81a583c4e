import { defineConfig } from "vitest/config";

if (Number(process.versions.node.split(".")[0]) < 24) {
  throw new Error(
    `Evertill's tests need the project's own Node 24, this is ${process.version}. ` +
      "Run them with `npm run test:unit` or with node_modules/.bin first on the PATH.",
  );
}

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/e2e/**", "artifacts/**", "test-results/**"],
    // Native modules live in a process of their own, and a crash is seen as one.
    pool: "forks",
    testTimeout: 20_000,
    // As in playwright.config.ts: only where the machine is shared.
    retry: process.env["CI"] === "true" ? 1 : 0,
    reporters: ["default", ["json", { outputFile: "test-results/unit.json" }]],
    allowOnly: false,
  },
});
