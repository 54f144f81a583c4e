import { defineConfig } from "@playwright/test";

/** The system's Chromium: nothing is downloaded, and a till's kiosk runs the same one. */
const chromium = process.env["EVERTILL_CHROMIUM"] ?? "/usr/bin/chromium";

export default defineConfig({
  workers: 1,
  // A test that needs a second try is a bug, and none is given at home. A shared CI machine can stand still for
  // longer than a scanner may; there the next tries tell a stall from a fault, and .ci/run names the test all the same.
  retries: process.env["CI"] === "true" ? 2 : 0,
  forbidOnly: true,
  timeout: 60_000,
  outputDir: "test-results/e2e",
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    browserName: "chromium",
    viewport: { width: 1366, height: 768 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "register", testDir: "renderer/e2e" },
    { name: "electron", testDir: "electron/e2e" },
  ],
});
